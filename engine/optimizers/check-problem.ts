import { EngineError } from '../errors.ts';
import { checkCovariance } from './covariance-form.ts';
import type { Problem } from './problem.ts';

/**
 * The door of every method: names, sizes and numbers, and the proof that the covariance is one. What
 * the limits make impossible is found later, by the solver; crossed bounds are a conflict of two limits.
 *
 * @throws {EngineError} 'duplicate-asset', 'bad-input' or 'not-psd', with the asset and the value
 */
export function checkProblem(problem: Problem): void {
  const { assets, limits, current, tradingCosts } = problem;
  if (assets.length === 0) throw bad('there are no assets; give at least one', {});
  checkNames(assets);
  checkNumbers(assets, 'expected return', problem.expectedReturns);
  checkCovariance(problem);
  checkBounds(assets, 'minimum', limits.lower, Infinity);
  checkBounds(assets, 'maximum', limits.upper, -Infinity);
  for (const { name, coefficients, lower, upper } of limits.linear) {
    checkNumbers(assets, `share in ${name}`, coefficients);
    if (Number.isNaN(lower) || Number.isNaN(upper))
      throw bad(`the limits of ${name} are ${lower} and ${upper}`, { limit: name, lower, upper });
  }
  if (!Number.isFinite(problem.riskFree))
    throw bad(`the risk-free rate is ${problem.riskFree}; give a fraction per year`, {
      riskFree: problem.riskFree,
    });
  if (tradingCosts !== undefined && current === undefined)
    throw bad('trading costs need the present weights; give current', {});
  if (current !== undefined) checkNumbers(assets, 'present weight', current);
  if (tradingCosts === undefined) return;
  checkNumbers(assets, 'trading cost', tradingCosts);
  const gain = tradingCosts.findIndex((cost) => cost < 0);
  if (gain >= 0)
    throw bad(
      `the trading cost of ${assets[gain]} is ${tradingCosts[gain]}; a cost is not negative`,
      {
        asset: assets[gain],
        value: tradingCosts[gain],
      },
    );
}

function checkNames(assets: readonly string[]): void {
  const first = new Map<string, number>();
  assets.forEach((asset, i) => {
    const before = first.get(asset);
    if (before !== undefined) {
      throw new EngineError(
        'duplicate-asset',
        `${asset} stands twice among the assets, at ${before + 1} and ${i + 1}; keep one.`,
        { asset, positions: [before, i] },
      );
    }
    first.set(asset, i);
  });
}

function checkNumbers(assets: readonly string[], what: string, values: Float64Array): void {
  checkSize(assets, what, values);
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw bad(`the ${what} of ${assets[i]} is ${values[i]}; give a number`, {
      asset: assets[i],
      value: values[i],
    });
  }
}

/** A bound may be absent (infinite on its own side), never infinite on the other. */
function checkBounds(
  assets: readonly string[],
  what: string,
  values: Float64Array,
  impossible: number,
): void {
  checkSize(assets, what, values);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]) && values[i] !== impossible) continue;
    throw bad(`the ${what} of ${assets[i]} is ${values[i]}; give a fraction`, {
      asset: assets[i],
      value: values[i],
    });
  }
}

function checkSize(assets: readonly string[], what: string, values: Float64Array): void {
  if (values.length === assets.length) return;
  throw bad(
    `there are ${values.length} numbers for the ${what} where ${assets.length} are needed`,
    {
      length: values.length,
      needed: assets.length,
    },
  );
}

function bad(what: string, values: Record<string, unknown>): EngineError {
  return new EngineError('bad-input', `Cannot choose a portfolio: ${what}.`, values);
}
