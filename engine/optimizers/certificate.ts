import { dot } from '../linalg/multiply.ts';
import { product } from '../linalg/quadratic-form.ts';
import { percent } from '../percent.ts';
import { covarianceForm } from './covariance-form.ts';
import type { Allocation, Binding, Optimizer, Problem } from './problem.ts';
import { type Sensitivity, type SensitivityOptions, sensitivityOf } from './sensitivity.ts';

/** What one point (0.01) of room in a limit is worth, in a unit that a person knows. */
export interface PlainPrice {
  /** Never negative: how much better the answer gets, to first order. */
  readonly amount: number;
  readonly unit:
    | 'basis points of return a year'
    | 'basis points of utility a year'
    | 'basis points of volatility a year'
    | 'of Sharpe ratio'
    | 'of the ratio'
    | 'basis points of risk';
}

/** A limit that holds the answer back, and what it costs. */
export interface PricedLimit {
  readonly binding: Binding;
  readonly perPoint: PlainPrice;
  /** "raising the maximum of BTC-USD by 1 point would add 4 bp of return a year" */
  readonly meaning: string;
}

/** Why an answer can be trusted and what it depends on. */
export interface Certificate {
  readonly method: string;
  readonly kind: NonNullable<Allocation['certificate']>;
  /** Largest relative violation of the optimality conditions, or the gap; what `kind` says. */
  readonly residual: number;
  /** Dearest first, in the method's own unit. */
  readonly limits: readonly PricedLimit[];
  /** n shares of variance that sum to 1; zeros when there is no risk. */
  readonly riskContributions: Float64Array;
  /** Null for a method that expected returns do not enter, or when it was not asked for. */
  readonly sensitivity: Sensitivity | null;
  readonly repairs: readonly string[];
  readonly iterations: number;
  readonly solvedBy: string;
}

/**
 * The certificate of an answer: its proof, what each binding limit costs in plain units, where its
 * risk comes from, and how far an expected return must move to change its largest weight.
 *
 * @param optimizer the method that gave the answer, with its limits; without it the sensitivity is
 *   left out, which takes some 40 solutions for each asset
 */
export function certificateOf(
  problem: Problem,
  answer: Allocation,
  optimizer?: Optimizer,
  options?: SensitivityOptions,
): Certificate {
  const { method, certificate = 'optimality', residual, binding, iterations, solvedBy } = answer;
  return {
    method,
    kind: certificate,
    residual,
    limits: binding.map((one) => priced(one, answer)),
    riskContributions: riskShares(problem, answer.weights),
    sensitivity: optimizer === undefined ? null : sensitivityOf(problem, optimizer, options),
    repairs: answer.repairs ?? [],
    iterations,
    solvedBy,
  };
}

/** Shares of variance, w_i (C w)_i / w'C w. @source Maillard, Roncalli and Teiletche (2010) */
function riskShares(problem: Problem, weights: Float64Array): Float64Array {
  const slopes = product(covarianceForm(problem), weights);
  const variance = dot(slopes, weights);
  return weights.map((weight, i) => (variance > 0 ? (weight * slopes[i]) / variance : 0));
}

const point = 0.01;

function priced(binding: Binding, answer: Allocation): PricedLimit {
  const perPoint = plainPrice(binding, answer);
  const { amount, unit } = perPoint;
  const said = unit.replace('basis points', 'bp');
  const effect = unit.includes('volatility') || unit.includes('of risk') ? 'take off' : 'add';
  const meaning = `${moved(binding)} by 1 point would ${effect} ${Number(amount.toPrecision(2))} ${said}`;
  return { binding, perPoint, meaning };
}

function plainPrice({ shadowPrice, shadowUnit }: Binding, { volatility }: Allocation): PlainPrice {
  const gain = point * shadowPrice;
  switch (shadowUnit) {
    case 'return':
      return { amount: 1e4 * gain, unit: 'basis points of return a year' };
    case 'utility':
      return { amount: 1e4 * gain, unit: 'basis points of utility a year' };
    case 'variance':
      // Variance is the square of what people know: d volatility = d variance / (2 volatility).
      return {
        amount: volatility > 0 ? (1e4 * gain) / (2 * volatility) : 0,
        unit: 'basis points of volatility a year',
      };
    case 'sharpe':
      return { amount: gain, unit: 'of Sharpe ratio' };
    case 'ratio':
      return { amount: gain, unit: 'of the ratio' };
    case 'risk':
      return { amount: 1e4 * gain, unit: 'basis points of risk' };
  }
}

/** What a person would do to give a limit room. */
function moved({ limit, kind, bound, asset }: Binding): string {
  switch (kind) {
    case 'upper':
      return `raising the ${limit}`;
    case 'lower':
      return bound === 0 ? `selling ${asset} short` : `lowering the ${limit}`;
    case 'at-most':
      return `raising the limit of ${limit} at most ${percent(bound)}`;
    case 'at-least':
      return `lowering the limit of ${limit} at least ${percent(bound)}`;
    case 'target-return':
      return 'lowering the target return';
    case 'target-volatility':
      return 'raising the target volatility';
  }
}
