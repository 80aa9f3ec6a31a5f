import type { Scenarios } from '../problem.ts';
import { ofEachMeasure } from './each-measure.ts';
import { levelsOf, sharesOfLosses } from './levels.ts';
import type { ScenarioMeasure } from './measure.ts';
import { cvar } from './measures.ts';
import { probabilitiesOf } from './scenarios.ts';
import { shapeValue } from './shape-value.ts';

/** A convex measure of weights: its value and a subgradient, per period of the scenarios. */
export interface Risk {
  readonly value: (weights: Float64Array) => number;
  /** n slopes: value(v) >= value(w) + gradient(w)'(v - w) for every v. */
  readonly gradient: (weights: Float64Array, into?: Float64Array) => Float64Array;
}

/**
 * A measure on scenarios as a function of weights. By homogeneity value(w) = gradient(w)'w, so the
 * parts gradient_i x w_i are what each asset contributes.
 *
 * @param scenarios count x n simple returns per period
 * @param confidence level of tail measures, e.g. .95; the others ignore it
 * @throws {EngineError} 'bad-input' or 'short-history' when the scenarios cannot be measured
 */
export function riskOf(measure: ScenarioMeasure, scenarios: Scenarios, confidence = 0.95): Risk {
  const probabilities = probabilitiesOf(scenarios);
  const { returns, count } = scenarios;
  const n = returns.length / count;
  const { path, shape } = measure;
  const factor = measure.factor?.(probabilities) ?? 1;
  const portfolio = new Float64Array(count);
  const levels = new Float64Array(count);
  const shares = new Float64Array(count);
  const evaluate = (weights: Float64Array): number => {
    for (let t = 0, at = 0; t < count; t++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += returns[at++] * weights[i];
      portfolio[t] = sum;
    }
    levelsOf(path, portfolio, probabilities, levels);
    return factor * shapeValue(shape, levels, probabilities, 1 - confidence, shares);
  };
  return {
    value: evaluate,
    gradient: (weights, into = new Float64Array(n)) => {
      evaluate(weights);
      sharesOfLosses(path, levels, probabilities, shares);
      into.fill(0);
      for (let t = 0; t < count; t++) {
        const share = factor * shares[t];
        if (share === 0) continue;
        for (let i = 0, at = t * n; i < n; i++) into[i] -= share * returns[at++];
      }
      return into;
    },
  };
}

/** Every measure on scenarios as value and subgradient, by name. */
export const scenarioMeasures = ofEachMeasure(
  '',
  (measure) =>
    (scenarios: Scenarios, confidence?: number): Risk =>
      riskOf(measure, scenarios, confidence),
);

/**
 * A cut of the limit on conditional value at risk: every portfolio w' has at least
 * value + gradient'(w' - w).
 *
 * @returns value at `weights`, a loss per period, and its subgradient
 */
export function cvarCut(
  scenarios: Scenarios,
  confidence: number,
  weights: Float64Array,
): { readonly value: number; readonly gradient: Float64Array } {
  const risk = riskOf(cvar, scenarios, confidence);
  return { value: risk.value(weights), gradient: risk.gradient(weights) };
}
