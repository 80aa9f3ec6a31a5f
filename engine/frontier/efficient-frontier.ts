import { EngineError, Infeasible } from '../errors.ts';
import { volatilityOf } from '../optimizers/allocation.ts';
import type { Problem } from '../optimizers/problem.ts';
import { criticalLine, type FrontierPortfolio } from './critical-line.ts';

/** The efficient frontier with the portfolios on it that have names. */
export interface EfficientFrontier {
  /** Exact: between two of them the weights are a straight line. */
  readonly corners: readonly FrontierPortfolio[];
  readonly leastVolatility: FrontierPortfolio;
  /** Of highest Sharpe ratio; null when nothing on the frontier beats the risk-free rate. */
  readonly tangency: FrontierPortfolio | null;
  readonly highestReturn: FrontierPortfolio;
}

/**
 * The efficient frontier of a problem's bounds and linear limits, by the critical line.
 *
 * @throws as {@link criticalLine}
 */
export function efficientFrontier(problem: Problem): EfficientFrontier {
  const corners = criticalLine(problem);
  return {
    corners,
    leastVolatility: corners[0],
    tangency: tangency(problem, corners),
    highestReturn: corners[corners.length - 1],
  };
}

/**
 * Portfolios along the frontier, evenly spaced in volatility, both ends included.
 *
 * @param count 2 or more; 1 portfolio where the frontier is a single one
 */
export function alongFrontier(
  problem: Problem,
  { corners }: Pick<EfficientFrontier, 'corners'>,
  count: number,
): readonly FrontierPortfolio[] {
  if (!(Number.isInteger(count) && count >= 2)) {
    throw new EngineError('bad-input', `Asked for ${count} portfolios; ask for 2 or more.`, {
      count,
    });
  }
  const [first, last] = [corners[0], corners[corners.length - 1]];
  if (last.volatility - first.volatility <= 1e-12) return [first];
  return Array.from({ length: count }, (_, i) => {
    if (i === 0) return first;
    if (i === count - 1) return last;
    const wanted = first.volatility + ((last.volatility - first.volatility) * i) / (count - 1);
    return atVolatility(problem, corners, wanted);
  });
}

/**
 * The frontier's portfolio of a given expected return.
 *
 * @throws {Infeasible} when the frontier does not reach it; below its least return the portfolio of
 *   least volatility already earns more
 */
export function atReturn(
  problem: Problem,
  { corners }: Pick<EfficientFrontier, 'corners'>,
  expectedReturn: number,
): FrontierPortfolio {
  const last = corners[corners.length - 1];
  if (expectedReturn <= corners[0].expectedReturn) return corners[0];
  if (expectedReturn > last.expectedReturn) {
    const most = last.expectedReturn;
    throw new Infeasible(
      `No portfolio within the limits is expected to earn ${(100 * expectedReturn).toFixed(1)} % a year; the most is ${(100 * most).toFixed(1)} %.`,
      [{ limit: 'target return', bound: expectedReturn, wouldWork: most }],
    );
  }
  const next = corners.findIndex((corner) => corner.expectedReturn >= expectedReturn);
  const [a, b] = [corners[next - 1], corners[next]];
  const share = (expectedReturn - a.expectedReturn) / (b.expectedReturn - a.expectedReturn);
  return between(problem, a, b, share);
}

function atVolatility(
  problem: Problem,
  corners: readonly FrontierPortfolio[],
  volatility: number,
): FrontierPortfolio {
  const next = corners.findIndex((corner) => corner.volatility >= volatility);
  const [a, b] = [corners[next - 1], corners[next]];
  // Variance along the line is a s^2 + 2 m s + c; of its two roots the one that rises.
  const middle = between(problem, a, b, 0.5).volatility ** 2;
  const [start, end] = [a.volatility ** 2, b.volatility ** 2];
  const square = 2 * (start + end - 2 * middle);
  const slope = (end - start - square) / 2;
  const gap = start - volatility ** 2;
  const share = -gap / (slope + Math.sqrt(Math.max(0, slope * slope - square * gap)));
  return between(problem, a, b, Math.min(Math.max(share, 0), 1));
}

/**
 * The portfolio of highest Sharpe ratio. Along the frontier excess return over risk tolerance falls
 * through variance where the ratio is highest, so one segment holds it.
 */
function tangency(
  problem: Problem,
  corners: readonly FrontierPortfolio[],
): FrontierPortfolio | null {
  const sharpe = ({ expectedReturn, volatility }: FrontierPortfolio) =>
    (expectedReturn - problem.riskFree) / volatility;
  let best: FrontierPortfolio | null = null;
  const note = (one: FrontierPortfolio) => {
    if (!(sharpe(one) > 0) || !(one.volatility > 1e-12)) return;
    if (best === null || sharpe(one) > sharpe(best)) best = one;
  };
  corners.forEach((corner, i) => {
    note(corner);
    if (i === 0) return;
    const before = corners[i - 1];
    const share = bestShare(problem, before, corner);
    if (share > 0 && share < 1) note(between(problem, before, corner, share));
  });
  return best;
}

/** Where on a segment (e + s f) / sqrt(a s^2 + 2 m s + c) is stationary: s = (f c - e m) / (e a - f m). */
function bestShare(problem: Problem, a: FrontierPortfolio, b: FrontierPortfolio): number {
  const [start, end] = [a.volatility ** 2, b.volatility ** 2];
  const middle = between(problem, a, b, 0.5).volatility ** 2;
  const square = 2 * (start + end - 2 * middle);
  const half = (end - start - square) / 2;
  const excess = a.expectedReturn - problem.riskFree;
  const rise = b.expectedReturn - a.expectedReturn;
  return (rise * start - excess * half) / (excess * square - rise * half);
}

function between(
  problem: Problem,
  a: FrontierPortfolio,
  b: FrontierPortfolio,
  share: number,
): FrontierPortfolio {
  const weights = a.weights.map((w, i) => w + share * (b.weights[i] - w));
  const expectedReturn = a.expectedReturn + share * (b.expectedReturn - a.expectedReturn);
  // On the way to the end of the frontier the tolerance is that of the corner before.
  const riskTolerance = Number.isFinite(b.riskTolerance)
    ? a.riskTolerance + share * (b.riskTolerance - a.riskTolerance)
    : a.riskTolerance;
  return { riskTolerance, weights, expectedReturn, volatility: volatilityOf(problem, weights) };
}
