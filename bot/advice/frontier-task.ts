import { alongFrontier, efficientFrontier } from '../../engine/frontier/efficient-frontier.ts';
import type { Limits, Problem } from '../../engine/optimizers/problem.ts';
import type { PricePanel } from '../../engine/panel.ts';
import type { RiskReturn } from '../charts/frontier.ts';
import { solveAdvice } from './advise.ts';
import type { AdviceInputs } from './record.ts';
import { type Mix, mixOf } from './what-if-task.ts';

/** Plain data in and out: it runs on a worker thread. */
export interface FrontierTaskInput {
  readonly inputs: AdviceInputs;
  readonly window: PricePanel;
}

export interface Frontier {
  readonly recommended: Mix;
  /** From the least volatility up. */
  readonly curve: readonly RiskReturn[];
  readonly leastVolatility: RiskReturn;
  /** The best for its risk; null when nothing earns more than cash. */
  readonly tangency: RiskReturn | null;
  /** Which of the person's limits the curve leaves out, in words. */
  readonly left: readonly string[];
}

/** Enough for a smooth curve on a phone. */
const POINTS = 40;

/** The best return for each level of risk within the limits of advice, beside the mix it comes to. */
export function frontierTask({ inputs, window }: FrontierTaskInput): Frontier {
  const solved = solveAdvice(inputs, window);
  const { problem, left } = straight(solved.problem);
  const frontier = efficientFrontier(problem);
  return {
    recommended: mixOf(solved),
    curve: alongFrontier(problem, frontier, POINTS).map(place),
    leastVolatility: place(frontier.leastVolatility),
    tangency: frontier.tangency === null ? null : place(frontier.tangency),
    left,
  };
}

function place({ volatility, expectedReturn }: RiskReturn): RiskReturn {
  return { volatility, expectedReturn };
}

const curved = ['turnover', 'holdings', 'smallestHolding'] as const;
const words: Readonly<Record<(typeof curved)[number], string>> = {
  turnover: 'turnover',
  holdings: 'the number of holdings',
  smallestHolding: 'the smallest holding',
};

/** The problem with bounds and linear limits alone, and which of the person's limits that leaves out. */
function straight(problem: Problem): {
  readonly problem: Problem;
  readonly left: readonly string[];
} {
  const { lower, upper, linear } = problem.limits;
  const limits: Limits = { lower, upper, linear };
  const left = curved
    .filter((name) => problem.limits[name] !== undefined)
    .map((name) => words[name]);
  return { problem: { ...problem, limits }, left };
}
