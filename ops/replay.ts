import { z } from 'zod';
import { readsOf } from '../adapters/store/groups.ts';
import { openDatabase, type StoreSettings } from '../adapters/store/index.ts';
import { advisedWorkspaces } from '../adapters/store/recommendations.ts';
import { sha256 } from '../bot/advice/canonical.ts';
import { replay } from '../bot/advice/replay.ts';
import type { Recommendation } from '../bot/advice/types.ts';
import type { Reads } from '../bot/store.ts';
import { run, storeSettings } from './run.ts';

export interface ReplayReport {
  /** What was found, the counts last. */
  readonly lines: readonly string[];
  readonly whole: boolean;
}

/** What the audit record says of an advice when it was given. */
const advisedSchema = z.object({
  recommendation: z.string(),
  inputs: z.string(),
  prices: z.string(),
  result: z.string(),
});
type Advised = z.infer<typeof advisedSchema>;

const PAGE = 1_000;

/**
 * Computes every recommendation of every workspace again and compares each bit, and what is stored
 * with what the audit record says was stored: a record rewritten in one piece replays well.
 */
export async function replayAll(settings: StoreSettings): Promise<ReplayReport> {
  const database = await openDatabase(settings);
  try {
    const read = readsOf(database.db);
    const lines: string[] = [];
    let same = 0;
    let older = 0;
    for (const workspace of await advisedWorkspaces(database.db)) {
      const advised = await advisedIn(read, workspace);
      for (const recommendation of await read.recommendations.all(workspace)) {
        const found = await verdict(read, recommendation, advised.get(recommendation.id));
        if (found.kind === 'same') same += 1;
        else {
          lines.push(`${recommendation.id}: ${found.sentence}`);
          if (found.kind === 'older') older += 1;
        }
      }
    }
    const wrong = lines.length - older;
    lines.push(
      `${same} recommendations in ${database.where} replay to the same bits, ${older} came from another engine version, ${wrong} differ.`,
    );
    return { lines, whole: wrong === 0 };
  } finally {
    await database.close();
  }
}

type Verdict =
  | { readonly kind: 'same' }
  | { readonly kind: 'older' | 'wrong'; readonly sentence: string };

async function verdict(
  read: Reads,
  recommendation: Recommendation,
  advised: Advised | undefined,
): Promise<Verdict> {
  if (advised === undefined) return wrong('the audit record does not know it.');
  const altered = Object.entries({
    inputs: advised.inputs === recommendation.inputsHash,
    prices: advised.prices === recommendation.panelHash,
    result: advised.result === sha256(recommendation.result),
  }).flatMap(([what, holds]) => (holds ? [] : [what]));
  if (altered.length > 0) {
    return wrong(`not what the audit record says was advised: ${altered.join(', ')}.`);
  }
  try {
    const outcome = await replay(read, recommendation, recommendation);
    if (outcome.kind === 'same') return { kind: 'same' };
    if (outcome.kind === 'different') return wrong(`differs in ${outcome.what.join(', ')}.`);
    const sentence = `came from engine ${outcome.engineVersion}, which this one cannot compare with.`;
    return { kind: 'older', sentence };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

function wrong(sentence: string): Verdict {
  return { kind: 'wrong', sentence };
}

/** What the audit record says, by recommendation. */
async function advisedIn(read: Reads, workspace: string): Promise<ReadonlyMap<string, Advised>> {
  const found = new Map<string, Advised>();
  for (let after = 0; ; ) {
    const rows = await read.audit.list(workspace, after, PAGE);
    for (const { kind, payload } of rows) {
      if (kind !== 'advised') continue;
      const advised = advisedSchema.safeParse(payload);
      if (advised.success) found.set(advised.data.recommendation, advised.data);
    }
    if (rows.length < PAGE) return found;
    after = rows[rows.length - 1].seq;
  }
}

if (import.meta.main)
  await run(async () => {
    const report = await replayAll(storeSettings(process.env));
    for (const line of report.lines) console.log(line);
    return report.whole ? 0 : 1;
  });
