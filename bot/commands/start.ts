import { openQuestionnaire, showAgain } from '../dialogue/questionnaire-handlers.ts';
import { questionnaireIn } from '../dialogue/state.ts';
import { goalSchema } from '../goal.ts';
import { formatDay, MS_PER_DAY } from '../language/format.ts';
import { describeGoal } from '../language/read-goal.ts';
import type { Act, ActionOf, Block, Draft } from '../reply.ts';
import { type Assessment, assess } from '../suitability/assess.ts';
import { profileTitles } from '../suitability/policy.ts';
import type { ActHandler, Command, Context, Outcome } from './command.ts';
import { DISCLOSURE, disclosureBlocks } from './disclosure.ts';

/** A consent button left lying longer than this shows the disclosure anew. */
const CONSENT_DAYS = 30;

export const start: Command = {
  name: 'start',
  summary: 'Say hello: who I am, and where you stand',
  phrases: ['hello', 'hi', 'hey', 'start', 'begin', 'good morning', 'good evening', 'who are you'],
  needs: 'nothing',
  run: async (context) => (agreed(context) ? standing(context) : welcome(context)),
};

export const acts: Readonly<Record<string, ActHandler>> = { consent };

/** Who Keel is, the disclosure, and the button that agrees to it. Nothing else works before. */
export async function welcome(context: Context): Promise<Outcome> {
  return {
    replies: [
      {
        key: context.newId(),
        visibility: 'private',
        notify: 'normal',
        blocks: [
          { kind: 'text', style: 'title', text: 'Hello, I am Keel' },
          {
            kind: 'text',
            text: 'I help you split your money across stocks, bonds, gold and crypto, say why in plain words, and keep watch over it. Please read this first, then press the button below; it takes a minute.',
          },
          ...disclosureBlocks(),
        ],
        actions: [
          {
            kind: 'choice',
            label: 'I have read this and agree',
            style: 'primary',
            do: {
              name: 'consent',
              args: { version: DISCLOSURE.version },
              once: true,
              expiresAt: context.now + CONSENT_DAYS * MS_PER_DAY,
            },
          },
        ],
      },
    ],
  };
}

function agreed({ person }: Context): boolean {
  return person.consentedAt !== null && person.disclosureVersion === DISCLOSURE.version;
}

async function consent(context: Context, args: Act['args']): Promise<Outcome> {
  const { person, now, button } = context;
  const late = button?.act.expiresAt !== undefined && now > button.act.expiresAt;
  if (late || args.version !== DISCLOSURE.version) return welcome(context);
  const read: Draft = {
    key: button?.messageKey ?? context.newId(),
    visibility: 'private',
    notify: 'silent',
    blocks: [
      { kind: 'text', style: 'title', text: 'Hello, I am Keel' },
      ...disclosureBlocks(),
      {
        kind: 'text',
        style: 'small',
        text: `You agreed to this on ${formatDay(Math.floor(now / MS_PER_DAY))}.`,
      },
    ],
    actions: [],
    ...(button ? { replaces: button.messageKey } : {}),
  };
  const stored = await context.read.answers.current(person);
  const next = stored ? await standing(context) : openQuestionnaire(context);
  return {
    ...next,
    replies: [read, ...next.replies],
    commit: async (tx) => {
      await tx.people.consent(person, DISCLOSURE.version, now);
      await tx.audit.append({
        workspace: person.workspace,
        actor: person.person,
        person: person.person,
        kind: 'consent',
        payload: { disclosure: DISCLOSURE },
        at: now,
      });
      return next.commit?.(tx);
    },
  };
}

/** Welcome back: what is known, and the next thing to do. */
async function standing(context: Context): Promise<Outcome> {
  const open = questionnaireIn(context.dialogue);
  if (open) return showAgain(context, open);
  const { facts, actions } = await whereItStands(context);
  return {
    replies: [
      {
        key: context.newId(),
        visibility: 'private',
        notify: 'normal',
        blocks: [{ kind: 'text', style: 'title', text: 'Welcome back' }, facts],
        actions,
      },
    ],
  };
}

/** What is known of a person, and the buttons for what comes next. */
export async function whereItStands({ person, read }: Context): Promise<{
  readonly facts: Extract<Block, { kind: 'facts' }>;
  readonly actions: readonly ActionOf<Act>[];
  /** Nothing is known to be held. */
  readonly empty: boolean;
}> {
  const [answers, goal, holdings] = await Promise.all([
    read.answers.current(person),
    read.goals.current(person),
    read.ledger.holdings(person),
  ]);
  const assessment = answers && assess(answers);
  const empty = holdings.positions.length === 0 && holdings.cash.minor === 0n;
  const profile =
    assessment?.kind === 'suitable'
      ? profileTitles[assessment.risk.profile]
      : assessment?.kind === 'unsuitable'
        ? 'investing does not suit you right now'
        : 'not known yet';
  const count = holdings.positions.length;
  const kept = empty
    ? 'not known yet'
    : `${count === 1 ? '1 investment' : `${count} investments`} and cash`;
  return {
    facts: {
      kind: 'facts',
      facts: [
        { label: 'Risk profile', value: profile },
        {
          label: 'Goal',
          value: goal ? describeGoal(goalSchema.parse(goal.goal)) : 'not set yet',
        },
        { label: 'Holdings', value: kept },
      ],
    },
    actions: nextSteps(assessment?.kind ?? 'incomplete', goal !== null, !empty),
    empty,
  };
}

function nextSteps(
  assessed: Assessment['kind'],
  hasGoal: boolean,
  hasHoldings: boolean,
): readonly ActionOf<Act>[] {
  const hasProfile = assessed === 'suitable';
  const stopped = assessed === 'unsuitable';
  const steps: readonly (readonly [boolean, string, string])[] = [
    [stopped, 'My answers', 'profile'],
    [!hasProfile && !stopped, 'Answer the questions', 'profile'],
    [!hasGoal && !stopped, 'Set a goal', 'goal'],
    [!hasHoldings && !stopped, 'Tell what I hold', 'holdings'],
    [hasProfile && hasHoldings, 'Show my recommendation', 'recommend'],
    [true, 'What can you do?', 'help'],
  ];
  return steps
    .filter(([offered]) => offered)
    .map(([, label, name], at) => ({
      kind: 'choice',
      label,
      ...(at === 0 ? { style: 'primary' as const } : {}),
      do: { name: 'command', args: { name } },
    }));
}
