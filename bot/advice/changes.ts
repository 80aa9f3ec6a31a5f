import {
  causes as allCauses,
  changedCauses,
  counterfactual,
} from '../../engine/drivers/counterfactual.ts';
import type { Cause, Driver } from '../../engine/drivers/driver.ts';
import { explainChange, type Mixing } from '../../engine/drivers/explain-change.ts';
import { EngineError } from '../../engine/errors.ts';
import { optimize } from '../../engine/optimizers/optimize.ts';
import type { Problem } from '../../engine/optimizers/problem.ts';
import { assetOf } from '../catalogue.ts';
import type { Solved } from './advise.ts';
import { canonical } from './canonical.ts';
import { pursue } from './objective.ts';
import { withViews } from './own-views.ts';
import { type Objective, pose } from './plan.ts';
import { classOf } from './situation.ts';
import { alongWay } from './ways.ts';

/** What changed between two pieces of advice, each change told by its causes. */
export function changes(previous: Solved, next: Solved): readonly Driver[] {
  const told = explainChange(
    asEstimated(previous),
    asEstimated(next),
    mixing(previous, next),
    classOf,
  );
  if (!takesTooLong(previous) && !takesTooLong(next)) return told.drivers;
  return told.drivers.map((one) => (one.kind === 'change' ? { ...one, causes: [] } : one));
}

/** Before views: what a person expects is no move of the market. */
function asEstimated({ problem, unmoved, allocation }: Solved) {
  return { problem: { ...problem, expectedReturns: unmoved }, allocation };
}

/** One mixture under such limits takes up to many seconds, and a change has dozens: it is told without causes. */
function takesTooLong({ inputs }: Solved): boolean {
  const asked = new Set(inputs.wishes.limits.map(({ kind }) => kind));
  const fewHoldings = asked.has('holdings') || asked.has('smallest-holding');
  return fewHoldings && asked.has('conditional-value-at-risk');
}

/**
 * Mixtures of two pieces of advice by what a person and the market changed: a new risk profile moves
 * limits, budget and risk aversion together; a new holding moves the limit that it may be kept to.
 * Each mixture is a goal pursued in full, because another market can put a goal out of reach.
 */
function mixing(previous: Solved, next: Solved): Mixing {
  const own = ownCauses(previous, next);
  // On the same prices only a new holding can move an estimate, by standing among the others.
  const sameMarket =
    previous.inputs.panelHash === next.inputs.panelHash &&
    previous.inputs.cashRate === next.inputs.cashRate;
  const skipped = takesTooLong(previous) || takesTooLong(next);
  return (was, is) => {
    const moved = sameMarket ? [] : changedCauses(was, is).filter((one) => marketCauses.has(one));
    const causes = allCauses.filter((cause) => moved.includes(cause) || own.has(cause));
    return {
      causes,
      solve(done) {
        if (skipped) throw new EngineError('not-converged', 'Not tried: it takes too long.', {});
        const side = (cause: Cause) => (done.has(cause) ? next : previous);
        const { policy } = side('policy').inputs;
        const { goal, totalMinor, today } = side('goal').inputs;
        const held = side('holdings');
        const current = new Map(held.inputs.current);
        const [estimated, known] = sameMarket
          ? [held === next ? is : was, held.problem]
          : [counterfactual(was, is, done), side('expected-returns').problem];
        const market = withViews(estimated, side('views').inputs.wishes.views).moments;
        const { limits, way } = side('wishes').inputs.wishes;
        const { evidence } = side('volatility');
        const solve = (objective: Objective) =>
          optimize(
            objective.method,
            without(
              pose({ ...estimated, ...market }, policy, objective, current, evidence, limits),
              known,
            ),
          );
        const { allocation } =
          way === 'goal'
            ? pursue(goal, policy, totalMinor, today, solve)
            : alongWay(way, policy, solve);
        return allocation.weights;
      },
    };
  };
}

const marketCauses: ReadonlySet<Cause> = new Set(['volatility', 'correlation', 'expected-returns']);

/** The causes that lie with the person, and the arrival of an asset that had too little history. */
function ownCauses(previous: Solved, next: Solved): ReadonlySet<Cause> {
  const [was, is] = [previous.inputs, next.inputs];
  const differ = (a: unknown, b: unknown) => canonical(a) !== canonical(b);
  const found = new Set<Cause>();
  if (differ(was.policy, is.policy)) found.add('policy');
  // A goal by a date asks for another return as money and time pass.
  const asked = ({ goal, totalMinor, today }: typeof was) =>
    goal.kind === 'by-date' ? [{ ...goal, purpose: null }, totalMinor, today] : [goal];
  if (differ(asked(was), asked(is))) found.add('goal');
  if (differ(was.current, is.current)) found.add('holdings');
  // How a view was put into words changes nothing.
  const expected = ({ wishes: { views } }: typeof was) =>
    views.map(({ terms, annualReturn, confidence }) => [terms, annualReturn, confidence]);
  const wished = ({ wishes: { way, limits } }: typeof was) => [way, limits];
  if (differ(wished(was), wished(is))) found.add('wishes');
  if (differ(expected(was), expected(is))) found.add('views');
  if (was.panelHash !== is.panelHash && differ(estimated(previous), estimated(next))) {
    found.add('expected-returns');
  }
  return found;
}

/** What is recommended from because its history is long enough. */
function estimated({ problem }: Solved): readonly string[] {
  return problem.assets.filter((asset) => assetOf(asset)?.recommended === true);
}

/** The problem without recommended assets that a side could not estimate yet. */
function without(problem: Problem, known: Problem): Problem {
  const { limits } = problem;
  const upper = limits.upper.map((bound, i) => {
    const asset = problem.assets[i];
    const missing = assetOf(asset)?.recommended === true && !known.assets.includes(asset);
    return missing ? 0 : bound;
  });
  return { ...problem, limits: { ...limits, upper } };
}
