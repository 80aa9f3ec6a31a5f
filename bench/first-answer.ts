import { onboard } from '../demo/conversation.ts';
import { openWebClient, type WebClient } from '../demo/web-client.ts';
import { chatStage, type OpenPlatform } from '../trials/chat-stage.ts';
import { settled } from '../trials/settled.ts';
import { percentile } from './report.ts';

/** How long a platform waits for the first answer to an interaction. */
export const ANSWER_WITHIN_MS = 3_000;

/** The first answers of one platform, each in milliseconds. */
export interface FirstAnswers {
  readonly platform: string;
  /** Of those that were answered. */
  readonly times: readonly number[];
  /** How many backtests ran meanwhile. */
  readonly backtests: number;
  /** What went wrong with those that were not answered: one sentence each. */
  readonly failed: readonly string[];
  readonly violations: readonly string[];
}

const people = 20;
/** At most this many interactions are under way at once. */
const lanes = 4;
const words = ['/help', '/start', '/portfolio', '/history', '/recommend', '/goal 20k by June 2032'];

/**
 * Interactions of several people in front of one platform, while others keep every worker thread busy
 * with backtests: from the moment a platform hands one over to the first answer it gets.
 */
export async function firstAnswers(open: OpenPlatform, count: number): Promise<FirstAnswers> {
  const stage = await chatStage(open);
  try {
    const testers = await Promise.all([1, 2, 3].map(() => openTester(stage.keel().address!)));
    const crowd = Array.from({ length: people }, (_, at) => stage.platform.person(at));
    for (const person of crowd) await person.said('/start').post();
    await settled(stage.keel());
    for (const person of crowd) await person.pressed('I have read this and agree').post();
    await settled(stage.keel());

    let busy = true;
    let backtests = 0;
    const occupied = testers.map(async (client) => {
      while (busy) {
        await client.say('/backtest');
        backtests += 1;
      }
    });
    const times: number[] = [];
    const failed: string[] = [];
    let next = 0;
    const lane = async () => {
      while (next < count) {
        const at = next++;
        const delivery = crowd[at % people].said(words[at % words.length]);
        const began = performance.now();
        await delivery.post().then(
          () => times.push(performance.now() - began),
          (error: unknown) => failed.push(String(error)),
        );
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    busy = false;
    await Promise.all(occupied);
    await settled(stage.keel());
    for (const client of testers) client.close();
    await stage.stop();
    const violations = stage.platform.violations();
    return { platform: stage.platform.name, times, backtests, failed, violations };
  } finally {
    await stage.clear();
  }
}

async function openTester(address: string): Promise<WebClient> {
  const client = await openWebClient(address);
  await onboard(client, 'balanced', async () => undefined);
  return client;
}

/** Median, 99th percentile and the slowest, and how many came in time. */
export function firstAnswersReport({
  platform,
  times,
  backtests,
  failed,
  violations,
}: FirstAnswers): string {
  const at = (share: number) => `${percentile(times, share).toFixed(0)} ms`;
  const asked = times.length + failed.length;
  // One that failed at once was not answered at all.
  const inTime = times.filter((time) => time <= ANSWER_WITHIN_MS).length;
  const share = ((100 * inTime) / asked).toFixed(1);
  return [
    `${platform}: ${asked} interactions during ${backtests} backtests:`,
    ...(times.length === 0
      ? []
      : [`median ${at(0.5)}, 99th percentile ${at(0.99)}, slowest ${at(1)};`]),
    `${share} % within ${ANSWER_WITHIN_MS / 1_000} s; ${violations.length} violations.`,
    ...new Set(failed),
  ].join(' ');
}
