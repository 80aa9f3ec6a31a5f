import { EngineError } from '../errors.ts';
import { normalCdf } from '../normal.ts';
import { randomSource } from '../random.ts';
import { contributionsIn, type SavingsPlan } from './future-value.ts';
import { type GrowthModel, terminalWealth } from './terminal-wealth.ts';

/** How likely a goal is under a model, and how sure that figure is of itself. */
export interface GoalProbability {
  /** 0 to 1. */
  readonly probability: number;
  /** Of the calculation alone, not of the model's inputs; 0 when it is exact. */
  readonly standardError: number;
  readonly method: 'closed-form' | 'moments' | 'simulation';
}

/**
 * Probability of reaching an amount at the plan's end. Exact without contributions (lognormal);
 * with them a lognormal with the exact mean and variance stands in, within about a point of the
 * truth at usual volatilities: {@link simulatedGoalProbability} checks it.
 *
 * @param amount money wanted, positive
 * @throws {EngineError} 'bad-input' when a number makes no sense
 * @source closed form of geometric Brownian motion; Levy (1992) for the matched moments
 */
export function goalProbability(
  plan: SavingsPlan,
  amount: number,
  model: GrowthModel,
): GoalProbability {
  assertAmount(amount);
  const { mean, standardDeviation } = terminalWealth(plan, model);
  const paid = plan.contribution > 0 && contributionsIn(plan) > 0;
  const method = paid ? 'moments' : 'closed-form';
  if (!(standardDeviation > 1e-12 * mean)) {
    return { probability: mean >= amount ? 1 : 0, standardError: 0, method };
  }
  const variance = Math.log1p((standardDeviation / mean) ** 2);
  const z = (Math.log(mean / amount) - variance / 2) / Math.sqrt(variance);
  return { probability: normalCdf(z), standardError: 0, method };
}

/**
 * The same probability by simulation, in mirrored pairs of paths.
 *
 * @param settings seed, and the number of pairs
 * @throws {EngineError} 'bad-input' when a number makes no sense
 */
export function simulatedGoalProbability(
  plan: SavingsPlan,
  amount: number,
  model: GrowthModel,
  settings: { readonly seed: number; readonly pairs: number },
): GoalProbability {
  assertAmount(amount);
  if (!(settings.pairs >= 2)) {
    throw new EngineError('bad-input', 'A simulation needs at least two pairs of paths.', settings);
  }
  const count = contributionsIn(plan);
  const random = randomSource(settings.seed);
  const step = 1 / plan.periodsPerYear;
  const rest = Math.max(0, plan.years - count * step);
  const trend = model.drift - model.volatility ** 2 / 2;
  const noise = model.volatility * Math.sqrt(step);
  let sum = 0;
  let squares = 0;
  for (let pair = 0; pair < settings.pairs; pair++) {
    let up = plan.presentValue;
    let down = plan.presentValue;
    for (let k = 0; k < count; k++) {
      const shock = noise * random.normal();
      up = up * Math.exp(trend * step + shock) + plan.contribution;
      down = down * Math.exp(trend * step - shock) + plan.contribution;
    }
    if (rest > 0) {
      const shock = model.volatility * Math.sqrt(rest) * random.normal();
      up *= Math.exp(trend * rest + shock);
      down *= Math.exp(trend * rest - shock);
    }
    const reached = ((up >= amount ? 1 : 0) + (down >= amount ? 1 : 0)) / 2;
    sum += reached;
    squares += reached * reached;
  }
  const probability = sum / settings.pairs;
  const variance = (squares - settings.pairs * probability ** 2) / (settings.pairs - 1);
  return {
    probability,
    standardError: Math.sqrt(Math.max(0, variance) / settings.pairs),
    method: 'simulation',
  };
}

function assertAmount(amount: number): void {
  if (!(amount > 0 && amount < Infinity)) {
    throw new EngineError('bad-input', `A goal of ${amount} must be a positive amount.`, {
      amount,
    });
  }
}
