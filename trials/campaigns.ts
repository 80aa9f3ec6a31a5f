import { randomSource } from '../engine/random.ts';
import type { Kill } from './kills.ts';
import { mixedRound } from './mixed.ts';
import { killRound } from './round.ts';
import { openStage, type Stage } from './stage.ts';
import { type Outcome, toldBy } from './trial.ts';

/** A number of rounds on one stage, until one does not hold: what follows it would prove nothing. */
export interface Campaign {
  readonly name: string;
  readonly rounds: number;
  /** @returns how many processes it killed */
  readonly play: (stage: Stage, round: number) => Promise<number>;
  readonly seed: number;
}

export function killCampaign(kill: Kill, rounds: number, seed: number): Campaign {
  const random = randomSource(seed);
  return {
    name: `Case ${kill.case}, ${kill.title}`,
    rounds,
    seed,
    async play(stage, round) {
      await killRound(stage, kill, round, random);
      return 1;
    },
  };
}

export function mixedCampaign(rounds: number, seed: number): Campaign {
  const random = randomSource(seed);
  return {
    name: 'Kills at any time and a broker that misbehaves',
    rounds,
    seed,
    play: (stage) => mixedRound(stage, random),
  };
}

/** Plays campaigns one after the other; a stage on which something broke is not used again. */
export async function playAll(
  campaigns: readonly Campaign[],
  told: (outcome: Outcome) => void,
): Promise<void> {
  let stage: Stage | null = null;
  try {
    for (const { name, rounds, seed, play } of campaigns) {
      let done = 0;
      let killed = 0;
      const violations: string[] = [];
      while (done < rounds && violations.length === 0) {
        try {
          stage ??= await openStage();
          killed += await play(stage, done);
          done++;
        } catch (error) {
          violations.push(`  round ${done + 1}: ${toldBy(error)}`);
          await stage?.close();
          stage = null;
        }
      }
      told({ name, rounds: done, killed, seed, violations });
    }
  } finally {
    await stage?.close();
  }
}
