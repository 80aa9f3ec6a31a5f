import type { Delivery, Outcome } from './delivery.ts';
import { fieldsOf } from './form-state.ts';
import type { SlackLimits } from './limits.ts';
import { Invalid, type Rules } from './message-rules.ts';
import type { Block, Json, World } from './world.ts';

interface Parts {
  readonly world: World;
  readonly rules: Rules;
  readonly limits: SlackLimits;
}

/**
 * Judges what an acknowledgement carries; what Slack would not understand is a violation.
 *
 * @returns the message to show, when the acknowledgement is one
 */
export function checkAcknowledgement(parts: Parts, act: Delivery, outcome: Outcome): Json | null {
  const { world } = parts;
  if (!outcome.acknowledged) return null;
  const type = act.kind === 'commands' ? 'command' : String(act.body.type);
  const say = (what: string) => {
    world.violations.push(`acknowledgement of ${type}: ${what}`);
  };
  const { body } = outcome;
  if (body === '') {
    if (type === 'block_suggestion') say('no options');
    return null;
  }
  try {
    if (type === 'command') {
      const message = typeof body === 'string' ? { text: body } : (body as Json);
      return message;
    }
    if (type === 'view_submission') submission(parts, act, body, say);
    else if (type === 'block_suggestion') suggestion(parts, body, say);
    else say('must be empty');
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    say(`${error.message} ${error.details.join('; ')}`);
  }
  return null;
}

function submission(
  { rules }: Parts,
  act: Delivery,
  body: unknown,
  say: (what: string) => void,
): void {
  if (typeof body !== 'object') {
    say('must be empty or JSON');
    return;
  }
  const { response_action: action, errors, view, ...rest } = body as Json;
  if (Object.keys(rest).length > 0) say(`unknown keys ${Object.keys(rest).join(', ')}`);
  if (!['errors', 'clear', 'update', 'push', undefined].includes(action as string)) {
    say(`unknown response_action ${String(action)}`);
  }
  if (action === 'update' || action === 'push') rules.view((view ?? {}) as Json);
  if (action !== 'errors') return;
  const shown = (act.body.view as { readonly blocks: readonly Block[] }).blocks;
  const inputs = new Set(
    fieldsOf(shown.filter((block) => block.type === 'input')).map(({ block }) => block.block_id),
  );
  const given = Object.entries((errors ?? {}) as Record<string, unknown>);
  if (given.length === 0) say('errors without an error');
  for (const [block, words] of given) {
    if (!inputs.has(block)) say(`an error for ${block}, which is no input`);
    if (typeof words !== 'string' || words.trim() === '') say(`an empty error for ${block}`);
  }
}

function suggestion({ rules, limits }: Parts, body: unknown, say: (what: string) => void): void {
  const { options, option_groups: groups, ...rest } = body as Json;
  if (Object.keys(rest).length > 0) say(`unknown keys ${Object.keys(rest).join(', ')}`);
  if ((options === undefined) === (groups === undefined)) {
    say('either options or option_groups');
    return;
  }
  const wrong = limits.broken('select.options', options ?? groups);
  if (wrong !== null) say(wrong);
  // Judged as the static menu that the person will see.
  const choices = options === undefined ? { option_groups: groups } : { options };
  if (((options ?? groups) as unknown[]).length > 0) {
    rules.one('StaticSelect', { type: 'static_select', action_id: 'a', ...choices });
  }
}
