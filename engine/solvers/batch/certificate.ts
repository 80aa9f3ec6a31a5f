import { standing } from '../quadratic-program.ts';
import type { Client, ClientAnswer } from './client.ts';
import type { Workspace } from './workspace.ts';

/**
 * Reads the answer with its multipliers off the workspace, in the client's own units, and measures
 * the largest relative violation of its optimality conditions: what `kktResidual` of the client's
 * program gives, without allocating.
 *
 * @returns the residual, also in the answer; NaN when a number is not finite
 * @source Nocedal and Wright (2006), theorem 12.1 and section 16.1
 */
export function certify(w: Workspace, client: Client, into: ClientAnswer): number {
  const { n, x, states, side, gradient, linear, price, kinkSlope } = w;
  const { riskAversion } = client;
  let length = 1;
  let sum = 0;
  let slope = 0;
  for (let i = 0; i < n; i++) {
    length = Math.max(length, Math.abs(x[i]));
    sum += x[i];
    slope = Math.max(slope, w.covariance[i * n + i]);
  }
  slope = Math.max(w.slope, slope * length) || 1;
  let worst = Math.abs(sum - 1) / length;
  for (let i = 0; i < n; i++) {
    const cost = client.tradingCosts[i] / riskAversion;
    const mean = w.expectedReturns[i] / riskAversion;
    const state = states[i];
    const k = kinkSlope[i];
    const rest = gradient[i] - price;
    const own =
      k === 0
        ? 0
        : state === standing.kink
          ? Math.min(Math.max(-rest, -k), k)
          : state === standing.free
            ? side[i] * k
            : x[i] >= w.kinkAt[i]
              ? k
              : -k;
    const held = state === standing.lower || state === standing.upper;
    const bound = held ? rest + own : 0;
    // The slope of a kink outside the bounds was taken into the linear term.
    const paid = own + mean - linear[i];
    const low = (x[i] - w.lower[i]) / length;
    const high = (w.upper[i] - x[i]) / length;
    const away = (x[i] - w.kinkAt[i]) / length;
    // Math.max hands a NaN on, so that it never looks like a small violation.
    worst = Math.max(
      worst,
      Math.abs(rest + own - bound) / slope,
      -low,
      -high,
      Math.min(bound / slope, low),
      Math.min(-bound / slope, high),
      (Math.abs(paid) - cost) / slope,
      Math.min((cost - paid) / slope, away),
      Math.min((cost + paid) / slope, -away),
    );
    into.weights[i] = x[i];
    into.boundMultipliers[i] = riskAversion * bound;
    into.costMultipliers[i] = riskAversion * paid;
  }
  into.budgetMultiplier = riskAversion * price;
  into.residual = worst;
  return worst;
}
