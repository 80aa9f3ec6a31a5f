import { afterAll, beforeAll, test } from 'vitest';
import { randomSource } from '../engine/random.ts';
import { killOf } from './kills.ts';
import { killRound } from './round.ts';
import { openStage, type Stage } from './stage.ts';

// Once at each point; `npm run trials` does this twenty times each.
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.close());

const seed = 390_111;
const random = randomSource(seed);

async function cutShort(number: number): Promise<void> {
  const kill = killOf(number);
  for (let round = 0; round < kill.points.length; round++) {
    await killRound(stage, kill, round, random).catch((error: unknown) => {
      throw new Error(`With seed ${seed}`, { cause: error });
    });
  }
}

test('case 1: killed before the inbox commit, it is redelivered and done once', () => cutShort(1));

test('case 2: killed before the acknowledgement, the duplicate is ignored', () => cutShort(2));

test('case 3: killed in the handler, it is rolled back and run again', () => cutShort(3));

test('case 4: killed before the call, the same id is submitted', () => cutShort(4));

test('case 5: killed after the call, it is looked up and not called again', () => cutShort(5));

test('case 6: killed between two orders, only the rest is submitted', () => cutShort(6));
