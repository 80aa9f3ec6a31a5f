import { tradingDaysPerYear } from '../../engine/moments/annual-covariance.ts';
import type { Method } from '../../engine/optimizers/index.ts';
import type { Limits, Problem } from '../../engine/optimizers/problem.ts';
import { CASH } from '../catalogue.ts';

/** What was seen of assets beyond their moments. */
export interface Evidence {
  readonly assets: readonly string[];
  /** rows x assets daily returns, row-major. */
  readonly returns: Float64Array;
  /** Years behind the expected returns. */
  readonly years: number;
  /** What cash earns per year. */
  readonly cashRate: number;
}

/** Means lie within one standard error of their estimates about two times in three. */
const STANDARD_ERRORS = 1;

/** What a method needs beside moments, on the assets of its problem. */
export function evidenceFor(
  method: Method,
  limits: Limits,
  { assets, covariance }: Pick<Problem, 'assets' | 'covariance'>,
  evidence: Evidence,
): Pick<Problem, 'scenarios' | 'meanUncertainty'> {
  const tail = method === 'minimum-cvar' || limits.conditionalValueAtRisk !== undefined;
  const seen = tail ? { scenarios: scenariosOn(assets, evidence) } : {};
  if (method !== 'robust-mean-variance') return seen;
  const shape = covariance.map((value) => value / evidence.years);
  return { ...seen, meanUncertainty: { kind: 'ellipsoid', shape, radius: STANDARD_ERRORS } };
}

/** The days seen; cash earns its rate, and what was not estimated did not move. */
function scenariosOn(assets: readonly string[], { assets: seen, returns, cashRate }: Evidence) {
  const count = returns.length / seen.length;
  const columns = assets.map((asset) => seen.indexOf(asset));
  const perDay = (1 + cashRate) ** (1 / tradingDaysPerYear) - 1;
  const onAssets = new Float64Array(count * assets.length);
  for (let t = 0; t < count; t++) {
    for (let j = 0; j < assets.length; j++) {
      const still = assets[j] === CASH ? perDay : 0;
      onAssets[t * assets.length + j] =
        columns[j] < 0 ? still : returns[t * seen.length + columns[j]];
    }
  }
  return { returns: onAssets, count, periodsPerYear: tradingDaysPerYear };
}
