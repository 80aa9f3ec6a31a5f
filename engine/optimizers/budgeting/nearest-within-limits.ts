import { solveQuadraticProgram } from '../../solvers/solve.ts';
import { portfolioProgram } from '../portfolio-program.ts';
import type { Problem } from '../problem.ts';

/** Weights that a rule gave, and what was done to bring them within the limits. */
export interface Mended {
  readonly weights: Float64Array;
  /** In plain sentences; empty when the rule's own weights meet the limits. */
  readonly repairs: readonly string[];
  readonly iterations: number;
}

/** By how much weights may miss a limit through rounding alone. */
const rounding = 1e-12;

/**
 * Brings weights within all bounds and linear limits: unchanged when they meet them, else the nearest
 * portfolio (least sum of squared differences) that does.
 *
 * @param weights n fractions that sum to 1
 * @param rule what gave the weights, for the sentence, e.g. "hierarchical risk parity"
 * @throws {Infeasible} when no portfolio meets the limits
 */
export function nearestWithinLimits(problem: Problem, weights: Float64Array, rule: string): Mended {
  const broken = limitsBroken(problem, weights);
  if (broken.length === 0) return { weights, repairs: [], iterations: 0 };
  const n = weights.length;
  const { names, lower, upper, rows } = portfolioProgram(problem);
  const quadratic = new Float64Array(n * n);
  for (let i = 0; i < n; i++) quadratic[i * n + i] = 1;
  const linear = weights.map((w) => -w);
  const { x, iterations } = solveQuadraticProgram({ names, lower, upper, rows, quadratic, linear });
  const repair = `The weights of ${rule} break ${list(broken)}; the nearest portfolio within the limits is given.`;
  return { weights: x, repairs: [repair], iterations };
}

/** The limits that weights break, by name. */
function limitsBroken({ assets, limits }: Problem, weights: Float64Array): string[] {
  const broken: string[] = [];
  assets.forEach((asset, i) => {
    if (weights[i] < limits.lower[i] - rounding) broken.push(`the minimum of ${asset}`);
    if (weights[i] > limits.upper[i] + rounding) broken.push(`the maximum of ${asset}`);
  });
  for (const { name, coefficients, lower, upper } of limits.linear) {
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += coefficients[i] * weights[i];
    if (sum < lower - rounding || sum > upper + rounding) broken.push(`the limit on ${name}`);
  }
  return broken;
}

/** "a", "a and b", "a, b and 7 more". */
function list(names: readonly string[]): string {
  if (names.length === 1) return names[0];
  if (names.length === 2) return `${names[0]} and ${names[1]}`;
  return `${names[0]}, ${names[1]} and ${names.length - 2} more`;
}
