import type { Scenarios } from '../problem.ts';
import { levelsOf } from './levels.ts';
import type { ScenarioMeasure } from './measure.ts';
import { probabilitiesOf } from './scenarios.ts';
import { shapeValue } from './shape-value.ts';

/** Scenarios laid out for solving: one asset's returns after another, scaled to a mean size of 1. */
export interface RiskData {
  readonly measure: ScenarioMeasure;
  readonly count: number;
  readonly assets: number;
  readonly probabilities: Float64Array;
  /** 1 - confidence. */
  readonly tail: number;
  /** n x T; less their means when the measure looks at deviations. */
  readonly series: Float64Array;
  /** Returns per unit of `series`. */
  readonly scale: number;
  /** The measure per unit of its shape on `series`. */
  readonly unit: number;
}

export function riskData(
  measure: ScenarioMeasure,
  scenarios: Scenarios,
  confidence: number,
): RiskData {
  const probabilities = probabilitiesOf(scenarios);
  const { returns, count } = scenarios;
  const n = returns.length / count;
  let size = 0;
  for (let at = 0; at < returns.length; at++) size += Math.abs(returns[at]);
  const scale = size > 0 ? size / returns.length : 1;
  const series = new Float64Array(n * count);
  for (let i = 0; i < n; i++) {
    let mean = 0;
    if (measure.path === 'deviation')
      for (let t = 0; t < count; t++) mean += probabilities[t] * returns[t * n + i];
    for (let t = 0; t < count; t++) series[i * count + t] = (returns[t * n + i] - mean) / scale;
  }
  return {
    measure,
    count,
    assets: n,
    probabilities,
    tail: 1 - confidence,
    series,
    scale,
    unit: scale * (measure.factor?.(probabilities) ?? 1),
  };
}

/** Levels of weights in units of `series`. */
export function levelsIn(data: RiskData, weights: Float64Array): Float64Array {
  const { count, series, measure } = data;
  const returns = new Float64Array(count);
  for (let i = 0; i < data.assets; i++) {
    const weight = weights[i];
    if (weight === 0) continue;
    const from = i * count;
    for (let t = 0; t < count; t++) returns[t] += weight * series[from + t];
  }
  const path = measure.path === 'drawdown' ? 'drawdown' : 'loss';
  levelsOf(path, returns, data.probabilities, returns);
  return returns;
}

/** The measure of weights, per period. */
export function riskIn(data: RiskData, levels: Float64Array): number {
  const { measure, probabilities, tail, unit } = data;
  const shares = new Float64Array(levels.length);
  return unit * shapeValue(measure.shape, levels, probabilities, tail, shares);
}
