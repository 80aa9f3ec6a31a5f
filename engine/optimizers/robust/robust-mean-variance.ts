import { EngineError } from '../../errors.ts';
import { dot } from '../../linalg/multiply.ts';
import { denseForm, product, type QuadraticForm } from '../../linalg/quadratic-form.ts';
import { checkSemidefinite } from '../../linalg/semidefinite.ts';
import type { QuadraticProgram, Solution } from '../../solvers/quadratic-program.ts';
import { solveQuadraticProgram } from '../../solvers/solve.ts';
import { allocation, bindings } from '../allocation.ts';
import { covarianceForm } from '../covariance-form.ts';
import { requiredRiskAversion } from '../mean-variance-utility.ts';
import { portfolioProgram } from '../portfolio-program.ts';
import type { Allocation, Problem } from '../problem.ts';
import { boxedProgram } from './boxed-program.ts';
import { summedForm } from './summed-form.ts';

/**
 * The portfolio of highest utility in the worst case: the lowest return that means within
 * `meanUncertainty` give, less riskAversion/2 x the highest variance that covariances within
 * `covarianceRadius` give, less trading costs.
 *
 * An ellipsoid costs radius x sqrt(w'Sw), which is the least over tau of radius/2 (w'Sw/tau + tau): a
 * quadratic program for each tau, and one equation, tau = sqrt(w'Sw). A box costs halfWidth'|w|. A
 * Frobenius ball of covariances costs its radius x w'w.
 *
 * @returns shadow prices are worst-case utility gained by one unit of relaxation
 * @throws {EngineError} 'missing-parameter' without a risk aversion or an uncertainty; 'bad-input'
 *   for a negative radius or half width; 'not-psd' for an ellipsoid whose shape is none
 * @throws {Infeasible} when no portfolio meets the limits
 * @source Goldfarb and Iyengar (2003); Ceria and Stubbs (2006); Tutuncu and Koenig (2004) for boxes
 */
export function robustMeanVariance(problem: Problem): Allocation {
  const riskAversion = requiredRiskAversion(problem);
  const { meanUncertainty, covarianceRadius = 0, assets } = problem;
  checkUncertainty(problem);
  const n = assets.length;
  const risk = { form: covarianceForm(problem), share: riskAversion };
  const ball = { form: identity(n), share: riskAversion * covarianceRadius };
  const program = portfolioProgram(problem);
  const linear = problem.expectedReturns.map((r) => -r);
  if (meanUncertainty?.kind === 'box') {
    const boxed = boxedProgram(program, linear, meanUncertainty.halfWidth);
    const size = boxed.program.names.length;
    const quadratic = summedForm([risk, ball], size);
    const solution = solveQuadraticProgram({ ...boxed.program, quadratic });
    return answer(problem, boxed.solution(solution), solution.iterations, 'active set');
  }
  if (meanUncertainty === undefined || meanUncertainty.radius === 0) {
    const solution = solveQuadraticProgram({
      ...program,
      quadratic: summedForm([risk, ball], n),
      linear,
    });
    return answer(problem, solution, solution.iterations, 'active set');
  }
  const { radius } = meanUncertainty;
  const shape = denseForm(meanUncertainty.shape, n);
  const at = (tau: number, warm?: Solution) =>
    solveQuadraticProgram(
      {
        ...program,
        quadratic: summedForm([risk, ball, { form: shape, share: radius / tau }], n),
        linear,
      },
      warm === undefined ? {} : { warm: warm.workingSet },
    );
  const found = selfConsistent(problem, shape, at, {
    ...program,
    quadratic: summedForm([risk, ball], n),
    linear,
  });
  return answer(problem, found.solution, found.iterations, 'secant on the error norm, active set');
}

const mostSteps = 100;

