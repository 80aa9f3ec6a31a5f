import { EngineError, type EngineErrorCode } from '../errors.ts';
import type { Allocation, Problem } from '../optimizers/problem.ts';
import type { Cause, Driver } from './driver.ts';
import { marketMoves } from './market-moves.ts';
import { onSameAssets } from './same-universe.ts';
import { shapley } from './shapley.ts';

/** A recommendation as it was computed. */
export interface Recommended {
  readonly problem: Problem;
  readonly allocation: Allocation;
}

/** What lies between two problems on the same assets: their mixtures, and how to solve one. */
export interface Mixtures {
  /** The causes whose ingredient changed, at most 10. */
  readonly causes: readonly Cause[];
  /**
   * The weights of the mixture in which these causes have changed and the others not yet.
   *
   * @throws {EngineError} when the mixture has no solution
   */
  readonly solve: (done: ReadonlySet<Cause>) => Float64Array;
}

/** Finds the mixtures of two problems; only who made them knows which numbers belong to which cause. */
export type Mixing = (was: Problem, is: Problem) => Mixtures;

/** Why an allocation changed, and what had to be worked around to say so. */
export interface ChangeExplanation {
  /** Changes by class, then by asset (largest first), then market moves. */
  readonly drivers: readonly Driver[];
  /** Mixtures of old and new ingredients that have no solution; orders through them do not count. */
  readonly refused: readonly {
    readonly causes: readonly Cause[];
    readonly code: EngineErrorCode;
  }[];
  /** Causes that could only be told apart together, and share their part equally. */
  readonly merged: readonly (readonly Cause[])[];
}

/** Weight changes below a tenth of a point are not told. */
const TOLD = 0.001;

/**
 * Attributes every weight change between two recommendations exactly to its causes, by solving the
 * problems in between: each cause swaps its ingredient (volatilities, correlations, expected
 * returns, policy, goal, wishes, views, holdings) from old to new. Contributions sum to the change.
 *
 * @param mixing how the two are mixed and solved; each mixture once, at most 254 with all eight causes
 * @param classOf class name of an asset
 * @throws {EngineError} 'bad-input' when one problem has two answers, which only two engine versions
 *   can give
 * @throws whatever solving throws that is not an EngineError
 * @source Shapley (1953)
 */
export function explainChange(
  previous: Recommended,
  next: Recommended,
  mixing: Mixing,
  classOf: (asset: string) => string,
): ChangeExplanation {
  const [was, is] = onSameAssets(
    { problem: previous.problem, weights: previous.allocation.weights },
    { problem: next.problem, weights: next.allocation.weights },
  );
  const { causes, solve } = mixing(was.problem, is.problem);
  if (causes.length === 0) {
    assertSameAnswer(was.weights, is.weights);
    return { drivers: [], refused: [], merged: [] };
  }

  const { assets } = was.problem;
  const classes = [...new Set(assets.map(classOf))];
  const codes = new Map<number, EngineErrorCode>();
  const full = 2 ** causes.length - 1;
  const attributed = shapley(causes.length, (set) => {
    if (set === 0) return was.weights;
    if (set === full) return is.weights;
    const done = new Set(causes.filter((_, i) => (set & (1 << i)) !== 0));
    try {
      return solve(done);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      codes.set(set, error.code);
      return null;
    }
  });

  const change = (subject: string, members: readonly number[]): Driver => {
    const total = (values: Float64Array): number => members.reduce((sum, i) => sum + values[i], 0);
    return {
      kind: 'change',
      subject,
      from: total(was.weights),
      to: total(is.weights),
      causes: causes
        .map((cause, i) => ({ cause, contribution: total(attributed.contributions[i]) }))
        .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
    };
  };
  const byClass = classes.map((name) =>
    change(
      name,
      assets.flatMap((asset, i) => (classOf(asset) === name ? [i] : [])),
    ),
  );
  const byAsset = assets.map((asset, i) => change(asset, [i]));
  const named = (set: readonly number[]): Cause[] => set.map((i) => causes[i]);
  return {
    drivers: [...largestFirst(byClass), ...largestFirst(byAsset), ...marketMoves(was, is, classOf)],
    refused: attributed.refused.map((set) => ({
      causes: causes.filter((_, i) => (set & (1 << i)) !== 0),
      code: codes.get(set)!,
    })),
    merged: attributed.merged.map(named),
  };
}

function largestFirst(changes: readonly Driver[]): Driver[] {
  const size = (driver: Driver): number =>
    driver.kind === 'change' ? Math.abs(driver.to - driver.from) : 0;
  return changes.filter((driver) => size(driver) >= TOLD).sort((a, b) => size(b) - size(a));
}

function assertSameAnswer(was: Float64Array, is: Float64Array): void {
  const gap = was.reduce((worst, w, i) => Math.max(worst, Math.abs(w - is[i])), 0);
  if (gap > 1e-9) {
    throw new EngineError(
      'bad-input',
      'The same problem has two answers; solve both with one engine version.',
      { gap },
    );
  }
}
