import { EngineError, Infeasible } from '../../errors.ts';
import { percent } from '../../percent.ts';
import type { Allocation, Binding, Optimizer, Problem } from '../problem.ts';
import { type Bound, branchAndBound, type Exact, type Found } from './branch-and-bound.ts';
import { explainHoldings } from './explain-holdings.ts';
import { inFamily } from './family-program.ts';
import { holdingsBound } from './holdings-bound.ts';
import { type Score, scoreOf } from './score.ts';
import { type HoldingRule, heldWithin, holdingRule, Support } from './support.ts';

export interface HoldingOptions {
  readonly score?: Score;
  readonly mostNodes?: number;
}

/**
 * The best portfolio that holds few assets, or none in small amounts: branch and bound on which
 * assets are held. Each node lets the undecided ones be held in part; its optimum bounds all
 * portfolios below it. Nodes are taken best first, so that the order is the same every time.
 *
 * @param optimizer the method with all other limits
 * @throws {Infeasible} when no choice of holdings meets the limits
 * @throws {EngineError} 'not-converged' after too many nodes, with the best found and its gap;
 *   'unsupported-limit' for a method whose aim is not known
 * @source Bertsimas and Shioda (2009); Land and Doig (1960)
 */
export function chooseHoldings(
  optimizer: Optimizer,
  problem: Problem,
  options: HoldingOptions,
): Allocation {
  const rule = holdingRule(problem);
  const { holdings: _, smallestHolding: __, ...others } = problem.limits;
  const plain = { ...problem, limits: others };
  const free = optimizer(plain);
  if (heldWithin(rule, free.weights)) return free;
  const score = options.score ?? scoreOf(free.method);
  let iterations = 0;
  /** The method on the assets that a choice holds. */
  const exact: Exact = (support) =>
    reachable(() => {
      const part = support.problem(plain);
      if (part === null) return null;
      const answer = optimizer(part);
      iterations += answer.iterations;
      return { answer, weights: answer.weights, value: score(plain, answer) };
    });
  const tight = inFamily(free.method) ? holdingsBound(free.method, plain) : null;
  const bound: Bound = (support) =>
    reachable(() => {
      const part = support.problem(plain);
      if (part === null) return null;
      if (tight === null || support.undecided.members.length === 0) {
        const found = exact(support);
        // An answer with a gap may lie that far above what is possible.
        return found && { ...found, value: found.value - ownGap(found) };
      }
      const found = tight(part, support.undecided);
      iterations += found.iterations;
      return found;
    });
  const gap = free.certificate === 'gap' ? 5e-7 : 1e-9;
  const best = (within: HoldingRule, mostNodes: number, anyWillDo: boolean) =>
    branchAndBound(
      { root: Support.root(plain, within), rule: within, exact, bound, gap },
      mostNodes,
      anyWillDo,
    );
  const found = best(rule, options.mostNodes ?? 20_000, false);
  if (found === null)
    throw explainHoldings(problem, (other) => works(() => best(other, 2_000, true)));
  const { answer, nodes } = found;
  return {
    ...answer,
    binding: spoken(problem, answer),
    residual: answer.residual + gap,
    certificate: 'gap',
    iterations: free.iterations + iterations,
    solvedBy: `branch and bound (${nodes} nodes) over ${answer.solvedBy}`,
  };
}

function ownGap({ answer, value }: Found): number {
  return answer.certificate === 'gap' ? answer.residual * Math.abs(value) : 0;
}

/** What nothing below can reach either: it has fewer choices. */
function reachable<T>(solve: () => T | null): T | null {
  try {
    return solve();
  } catch (error) {
    if (error instanceof Infeasible) return null;
    if (error instanceof EngineError && error.code === 'no-excess-return') return null;
    throw error;
  }
}

function works(solve: () => unknown): boolean {
  try {
    return solve() !== null;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'not-converged') return false;
    throw error;
  }
}

/** Prices in the person's own limits: what a choice drops or holds at least is the choice's. */
function spoken({ limits, assets }: Problem, { binding }: Allocation): Binding[] {
  const { smallestHolding = 0 } = limits;
  return binding
    .filter(({ limit }) => limit !== Support.rowName)
    .filter(({ kind, asset, bound }) => {
      const own =
        kind === 'upper' && asset !== undefined ? limits.upper[assets.indexOf(asset)] : bound;
      return own === bound;
    })
    .map((one) => {
      const own = one.kind === 'lower' && one.asset !== undefined;
      if (!own || one.bound <= limits.lower[assets.indexOf(one.asset)]) return one;
      return { ...one, limit: `no holding below ${percent(smallestHolding)}` };
    });
}