/** The program whose tau is the error norm sqrt(w'Sw) of its own solution. */
function selfConsistent(
  problem: Problem,
  shape: QuadraticForm,
  at: (tau: number, warm?: Solution) => Solution,
  certain: QuadraticProgram,
): { readonly solution: Solution; readonly iterations: number } {
  const normOf = (x: Float64Array) => Math.sqrt(Math.max(0, dot(product(shape, x), x)));
  const start = solveQuadraticProgram(certain);
  let iterations = start.iterations;
  const tryAt = (tau: number, warm: Solution) => {
    const solution = at(tau, warm);
    iterations += solution.iterations;
    const norm = normOf(solution.x);
    return { tau, solution, norm, gap: norm - tau };
  };
  const scale = Math.sqrt(Math.max(...shape.diagonal));
  const vanishing = 1e-9 * scale;
  const from = normOf(start.x);
  if (from <= vanishing) return { solution: start, iterations };
  // More weight on the error never raises it: the norm without it lies above, and each step nearer.
  let high = tryAt(from, start);
  let low = tryAt(Math.max(high.norm / 2, vanishing), high.solution);
  while (low.gap < 0 && low.tau > vanishing) {
    high = low;
    low = tryAt(Math.max(Math.min(low.norm, low.tau / 4), vanishing), low.solution);
  }
  // The best mix has no error at all, as cash has none.
  if (low.gap < 0) return { solution: low.solution, iterations };
  for (let step = 0; step < mostSteps; step++) {
    const best = Math.abs(low.gap) < Math.abs(high.gap) ? low : high;
    const miss = Math.abs(best.gap) / best.tau;
    if (miss <= 1e-11 || high.tau - low.tau <= 1e-15 * high.tau) {
      if (!(miss < 1e-8)) break;
      const residual = Math.max(best.solution.residual, miss);
      return { solution: { ...best.solution, residual }, iterations };
    }
    const share = step % 3 === 2 ? 0.5 : low.gap / (low.gap - high.gap);
    const next = tryAt(
      low.tau + Math.min(Math.max(share, 1e-3), 0.999) * (high.tau - low.tau),
      best.solution,
    );
    if (next.gap > 0) low = next;
    else high = next;
  }
  throw new EngineError(
    'not-converged',
    'The error of the expected returns was not settled; check the scale of the uncertainty.',
    { low: low.gap, high: high.gap, assets: problem.assets.length },
  );
}

function answer(
  problem: Problem,
  solution: Pick<Solution, 'x' | 'residual' | 'boundMultipliers' | 'rowMultipliers'>,
  iterations: number,
  solvedBy: string,
): Allocation {
  return allocation(problem, {
    method: 'robust-mean-variance',
    weights: solution.x,
    binding: bindings(problem, solution, 'utility', 1),
    residual: solution.residual,
    iterations,
    solvedBy,
  });
}

function identity(n: number): QuadraticForm {
  return {
    size: n,
    diagonal: new Float64Array(n).fill(1),
    entries(index, members, count, into) {
      for (let k = 0; k < count; k++) into[k] = members[k] === index ? 1 : 0;
    },
    addProduct(members, values, count, amount, into) {
      for (let k = 0; k < count; k++) into[members[k]] += amount * values[k];
    },
  };
}

function checkUncertainty({ meanUncertainty, covarianceRadius, assets }: Problem): void {
  const n = assets.length;
  const bad = (what: string, values: Record<string, unknown>) =>
    new EngineError('bad-input', `Cannot guard against errors: ${what}.`, values);
  if (meanUncertainty === undefined && covarianceRadius === undefined) {
    throw new EngineError(
      'missing-parameter',
      'A robust portfolio needs to know how wrong the estimates may be; set meanUncertainty or covarianceRadius.',
      { parameter: 'meanUncertainty' },
    );
  }
  if (covarianceRadius !== undefined && !(covarianceRadius >= 0 && covarianceRadius < Infinity))
    throw bad('the radius of the covariance must not be negative', { covarianceRadius });
  if (meanUncertainty?.kind === 'ellipsoid') {
    const { radius, shape } = meanUncertainty;
    if (!(radius >= 0 && radius < Infinity))
      throw bad('the radius of the means must not be negative', { radius });
    checkSemidefinite(shape, n, assets);
  }
  if (meanUncertainty?.kind === 'box') {
    const { halfWidth } = meanUncertainty;
    const wrong = halfWidth.findIndex((h) => !(h >= 0 && h < Infinity));
    if (halfWidth.length !== n || wrong >= 0)
      throw bad('give one half width an asset, none negative', {
        assets: n,
        given: halfWidth.length,
        asset: assets[wrong],
      });
  }
}
