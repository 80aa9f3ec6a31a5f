import { setTimeout as pause } from 'node:timers/promises';
import type { RandomSource } from '../engine/random.ts';
import { cashAfter } from './facts.ts';
import { offer, settle } from './round.ts';
import type { Stage } from './stage.ts';

/** Longer than a confirmation and its orders take, so that kills fall on every part of it. */
const SPAN_MS = 700;
const faults = [
  { kind: 'unavailable' },
  { kind: 'drop-answer' },
  { kind: 'garble-answer' },
  { kind: 'answer-late', ms: 150 },
  { kind: 'delay', ms: 100 },
] as const;

/**
 * One confirmation with one to three kills at any time and a broker that may misbehave.
 * @returns how many processes were killed
 */
export async function mixedRound(stage: Stage, random: RandomSource): Promise<number> {
  const proposal = await offer(stage, random);
  const cash = await cashAfter(stage, proposal);
  const story: string[] = [];
  try {
    if (random.uniform() < 0.5) {
      const fault = faults[random.integer(faults.length)];
      const after = random.integer(proposal.legs.length);
      story.push(`${fault.kind} at leg ${after}`);
      const rule = { on: 'submit', after, times: 1 + random.integer(2), fault } as const;
      await stage.broker.control({ do: 'fault', rule });
    }
    const confirm = await stage.person.button('Confirm');
    const kills = 1 + random.integer(3);
    let heard: unknown = stage.person.send(confirm);
    for (let kill = 0; kill < kills; kill++) {
      const ms = random.integer(SPAN_MS);
      story.push(`killed after ${ms} ms`);
      await pause(ms);
      await stage.kill();
      await heard;
      await stage.start();
      if (random.uniform() < 0.5) heard = stage.person.send(confirm);
    }
    await heard;
    await stage.broker.control({ do: 'clear' });
    await settle(stage, proposal, confirm, cash);
    return kills;
  } catch (error) {
    throw new Error(`${story.join(', ')}; proposal ${proposal.id}`, { cause: error });
  }
}
