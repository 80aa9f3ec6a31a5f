import type { Problem } from '../optimizers/problem.ts';
import type { Driver } from './driver.ts';
import { portfolioVolatility } from './portfolio-volatility.ts';
import type { Solved } from './same-universe.ts';

type Move = Extract<Driver, { kind: 'market-move' }>;

/** A volatility that moved by less than this part of itself is not told. */
const VOLATILITY_TOLD = 0.05;
/** Nor an expected return that moved by less, per year. */
const RETURN_TOLD = 0.0025;

/**
 * What the market did between two problems on the same assets, by class and for the asset with the
 * largest weight before or after. A class is measured as the mix that was held of it, or in equal
 * parts when none was, so that only the market moves and not the mix.
 *
 * @returns volatilities, largest relative move first, then expected returns, largest first
 */
export function marketMoves(
  was: Solved,
  is: Solved,
  classOf: (asset: string) => string,
): readonly Driver[] {
  const { assets } = was.problem;
  const subjects = new Map<string, Float64Array>();
  for (const name of new Set(assets.map(classOf))) {
    subjects.set(
      name,
      mixOf(was.weights, (i) => classOf(assets[i]) === name),
    );
  }
  let top = 0;
  const weight = (i: number): number => Math.max(was.weights[i], is.weights[i]);
  for (let i = 1; i < assets.length; i++) if (weight(i) > weight(top)) top = i;
  // A class of one asset is that asset: told once, as the class.
  const alone = assets.filter((asset) => classOf(asset) === classOf(assets[top])).length === 1;
  if (!alone) {
    subjects.set(
      assets[top],
      mixOf(was.weights, (i) => i === top),
    );
  }
  const moves = [...subjects].flatMap(([subject, mix]) => movesOf(subject, mix, was, is));
  const relative = (move: Move): number => Math.abs(Math.log(move.to / move.from));
  const absolute = (move: Move): number => Math.abs(move.to - move.from);
  return [
    ...moves.filter((move) => move.what === 'volatility').sort((a, b) => relative(b) - relative(a)),
    ...moves
      .filter((move) => move.what === 'expected-return')
      .sort((a, b) => absolute(b) - absolute(a)),
  ];
}

function movesOf(subject: string, mix: Float64Array, was: Solved, is: Solved): Move[] {
  const moves: Move[] = [];
  const before = portfolioVolatility(mix, was.problem.covariance);
  const now = portfolioVolatility(mix, is.problem.covariance);
  if (before > 0 && now > 0 && Math.abs(now / before - 1) >= VOLATILITY_TOLD) {
    moves.push({ kind: 'market-move', what: 'volatility', subject, from: before, to: now });
  }
  const from = expected(mix, was.problem);
  const to = expected(mix, is.problem);
  if (Math.abs(to - from) >= RETURN_TOLD) {
    moves.push({ kind: 'market-move', what: 'expected-return', subject, from, to });
  }
  return moves;
}

function expected(mix: Float64Array, { expectedReturns }: Problem): number {
  let sum = 0;
  for (let i = 0; i < mix.length; i++) sum += mix[i] * expectedReturns[i];
  return sum;
}

/** Weights of some assets scaled to 1, or equal parts when they sum to nothing. */
function mixOf(weights: Float64Array, belongs: (index: number) => boolean): Float64Array {
  const own = weights.map((w, i) => (belongs(i) ? Math.max(0, w) : 0));
  const sum = own.reduce((a, b) => a + b, 0);
  if (sum > 1e-6) return own.map((w) => w / sum);
  const count = weights.reduce((n, _, i) => n + (belongs(i) ? 1 : 0), 0);
  return weights.map((_, i) => (belongs(i) ? 1 / count : 0));
}
