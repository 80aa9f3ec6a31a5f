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
  const {
    n,
    x,
    states,
    side,
    gradient,
    linear,
    price,
    kinkAt,
    kinkSlope,
    lower,
    upper,
    expectedReturns,
  } = w;
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
  const tolerance = 1 / riskAversion;
  const perLength = 1 / length;
  const perSlope = 1 / slope;
  let worst = Math.abs(sum - 1) * perLength;
  for (let i = 0; i < n; i++) {
    const k = kinkSlope[i];
    const state = states[i];
    const rest = gradient[i] - price;
    let own = 0;
    if (k > 0) {
      if (state === standing.free) own = side[i] * k;
      else if (state === standing.kink) own = Math.min(Math.max(-rest, -k), k);
      else own = x[i] >= kinkAt[i] ? k : -k;
    }
    const held = state === standing.lower || state === standing.upper;
    const bound = held ? rest + own : 0;
    // The slope of a kink outside the bounds was taken into the linear term.
    const paid = own + expectedReturns[i] * tolerance - linear[i];
    const cost = client.tradingCosts[i] * tolerance;
    const low = (x[i] - lower[i]) * perLength;
    const high = (upper[i] - x[i]) * perLength;
    const away = (x[i] - kinkAt[i]) * perLength;
    const pull = bound * perSlope;
    // Math.max hands a NaN on, so that it never looks like a small violation.
    worst = Math.max(
      worst,
      Math.abs(rest + own - bound) * perSlope,
      -low,
      -high,
      Math.min(pull, low),
      Math.min(-pull, high),
      (Math.abs(paid) - cost) * perSlope,
      Math.min((cost - paid) * perSlope, away),
      Math.min((cost + paid) * perSlope, -away),
    );
    into.weights[i] = x[i];
    into.boundMultipliers[i] = riskAversion * bound;
    into.costMultipliers[i] = riskAversion * paid;
  }
  into.budgetMultiplier = riskAversion * price;
  into.residual = worst;
  return worst;
}
