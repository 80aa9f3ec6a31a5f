import type { Context } from '../commands/command.ts';
import type { Act, ActionOf, Block, Draft } from '../reply.ts';

/** Where a reply stands: its own key, and the message it takes the place of. */
export interface Place {
  readonly key: string;
  readonly replaces?: string;
}

/** A dialogue's own button has its message replaced; words, forms and commands are answered below. */
export function placeOf({ button, newId }: Context): Place {
  if (button === null || button.kind === 'form' || button.act.name === 'command') {
    return { key: newId() };
  }
  return { key: button.messageKey, replaces: button.messageKey };
}

/** Everything a dialogue says is about one person's money: private, always. */
export function privately(
  place: Place,
  blocks: readonly Block[],
  actions: Draft['actions'] = [],
): Draft {
  return { ...place, visibility: 'private', notify: 'normal', blocks, actions };
}

export function choice(label: string, act: Act, style?: 'primary' | 'danger'): ActionOf<Act> {
  return { kind: 'choice', label, do: act, ...(style ? { style } : {}) };
}

export function commandChoice(label: string, name: string, style?: 'primary'): ActionOf<Act> {
  return choice(label, { name: 'command', args: { name } }, style);
}
