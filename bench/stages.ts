import type { StoreCall } from './observed-store.ts';

/** The stages of an answer, in order: they add up to the whole. */
export const stages = [
  'http',
  'inbox',
  'wait',
  'read',
  'compute',
  'commit',
  'deliver',
  'picture',
] as const;
export type Stage = (typeof stages)[number];

export const stageMeaning: Readonly<Record<Stage, string>> = {
  http: 'request sent, parsed, shown as the own message',
  inbox: 'event and its job committed',
  wait: 'until the conversation takes it up',
  read: 'the store is read',
  compute: 'everything else up to the commit',
  commit: 'reply, record, audit and jobs committed',
  deliver: 'outbox to the open page',
  picture: 'chart drawn as PNG and fetched',
};

/** One answer as it was measured, in milliseconds. */
export interface Measured {
  readonly stages: Readonly<Partial<Record<Stage, number>>>;
  /** From the request to the committed outbox. */
  readonly toCommit: number;
  /** From the request until the chart's PNG is there as well; null when there is none. */
  readonly withChart: number | null;
}

/**
 * Where the time of one answer went.
 *
 * @param times when the request was sent, the reply seen by the reader, and its chart fetched
 * @param calls what the store was asked meanwhile
 */
export function stagesOf(
  times: { readonly sent: number; readonly shown: number; readonly drawn: number | null },
  calls: readonly StoreCall[],
): Measured {
  const inbox = transactionWith('inbox.insert', calls);
  const commit = transactionWith('inbox.done', calls);
  const taken = calls.find((call) => call.name === 'inbox.next' && call.found)?.ended;
  if (inbox === undefined || commit === undefined || taken === undefined) {
    throw new Error('The store was not seen to receive and answer the event.');
  }
  const read = covered(
    calls.filter((call) => call.name !== 'transact'),
    taken,
    commit.began,
  );
  return {
    stages: {
      http: inbox.began - times.sent,
      inbox: inbox.ended - inbox.began,
      wait: taken - inbox.ended,
      read,
      compute: commit.began - taken - read,
      commit: commit.ended - commit.began,
      deliver: times.shown - commit.ended,
      ...(times.drawn === null ? {} : { picture: times.drawn - times.shown }),
    },
    toCommit: commit.ended - times.sent,
    withChart: times.drawn === null ? null : times.drawn - times.sent,
  };
}

function transactionWith(name: string, calls: readonly StoreCall[]): StoreCall | undefined {
  return calls.find((call) => call.inside.includes(name));
}

/** How much of a span the calls cover together: reads at once count once. */
function covered(calls: readonly StoreCall[], from: number, to: number): number {
  let total = 0;
  let reached = from;
  for (const { began, ended } of calls.toSorted((a, b) => a.began - b.began)) {
    const start = Math.max(began, reached);
    const end = Math.min(ended, to);
    if (end <= start) continue;
    total += end - start;
    reached = end;
  }
  return total;
}
