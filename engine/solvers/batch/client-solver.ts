import { EngineError, Infeasible } from '../../errors.ts';
import { optimality, solveQuadraticProgram } from '../solve.ts';
import { certify } from './certificate.ts';
import {
  type Client,
  type ClientAnswer,
  type ClientOutcome,
  clientOutcome,
  clientProgram,
  type SharedMoments,
} from './client.ts';
import { checkMoments } from './moments-check.ts';
import { nearest, references } from './references.ts';
import { startFrom } from './start.ts';
import { Walk } from './walk.ts';
import { Workspace } from './workspace.ts';

/** Solves one client after the other against moments that were prepared once. */
export interface ClientSolver {
  /**
   * Maximises mu'w - riskAversion/2 w'Cw - sum of costs |w - current| within the client's bounds and a
   * sum of 1, and fills the answer with weights, multipliers and the residual. Each answer depends on
   * its own client alone, whatever was solved before. Of several best portfolios one is returned.
   *
   * @returns how it ended, also in the answer; `clientProgram` with `solveQuadraticProgram` says why
   *   when there are no weights
   */
  solve(client: Client, into: ClientAnswer): ClientOutcome;
}

/**
 * Prepares moments for many clients: what they share is computed once, and solving allocates nothing.
 *
 * A client that the batch's own active set does not bring below a residual of 1e-8 goes to the general
 * solver and is told apart by its outcome.
 *
 * @throws {EngineError} 'bad-input' when sizes disagree or a number is not finite; 'not-psd'
 * @source Nocedal and Wright (2006), algorithm 16.3
 */
export function clientSolver(moments: SharedMoments): ClientSolver {
  const w = new Workspace(moments, checkMoments(moments));
  const walk = new Walk(w);
  const starts = references(moments, w, walk);
  return {
    solve(client, into) {
      const taken = w.load(client);
      if (taken !== clientOutcome.unsolved) return unanswered(into, taken);
      into.iterations = 0;
      // Without risk aversion there is no curvature to walk by.
      if (client.riskAversion > 0) {
        startFrom(w, nearest(starts, client.riskAversion));
        const ended = walk.run();
        into.iterations = walk.iterations;
        if (ended && certify(w, client, into) < optimality) {
          into.outcome = clientOutcome.solved;
          return clientOutcome.solved;
        }
      }
      return solveByGeneral(moments, client, into);
    },
  };
}

function solveByGeneral(moments: SharedMoments, client: Client, into: ClientAnswer): ClientOutcome {
  try {
    const solution = solveQuadraticProgram(clientProgram(moments, client));
    into.weights.set(solution.x);
    into.boundMultipliers.set(solution.boundMultipliers);
    into.costMultipliers.set(solution.costMultipliers);
    into.budgetMultiplier = solution.rowMultipliers[0];
    into.residual = solution.residual;
    into.iterations += solution.iterations;
    into.outcome = clientOutcome.solvedByGeneral;
    return into.outcome;
  } catch (error) {
    if (error instanceof Infeasible) return unanswered(into, clientOutcome.infeasible);
    if (error instanceof EngineError) return unanswered(into, clientOutcome.unsolved);
    throw error;
  }
}

function unanswered(into: ClientAnswer, how: ClientOutcome): ClientOutcome {
  into.outcome = how;
  into.weights.fill(Number.NaN);
  into.boundMultipliers.fill(Number.NaN);
  into.costMultipliers.fill(Number.NaN);
  into.budgetMultiplier = Number.NaN;
  into.residual = Number.NaN;
  into.iterations = 0;
  return how;
}
