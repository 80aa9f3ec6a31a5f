import {
  clientOutcome,
  clientProgram,
  type SharedMoments,
  solveQuadraticProgram,
} from '../../engine/index.ts';
import { impossible, judge } from './clients-judge.ts';
import { emptyClient, fillClient } from './clients-population.ts';
import { type Run, SAMPLE } from './clients-run.ts';

/** Answers that are solved again by the general solver. */
const AGAIN = 300;

/** What none of the figures may reach. */
const LIMIT = 1e-8;

/** Judges the sample of a run and every client it called infeasible. */
export function checkRun(
  moments: SharedMoments,
  seed: number,
  run: Run,
): { readonly passed: boolean; readonly report: string } {
  const n = moments.assets.length;
  const client = emptyClient(n);
  const sampled = Math.min(SAMPLE, run.count);
  let infeasibility = 0;
  let residual = 0;
  let gap = 0;
  let difference = 0;
  let judged = 0;
  let solvedAgain = 0;
  for (let s = 0; s < sampled; s++) {
    fillClient(seed, Math.floor((s * run.count) / sampled), client);
    const how = run.outcomes[s];
    if (how !== clientOutcome.solved && how !== clientOutcome.solvedByGeneral) continue;
    const finding = judge(moments, client, run.weights.slice(s * n, s * n + n));
    judged++;
    infeasibility = Math.max(infeasibility, finding.infeasibility);
    residual = Math.max(residual, finding.residual);
    gap = Math.max(gap, finding.gap);
    if (s % Math.ceil(sampled / AGAIN) > 0) continue;
    const general = solveQuadraticProgram(clientProgram(moments, client));
    difference = Math.max(difference, Math.abs(general.objective + finding.utility));
    solvedAgain++;
  }
  let wronglyRefused = 0;
  for (const index of run.infeasible) {
    fillClient(seed, index, client);
    if (!impossible(client)) wronglyRefused++;
  }
  const { unsolved, invalid } = clientOutcome;
  const answered = run.outcomeCounts[unsolved] + run.outcomeCounts[invalid] === 0;
  // Written so that NaN fails.
  const small = [infeasibility, residual, gap, difference, run.worst].every((v) => v < LIMIT);
  const passed = small && answered && judged > 0 && wronglyRefused === 0;
  const report = [
    `Checked apart from the solver: ${judged} sampled answers; ${sampled - judged} sampled clients have none.`,
    `  worst violation of budget or bounds  ${infeasibility.toExponential(1)}`,
    `  worst optimality residual            ${residual.toExponential(1)}`,
    `  most utility left, per year          ${gap.toExponential(1)}`,
    `  utility against the general solver   ${difference.toExponential(1)} over ${solvedAgain} clients`,
    `  infeasible clients                   ${run.infeasible.length}, of them wrongly refused ${wronglyRefused}`,
    passed ? 'All of it holds.' : 'NOT ALL OF IT HOLDS.',
  ].join('\n');
  return { passed, report };
}
