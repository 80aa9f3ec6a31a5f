import { EngineError } from '../../errors.ts';
import type { Allocation } from '../problem.ts';
import { type HoldingRule, heldWithin, type Support } from './support.ts';

/** The best portfolio of a choice, or null when it allows none. */
export type Exact = (support: Support) => Found | null;

/** Weights whose score no portfolio of a choice falls below, or null when it allows none. */
export type Bound = (support: Support) => Relaxed | null;

export interface Relaxed {
  readonly weights: Float64Array;
  readonly value: number;
  /** n numbers from 0 to 1, how far each asset is held; absent where that is not known. */
  readonly parts?: Float64Array;
}

export interface Found {
  readonly answer: Allocation;
  readonly weights: Float64Array;
  readonly value: number;
}

interface Node {
  readonly support: Support;
  readonly relaxed: Relaxed;
  readonly bound: number;
}

export interface Choices {
  readonly root: Support;
  readonly rule: HoldingRule;
  readonly exact: Exact;
  readonly bound: Bound;
  /** A bound this near to the best found, relative, hides no better portfolio worth finding. */
  readonly gap: number;
}

/**
 * The best portfolio over all choices of holdings. Nodes are taken by their bound, lowest first, and
 * of equals the older: the order, and so the answer, is the same every time.
 *
 * @param anyWillDo stops at the first portfolio found
 * @returns null when no choice allows a portfolio
 * @throws {EngineError} 'not-converged' after too many nodes, with the best found and its gap
 * @source Land and Doig (1960)
 */
export function branchAndBound(
  { root, rule, exact, bound, gap }: Choices,
  mostNodes: number,
  anyWillDo = false,
): { answer: Allocation; nodes: number } | null {
  const open: Node[] = [];
  const tried = new Set<string>();
  const state: { best: Found | null } = { best: null };
  let nodes = 0;
  const cannotBeat = (value: number) =>
    state.best !== null && value >= cutoff(state.best.value, gap);
  /** Holds the largest of the weights and nothing else: a portfolio to beat. */
  const round = (support: Support, weights: Float64Array) => {
    const whole = support.rounded(weights);
    if (whole === null || tried.has(whole.key)) return;
    tried.add(whole.key);
    const found = exact(whole);
    if (found === null || !heldWithin(rule, found.weights)) return;
    if (state.best === null || found.value < state.best.value) state.best = found;
  };
  const visit = (support: Support) => {
    nodes++;
    const found = bound(support);
    if (found === null || cannotBeat(found.value)) return;
    round(support, found.weights);
    if (!cannotBeat(found.value)) insert(open, { support, relaxed: found, bound: found.value });
  };
  visit(root);
  while (open.length > 0) {
    const node = open.pop()!;
    if (cannotBeat(node.bound) || (anyWillDo && state.best !== null)) break;
    if (nodes >= mostNodes) throw unfinished(state.best, node.bound, nodes);
    for (const support of node.support.branch(node.relaxed)) visit(support);
  }
  return state.best === null ? null : { answer: state.best.answer, nodes };
}

function cutoff(value: number, gap: number): number {
  return value - gap * Math.max(Math.abs(value), 1e-6);
}

/** Keeps open nodes with the lowest bound last; of equals the older one comes out first. */
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
    `After ${nodes} choices of holdings ${said}; give fewer assets, allow more holdings, or try more choices.`,
    { nodes, gap, bound, value: best?.value, weights: best?.answer.weights },
  );
}
