import type { Holdings, LedgerEntry, Proposal } from '../bot/advice/types.ts';
import type {
  ActHandler,
  Command,
  Context,
  DialogueHandler,
  FormHandler,
  Outcome,
} from '../bot/commands/command.ts';
import type { DialogueState } from '../bot/dialogue/state.ts';
import { dialogueStateSchema } from '../bot/dialogue/state.ts';
import type { MarketView } from '../bot/ports.ts';
import type { Act, ActionOf, Block, Draft } from '../bot/reply.ts';
import type { PendingTransfer, Person, StoredAnswers, StoredGoal, Tx } from '../bot/store.ts';

/** What a talk's person has in the store, as plain data that tests may set and read. */
export interface TalkRecord {
  person: Person;
  dialogue: DialogueState | null;
  answers: StoredAnswers | null;
  goal: StoredGoal | null;
  entries: LedgerEntry[];
  transfers: PendingTransfer[];
  proposals: Proposal[];
  audit: { kind: string; payload: unknown }[];
  jobs: { name: string; singletonKey: string | undefined }[];
}

export interface TalkAbilities {
  readonly commands: readonly Command[];
  readonly acts: Readonly<Record<string, ActHandler>>;
  readonly forms: Readonly<Record<string, FormHandler>>;
  readonly dialogues: Readonly<Partial<Record<DialogueState['kind'], DialogueHandler>>>;
}

/**
 * One person talking to commands and dialogues without a database: reads come from plain objects,
 * commits land in them, and the state goes through JSON as it would through a store. Anything a
 * handler touches that is not modelled here throws.
 */
export function talk(abilities: TalkAbilities, setup: { now: number; market?: MarketView }) {
  const person: Person = {
    workspace: 'w1',
    person: 'p1',
    pseudonym: 'calm-otter',
    locale: 'en-US',
    consentedAt: setup.now,
    disclosureVersion: null,
    createdAt: setup.now,
  };
  const record: TalkRecord = {
    person,
    dialogue: null,
    answers: null,
    goal: null,
    entries: [],
    transfers: [],
    proposals: [],
    audit: [],
    jobs: [],
  };
  let ids = 0;
  let last: readonly Draft[] = [];
  const said: Draft[] = [];

  const read = {
    people: strict('people', { get: async () => record.person }),
    answers: strict('answers', { current: async () => record.answers }),
    goals: strict('goals', { current: async () => record.goal }),
    ledger: strict('ledger', {
      holdings: async () => holdingsOf(record.entries),
      entries: async () => record.entries,
    }),
    proposals: strict('proposals', {
      list: async () => record.proposals,
      unfinished: async () => record.proposals,
    }),
  };
  const tx = strict('tx', {
    ...read,
    people: strict('people', {
      consent: async (_: unknown, disclosureVersion: string, at: number) => {
        record.person = { ...record.person, consentedAt: at, disclosureVersion };
      },
    }),
    answers: strict('answers', {
      put: async (
        _: unknown,
        questionnaire: string,
        answers: Readonly<Record<string, string>>,
        at: number,
      ) => {
        const revision = (record.answers?.revision ?? 0) + 1;
        record.answers = { questionnaire, answers, revision, at };
      },
    }),
    goals: strict('goals', {
      put: async (_: unknown, goal: unknown, at: number) => {
        record.goal = { goal: viaJson(goal), revision: (record.goal?.revision ?? 0) + 1, at };
      },
    }),
    ledger: strict('ledger', {
      holdings: async () => holdingsOf(record.entries),
      append: async (_: unknown, entries: readonly LedgerEntry[], version?: number) => {
        if (version !== undefined && version !== record.entries.length) throw new Error('Conflict');
        const known = new Set(record.entries.map(({ id }) => id));
        record.entries.push(...entries.filter(({ id }) => !known.has(id)));
      },
    }),
    transfers: strict('transfers', {
      owe: async (transfer: PendingTransfer) => {
        if (!record.transfers.some(({ id }) => id === transfer.id)) record.transfers.push(transfer);
      },
    }),
    proposals: strict('proposals', {
      list: async () => record.proposals,
      supersedeOpen: async () => {
        record.proposals = record.proposals.map((each) =>
          each.state === 'proposed' ? { ...each, state: 'superseded' } : each,
        );
      },
    }),
    audit: strict('audit', {
      append: async ({ kind, payload }: { kind: string; payload: unknown }) => {
        record.audit.push({ kind, payload: viaJson(payload) });
      },
    }),
    jobs: strict('jobs', {
      send: async (name: string, _: unknown, options?: { singletonKey?: string }) => {
        record.jobs.push({ name, singletonKey: options?.singletonKey });
      },
    }),
  });

  function contextFor(
    body: Context['event']['body'],
    act: Act | null,
    messageKey: string,
  ): Context {
    const id = `e${++ids}`;
    return {
      event: {
        id,
        source: { platform: 'test', installation: 'i', conversation: 'c', identity: 'p' },
        surface: 'direct',
        locale: 'en-US',
        at: setup.now,
        body,
      },
      person: record.person,
      conversation: 'test:i:c',
      now: setup.now,
      read: strict('read', read) as unknown as Context['read'],
      market: async () => {
        if (!setup.market) throw new Error('This talk has no market.');
        return setup.market;
      },
      compute: strict('compute', {}) as unknown as Context['compute'],
      newId: () => `m${++ids}`,
      dialogue: record.dialogue && dialogueStateSchema.parse(viaJson(record.dialogue)),
      button: act && {
        ...record.person,
        id,
        conversation: 'test:i:c',
        messageKey,
        kind: 'choice',
        form: null,
        initial: null,
        act,
        usedAt: null,
        usedBy: null,
      },
      progress: async () => undefined,
    };
  }

  async function settle(outcome: Outcome): Promise<readonly Draft[]> {
    const instead = await outcome.commit?.(tx as unknown as Tx);
    if (outcome.dialogue !== undefined) record.dialogue = viaJson(outcome.dialogue);
    last = instead ?? outcome.replies;
    said.push(...last);
    return last;
  }

  async function run(context: Context, act: Act): Promise<readonly Draft[]> {
    if (act.name === 'command') {
      return command(String(act.args.name), String(act.args.args ?? ''));
    }
    const handler = abilities.acts[act.name];
    if (!handler) throw new Error(`No act "${act.name}".`);
    return settle(await handler(context, act.args));
  }

  async function command(name: string, args = ''): Promise<readonly Draft[]> {
    const found = abilities.commands.find((each) => each.name === name);
    if (!found) throw new Error(`No command "${name}".`);
    return settle(await found.run(contextFor({ kind: 'command', name, args }, null, ''), args));
  }

  function find(label: string): { draft: Draft; action: ActionOf<Act> } {
    for (const draft of said.toReversed()) {
      const action = draft.actions.find((each) => each.label === label);
      if (action) return { draft, action };
    }
    throw new Error(`No button "${label}" in:\n${last.map(shown).join('\n')}`);
  }

  return {
    record,
    command,
    /** Types words; with no dialogue open, or one that passes them on, null. */
    async says(text: string): Promise<readonly Draft[] | null> {
      const open = record.dialogue && abilities.dialogues[record.dialogue.kind];
      const outcome = await open?.onText(contextFor({ kind: 'text', text }, null, ''), text);
      return outcome ? settle(outcome) : null;
    },
    /** Presses the newest button of that label, however old its message. */
    async presses(label: string): Promise<readonly Draft[]> {
      const { draft, action } = find(label);
      if (action.kind === 'link') throw new Error('A link is not pressed.');
      const body = { kind: 'button', token: 't' } as const;
      return run(contextFor(body, action.do, draft.key), action.do);
    },
    async picks(label: string, value: string): Promise<readonly Draft[]> {
      const { draft, action } = find(label);
      if (action.kind !== 'select') throw new Error(`"${label}" is no select.`);
      if (!action.options.some((option) => option.value === value)) {
        throw new Error(`"${label}" has no option "${value}".`);
      }
      const act = { ...action.do, args: { ...action.do.args, value } };
      return run(contextFor({ kind: 'select', token: 't', value }, act, draft.key), act);
    },
    async submits(
      form: string,
      values: Readonly<Record<string, string>>,
    ): Promise<readonly Draft[]> {
      const body = { kind: 'form', token: 't', values } as const;
      return settle(await abilities.forms[form](contextFor(body, null, ''), values));
    },
    async uploads(name: string, bytes: Uint8Array): Promise<readonly Draft[] | null> {
      const content = Buffer.from(bytes).toString('base64');
      const file = { name, mediaType: 'text/csv', bytes: bytes.length, content };
      const open = record.dialogue && abilities.dialogues[record.dialogue.kind];
      const handler = open?.onFile ?? abilities.dialogues.holdings?.onFile;
      const context = contextFor({ kind: 'file', file, caption: '' }, null, '');
      const outcome = await handler?.(context, file, '');
      return outcome ? settle(outcome) : null;
    },
    /** Every reply so far. */
    said: said as readonly Draft[],
    /** The last reply as text. */
    heard: () => last.map(shown).join('\n'),
  };
}

