import { EngineError } from '../errors.ts';
import type { Series } from './mean.ts';

/** Why a portfolio beat its benchmark, by segment. Each is a return; together they sum to the gap. */
export interface Attribution {
  readonly allocation: Float64Array;
  readonly selection: Float64Array;
  readonly interaction: Float64Array;
}

/**
 * Splits the gap between portfolio and benchmark return into allocation, selection and interaction.
 *
 * @param portfolioWeights n fractions summing to 1
 * @param benchmarkWeights n fractions summing to 1
 * @param portfolioReturns n fractions
 * @param benchmarkReturns n fractions
 * @throws {EngineError} 'bad-input' when the sizes differ
 * @source Brinson and Fachler (1985)
 */
export function brinsonFachler(
  portfolioWeights: Series,
  benchmarkWeights: Series,
  portfolioReturns: Series,
  benchmarkReturns: Series,
): Attribution {
  const n = portfolioWeights.length;
  for (const series of [benchmarkWeights, portfolioReturns, benchmarkReturns]) {
    if (series.length !== n) {
      throw new EngineError('bad-input', `Give ${n} numbers for every series.`, {
        expected: n,
        got: series.length,
      });
    }
  }
  let benchmark = 0;
  for (let i = 0; i < n; i++) benchmark += benchmarkWeights[i] * benchmarkReturns[i];
  const allocation = new Float64Array(n);
  const selection = new Float64Array(n);
  const interaction = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const overweight = portfolioWeights[i] - benchmarkWeights[i];
    const better = portfolioReturns[i] - benchmarkReturns[i];
    allocation[i] = overweight * (benchmarkReturns[i] - benchmark);
    selection[i] = benchmarkWeights[i] * better;
    interaction[i] = overweight * better;
  }
  return { allocation, selection, interaction };
}
