import { EngineError, Infeasible } from '../../errors.ts';
import type { Allocation, Optimizer, Problem } from '../problem.ts';
import { explainHoldings } from './explain-holdings.ts';
import { type Score, scoreOf } from './score.ts';
import { type HoldingRule, heldWithin, holdingRule, Support } from './support.ts';

export interface HoldingOptions {
  readonly score?: Score;
  readonly mostNodes?: number;
}

interface Found {
  readonly answer: Allocation;
  readonly value: number;
}

interface Node {
  readonly support: Support;
  readonly bound: number;
  readonly answer: Allocation;
  readonly order: number;
}

/** A bound this near to the best found, relative, cannot hide a better portfolio. */
const proved = 1e-9;

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
  const found = search(optimizer, plain, rule, score, options.mostNodes ?? 20_000);
  if (found === null)
    throw explainHoldings(problem, (other) => {
      try {
        return search(optimizer, plain, other, score, 2_000, true) !== null;
      } catch (error) {
        if (error instanceof EngineError && error.code === 'not-converged') return false;
        throw error;
      }
    });
  return found;
}

function search(
  optimizer: Optimizer,
  problem: Problem,
  rule: HoldingRule,
  score: Score,
  mostNodes: number,
  anyWillDo = false,
): Allocation | null {
  const state: { best: Found | null } = { best: null };
  let nodes = 0;
  let iterations = 0;
  const tried = new Set<string>();
  const solve = (support: Support): Found | null => {
    const part = support.problem(problem);
    if (part === null) return null;
    nodes++;
    try {
      const answer = optimizer(part);
      iterations += answer.iterations;
      return { answer, value: score(problem, answer) };
    } catch (error) {
      // Nothing below can be reached either: it has fewer choices.
      if (error instanceof Infeasible) return null;
      if (error instanceof EngineError && error.code === 'no-excess-return') return null;
      throw error;
    }
  };
  const consider = (found: Found) => {
    if (!heldWithin(rule, found.answer.weights)) return;
    if (state.best === null || found.value < state.best.value) state.best = found;
  };
  const cannotBeat = (bound: number) => state.best !== null && bound >= cutoff(state.best.value);
  /** Holds the largest of a node's weights and nothing else: a first portfolio to beat. */
  const round = (node: Allocation, support: Support) => {
    const whole = support.rounded(node.weights);
    if (whole === null || tried.has(whole.key)) return;
    tried.add(whole.key);
    const found = solve(whole);
    if (found !== null) consider(found);
  };
  const open: Node[] = [];
  const push = (support: Support) => {
    const found = solve(support);
    if (found === null) return;
    if (heldWithin(rule, found.answer.weights)) {
      consider(found);
      return;
    }
    if (cannotBeat(found.value)) return;
    insert(open, { support, bound: found.value, answer: found.answer, order: nodes });
  };
  push(Support.root(problem, rule));
  while (open.length > 0) {
    const node = open.pop()!;
    if (cannotBeat(node.bound) || (anyWillDo && state.best !== null)) break;
    if (nodes >= mostNodes) throw unfinished(state.best, node.bound, nodes);
    round(node.answer, node.support);
    for (const support of node.support.branch(node.answer.weights)) push(support);
  }
  if (state.best === null) return null;
  const { answer } = state.best;
  return {
    ...answer,
    binding: answer.binding.filter(({ limit }) => limit !== Support.rowName),
    residual: Math.max(answer.residual, proved),
    certificate: 'gap',
    iterations,
    solvedBy: `branch and bound (${nodes} nodes) over ${answer.solvedBy}`,
  };
}

function cutoff(value: number): number {
  return value - proved * Math.max(Math.abs(value), 1e-6);
}

/** Keeps open nodes with the lowest bound last; of equals the older one first out. */
function insert(open: Node[], node: Node): void {
  let low = 0;
  let high = open.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (open[middle].bound > node.bound) low = middle + 1;
    else high = middle;
  }
  open.splice(low, 0, node);
}

function unfinished(best: Found | null, bound: number, nodes: number): EngineError {
  const gap =
    best === null ? Infinity : (best.value - bound) / Math.max(Math.abs(best.value), 1e-6);
  const said =
    best === null
      ? 'none that meets the limits was found yet'
      : `the best found is within ${(100 * gap).toPrecision(2)} % of the best possible`;
  return new EngineError(
    'not-converged',
    `After ${nodes} portfolios ${said}; give fewer assets, allow more holdings, or try more portfolios.`,
    { nodes, gap, bound, value: best?.value, weights: best?.answer.weights },
  );
}
