import type { BudgetPoint } from './budget-point.ts';
import type { BudgetProblem } from './budget-problem.ts';
import { budgetInteriorPoint } from './interior-point.ts';
import type { RiskTerm } from './risk-term.ts';

/** What a search for weights whose free assets share risk found. */
export type Shared =
  | { readonly found: true; readonly point: BudgetPoint }
  /** No strength does it: `last` is where the weights of the weakest one tried stand. */
  | { readonly found: false; readonly last: BudgetPoint };

/** Error below which the certificate decides. */
const good = 1e-8;
/** Error above which a point says nothing. */
const lost = 1e-5;
const mostSteps = 60;
/** Logarithms weaker than this part of the risk have no say any more. */
const weakest = 1e-6;

/**
 * Weights and strength by the interior-point method with the strength as an unknown, and where that
 * does not settle by a search over strengths for the sum of the weights.
 *
 * @param term a new risk term for each attempt
 */
export function shareRisk(posed: BudgetProblem, term: () => RiskTerm, start: Float64Array): Shared {
  const joint = budgetInteriorPoint(posed, term(), start);
  if (joint.error <= good) return { found: true, point: joint };
  let iterations = joint.iterations;
  /** Whether weights of some strength sum to the share or more. */
  let isReached = false;
  const at = (strength: number): { point: BudgetPoint; miss: number } => {
    const point = budgetInteriorPoint(posed, term(), start, strength);
    iterations += point.iterations;
    let sum = 0;
    for (const w of point.x) sum += w;
    const miss = sum - posed.share;
    if (miss >= 0 && point.error <= lost) isReached = true;
    return { point: { ...point, iterations }, miss };
  };
  const first = riskScale(posed, term(), start);
  let low = first / 16;
  let below = at(low);
  while (below.miss > 0 && low > weakest * first) {
    low /= 16;
    below = at(low);
  }
  if (below.miss > 0) return { found: false, last: below.point };
  let high = Math.max(8 * low, first);
  let above = at(high);
  while (above.miss < 0 && high < 1e12 * first) {
    high *= 16;
    above = at(high);
  }
  if (above.miss < 0) return { found: false, last: above.point };
  let best = below;
  let lowMiss = below.miss;
  let highMiss = above.miss;
  for (let step = 0; step < mostSteps && Math.abs(best.miss) > 1e-13; step++) {
    // Regula falsi in the logarithm, its stale side halved (Illinois), and now and then the middle.
    const share = step % 4 === 3 ? 0.5 : lowMiss / (lowMiss - highMiss);
    const middle = low * (high / low) ** Math.min(Math.max(share, 1e-3), 1 - 1e-3);
    if (!(middle > low && middle < high)) break;
    const here = at(middle);
    const isNearer = Math.abs(here.miss) < Math.abs(best.miss);
    if (isNearer && (here.point.error <= lost || best.point.error > lost)) best = here;
    if (here.miss < 0) {
      low = middle;
      lowMiss = here.miss;
      highMiss /= 2;
    } else {
      high = middle;
      highMiss = here.miss;
      lowMiss /= 2;
    }
  }
  const error = Math.max(best.point.error, Math.abs(best.miss));
  // Where logarithms so weak do not settle either, the risk alone decides, against the sum. Where all
  // that settles falls short of it, the logarithms of greater strengths alone decide, and fall short too.
  const fails = Math.min(error, joint.error) > lost;
  if (fails && (best.point.strength < 1e-3 * first || !isReached))
    return { found: false, last: best.point };
  return { found: true, point: { ...(error < joint.error ? best.point : joint), iterations } };
}

/** Risk at the start, as the logarithms' strength is measured. */
function riskScale(posed: BudgetProblem, term: RiskTerm, start: Float64Array): number {
  term.start(start);
  const slope = new Float64Array(posed.budgets.length);
  term.slope(start, slope);
  let risk = 0;
  for (let i = 0; i < slope.length; i++) risk += slope[i] * start[i];
  return Math.max(risk, term.products() / 2, 1e-300);
}
