import type { Holdings, LedgerEntry, Proposal } from '../bot/advice/types.ts';
import type { DialogueState } from '../bot/dialogue/state.ts';
import { Conflict } from '../bot/errors.ts';
import type {
  PendingTransfer,
  Person,
  StoredAnswers,
  StoredGoal,
  StoredWishes,
} from '../bot/store.ts';

/** What a talk's person has in the store, as plain data that tests may set and read. */
export interface TalkRecord {
  person: Person;
  dialogue: DialogueState | null;
  answers: StoredAnswers | null;
  goal: StoredGoal | null;
  wishes: StoredWishes | null;
  entries: LedgerEntry[];
  transfers: PendingTransfer[];
  proposals: Proposal[];
  audit: { kind: string; payload: unknown }[];
  jobs: { name: string; singletonKey: string | undefined }[];
}

/** The reads and writes that commands and dialogues use, on a record; anything else throws. */
export function talkStore(record: TalkRecord) {
  const read = {
    people: strict('people', { get: async () => record.person }),
    answers: strict('answers', { current: async () => record.answers }),
    goals: strict('goals', { current: async () => record.goal }),
    wishes: strict('wishes', { current: async () => record.wishes }),
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
    lock: async () => undefined,
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
    wishes: strict('wishes', {
      current: async () => record.wishes,
      put: async (_: unknown, wishes: unknown, at: number) => {
        const revision = (record.wishes?.revision ?? 0) + 1;
        record.wishes = { wishes: viaJson(wishes), revision, at };
      },
    }),
    ledger: strict('ledger', {
      holdings: async () => holdingsOf(record.entries),
      append: async (_: unknown, entries: readonly LedgerEntry[], version?: number) => {
        if (version !== undefined && version !== record.entries.length)
          throw new Conflict('holdings');
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

  return { read: strict('read', read), tx };
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
export function viaJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Refuses what it does not model, so that a handler cannot rely on nothing. */
export function strict<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, key) {
      if (typeof key === 'string' && key !== 'then' && !(key in target)) {
        throw new Error(`The talk does not model ${name}.${key}.`);
      }
      return Reflect.get(target, key);
    },
  });
}