/** A draft as a transcript shows it: blocks, then buttons in brackets. */
export function shown(draft: Draft): string {
  const actions = draft.actions.map((action) => `[${action.label}]`).join(' ');
  return [...draft.blocks.map(blockText), ...(actions ? [actions] : [])].join('\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'notice':
      return block.text;
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    case 'table':
      return [
        ...(block.title ? [block.title] : []),
        block.columns.map(({ label }) => label).join(' | '),
        ...block.rows.map((row) => row.join(' | ')),
      ].join('\n');
    case 'progress':
      return block.label;
    case 'image':
      return block.alt;
    case 'file':
      return block.name;
  }
}

function holdingsOf(entries: readonly LedgerEntry[]): Holdings {
  const positions = new Map<string, { units: bigint; costMinor: bigint }>();
  let cash = 0n;
  for (const { asset, units, cashMinor, costMinor } of entries) {
    cash += cashMinor;
    if (asset === null) continue;
    const held = positions.get(asset) ?? { units: 0n, costMinor: 0n };
    positions.set(asset, { units: held.units + units, costMinor: held.costMinor + costMinor });
  }
  return {
    cash: { minor: cash, currency: 'USD' },
    positions: [...positions]
      .filter(([, { units }]) => units !== 0n)
      .map(([asset, held]) => ({ asset, ...held })),
    version: entries.length,
  };
}

/** As plain JSON would bring it back; throws on what JSON cannot hold, such as a bigint. */
function viaJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Refuses what it does not model, so that a handler cannot rely on nothing. */
function strict<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, key) {
      if (typeof key === 'string' && key !== 'then' && !(key in target)) {
        throw new Error(`The talk does not model ${name}.${key}.`);
      }
      return Reflect.get(target, key);
    },
  });
}
