import { type Conflict, Infeasible } from '../../errors.ts';
import { percent } from '../../percent.ts';
import type { Problem } from '../problem.ts';
import { type HoldingRule, holdingRule } from './support.ts';

/** Says which limit on holdings no portfolio meets, and the nearest one that works. */
export function explainHoldings(
  problem: Problem,
  works: (rule: HoldingRule) => boolean,
): Infeasible {
  const n = problem.assets.length;
  const { holdings, smallestHolding } = problem.limits;
  const rule = holdingRule(problem);
  const conflicts: Conflict[] = [];
  const cures: string[] = [];
  const count = holdings !== undefined && holdings < n;
  const size = smallestHolding !== undefined && smallestHolding > 0;
  // Only what the conflict needs is named: one that may as well be left out is not.
  const sizeCounts = size && (!count || works({ most: holdings, least: 0 }));
  const countCounts = count && (!sizeCounts || works({ most: n, least: rule.least }));
  if (countCounts) {
    let most: number | null = null;
    const fits = rule.least > 0 ? Math.floor(1 / rule.least + 1e-9) : n;
    for (let more = holdings + 1; more <= Math.min(n, fits) && most === null; more++)
      if (works({ most: more, least: rule.least })) most = more;
    conflicts.push({ limit: `at most ${holdings} holdings`, bound: holdings, wouldWork: most });
    if (most !== null) cures.push(`${most} holdings`);
  }
  if (sizeCounts) {
    const most = Math.min(holdings ?? n, n);
    const least = works({ most, least: 0 }) ? largest(works, most, smallestHolding) : null;
    const limit = `no holding below ${percent(smallestHolding)}`;
    conflicts.push({ limit, bound: smallestHolding, wouldWork: least });
    if (least !== null) cures.push(`no holding below ${percent(least)}`);
  }
  const names = conflicts.map(({ limit }) => limit).join(' and ');
  const cure =
    cures.length === 0 ? 'loosen the other limits' : `it would work with ${cures.join(', or ')}`;
  return new Infeasible(
    `Infeasible: ${names} cannot be met within the other limits; ${cure}.`,
    conflicts,
  );
}

/** The largest smallest holding that works, to a hundredth of a percent, never above the truth. */
function largest(works: (rule: HoldingRule) => boolean, most: number, above: number): number {
  let low = 0;
  let high = Math.floor(1e4 * above);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (works({ most, least: middle / 1e4 })) low = middle;
    else high = middle;
  }
  return low / 1e4;
}
