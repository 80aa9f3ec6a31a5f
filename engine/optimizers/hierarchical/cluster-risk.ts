import { EngineError } from '../../errors.ts';
import { volatilities } from '../budgeting/volatilities.ts';
import type { Problem } from '../problem.ts';
import { levelsOf } from '../scenario/levels.ts';
import type { ScenarioMeasure } from '../scenario/measure.ts';
import { confidenceOf, probabilitiesOf, scenariosOf } from '../scenario/scenarios.ts';
import { shapeValue } from '../scenario/shape-value.ts';
import type { ClusterMeasure, SeriesRisk } from './settings.ts';

/** Risk of parts of a universe, as the splits of a tree weigh them. */
export interface ClusterRisk {
  /** n risks of single assets, not negative; 0 where there is none. */
  readonly single: Float64Array;
  /** n risks of single assets in units of return. */
  readonly scale: Float64Array;
  /** Risk of some assets held in inverse proportion to their own risks. */
  readonly of: (members: Int32Array) => number;
}

/**
 * A measure of clusters for a problem.
 *
 * @throws {EngineError} 'missing-parameter' when it needs scenarios that are not there; 'bad-input'
 *   when an asset's risk is negative, as a tail mean is for what gains even in bad times
 */
export function clusterRisk(problem: Problem, measure: ClusterMeasure): ClusterRisk {
  if (measure === 'variance' || measure === 'standard-deviation')
    return covarianceRisk(problem, measure === 'variance');
  return scenarioRisk(
    problem,
    typeof measure === 'function' ? measure : seriesRisk(problem, measure),
  );
}

/** Inverse risks of members, summing to 1. */
export function inverseRisk(single: Float64Array, members: Int32Array): Float64Array {
  const weights = Float64Array.from(members, (i) => 1 / single[i]);
  let total = 0;
  for (const w of weights) total += w;
  for (let k = 0; k < weights.length; k++) weights[k] /= total;
  return weights;
}

function covarianceRisk(problem: Problem, squared: boolean): ClusterRisk {
  const { covariance } = problem;
  const n = problem.assets.length;
  const scale = volatilities(problem);
  const single = squared ? scale.map((v) => v * v) : scale;
  return {
    single,
    scale,
    of: (members) => {
      const weights = inverseRisk(single, members);
      let variance = 0;
      for (let a = 0; a < members.length; a++) {
        const row = members[a] * n;
        let sum = weights[a] * covariance[row + members[a]];
        // Symmetric: each pair is read once.
        let pairs = 0;
        for (let b = 0; b < a; b++) pairs += weights[b] * covariance[row + members[b]];
        sum += 2 * pairs;
        variance += weights[a] * sum;
      }
      return squared ? variance : Math.sqrt(Math.max(0, variance));
    },
  };
}

function scenarioRisk(problem: Problem, risk: SeriesRisk): ClusterRisk {
  const { returns, count } = scenariosOf(problem);
  const n = problem.assets.length;
  const series = new Float64Array(count);
  const single = Float64Array.from(problem.assets, (asset, i) => {
    for (let t = 0; t < count; t++) series[t] = returns[t * n + i];
    const value = risk(series);
    if (!(value >= 0 && value < Infinity)) {
      throw new EngineError(
        'bad-input',
        `The risk of ${asset} on the scenarios is ${value}; weights in inverse proportion to risk need positive ones: use another measure or leave ${asset} out.`,
        { asset, value },
      );
    }
    return value;
  });
  return {
    single,
    scale: single,
    of: (members) => {
      const weights = inverseRisk(single, members);
      for (let t = 0; t < count; t++) {
        let sum = 0;
        for (let k = 0; k < members.length; k++) sum += weights[k] * returns[t * n + members[k]];
        series[t] = sum;
      }
      return risk(series);
    },
  };
}

/** A scenario measure as a function of a portfolio's returns. */
function seriesRisk(problem: Problem, measure: ScenarioMeasure): SeriesRisk {
  const probabilities = probabilitiesOf(scenariosOf(problem));
  const confidence = confidenceOf(problem);
  const factor = measure.factor?.(probabilities) ?? 1;
  const levels = new Float64Array(probabilities.length);
  const shares = new Float64Array(probabilities.length);
  return (returns) => {
    levelsOf(measure.path, returns, probabilities, levels);
    return factor * shapeValue(measure.shape, levels, probabilities, 1 - confidence, shares);
  };
}
