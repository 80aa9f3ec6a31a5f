import { EngineError } from '../../errors.ts';
import { clientAnswer, clientOutcome, type SharedMoments } from './client.ts';
import { clientSolver } from './client-solver.ts';

/** Many clients as tables, one row each. */
export interface ClientTable {
  /** count x n lower bounds on weights, row-major. */
  readonly lower: Float64Array;
  /** count x n upper bounds. */
  readonly upper: Float64Array;
  /** count x n present weights. */
  readonly current: Float64Array;
  /** count numbers, not negative. */
  readonly riskAversion: Float64Array;
  /** n one-way costs per unit of value traded, the same for all. */
  readonly tradingCosts: Float64Array;
}

/** The answers as tables, in the clients' order. */
export interface ClientAnswers {
  /** count x n weights, row-major; NaN for a client without an answer. */
  readonly weights: Float64Array;
  /** count codes of `clientOutcome`. */
  readonly outcomes: Uint8Array;
  /** count relative residuals, below 1e-8; NaN for a client without an answer. */
  readonly residuals: Float64Array;
}

/**
 * Solves one policy change for all clients: the same moments, each client with bounds, risk aversion and
 * present weights of their own. A chunk of the clients on each worker thread gives the same bits as
 * all of them on one.
 *
 * @throws {EngineError} 'bad-input' when sizes disagree or a moment is not finite; 'not-psd'
 */
export function solveClients(moments: SharedMoments, clients: ClientTable): ClientAnswers {
  const n = moments.assets.length;
  const count = clients.riskAversion.length;
  for (const name of ['lower', 'upper', 'current'] as const) {
    if (clients[name].length !== count * n) throw mismatch(name, clients[name].length, count * n);
  }
  const { tradingCosts } = clients;
  if (tradingCosts.length !== n) throw mismatch('tradingCosts', tradingCosts.length, n);
  const solver = clientSolver(moments);
  const [lower, upper, current] = [1, 2, 3].map(() => new Float64Array(n));
  const client = { lower, upper, current, tradingCosts, riskAversion: 0 };
  const answer = clientAnswer(n);
  const weights = new Float64Array(count * n);
  const outcomes = new Uint8Array(count).fill(clientOutcome.unsolved);
  const residuals = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    for (let i = 0; i < n; i++) {
      lower[i] = clients.lower[c * n + i];
      upper[i] = clients.upper[c * n + i];
      current[i] = clients.current[c * n + i];
    }
    client.riskAversion = clients.riskAversion[c];
    outcomes[c] = solver.solve(client, answer);
    residuals[c] = answer.residual;
    weights.set(answer.weights, c * n);
  }
  return { weights, outcomes, residuals };
}

function mismatch(name: string, size: number, needed: number): EngineError {
  return new EngineError(
    'bad-input',
    `Cannot solve for clients: ${name} has ${size} numbers where ${needed} are needed.`,
    { name, size, needed },
  );
}
