import type { OwnLimit, Wishes } from '../wishes.ts';
import { canonical } from './canonical.ts';

export interface Merged {
  readonly wishes: Wishes;
  /** Older limits whose place the new ones take, as they were. */
  readonly replaced: readonly OwnLimit[];
}

type Weight = Extract<OwnLimit, { kind: 'weight' }>;

/**
 * New limits beside older ones. One on the same side of the same thing takes the older one's place, and
 * so does one that the older one cannot hold together with; the other side of a range stays.
 */
export function mergedLimits(before: Wishes, limits: readonly OwnLimit[]): Merged {
  const replaced: OwnLimit[] = [];
  const kept = before.limits.flatMap((old) => {
    const left = limits.reduce<OwnLimit | null>(
      (rest, next) => (rest === null ? null : beside(rest, next)),
      old,
    );
    // The same again is no replacement worth a word.
    const again = limits.some((next) => same(next, old));
    if (left !== old && !again) replaced.push(old);
    return left === null ? [] : [left];
  });
  return { wishes: { ...before, limits: [...kept, ...limits] }, replaced };
}

/** What is left of an older limit beside a newer one. */
function beside(old: OwnLimit, next: OwnLimit): OwnLimit | null {
  if (old.kind !== 'weight' || next.kind !== 'weight') return old.kind === next.kind ? null : old;
  if (!aboutTheSame(old, next)) return old;
  const lower = next.lower === null && fits(old.lower, next.upper) ? old.lower : null;
  const upper = next.upper === null && fits(next.lower, old.upper) ? old.upper : null;
  if (lower === null && upper === null) return null;
  return lower === old.lower && upper === old.upper ? old : { ...old, lower, upper };
}

function fits(lower: number | null, upper: number | null): boolean {
  return lower === null || upper === null || lower <= upper;
}

/** The first two of some limits that no mix can keep together, whatever else holds. */
export function contradiction(limits: readonly OwnLimit[]): readonly [OwnLimit, OwnLimit] | null {
  const weights = limits.filter((one) => one.kind === 'weight');
  for (const [i, a] of weights.entries()) {
    for (const b of weights.slice(i + 1)) {
      const clash = !fits(a.lower, b.upper) || !fits(b.lower, a.upper);
      if (clash && aboutTheSame(a, b)) return [a, b];
    }
  }
  return null;
}

function aboutTheSame(a: Weight, b: Weight): boolean {
  return same(a.coefficients, b.coefficients);
}

function same(a: object, b: object): boolean {
  return canonical(a) === canonical(b);
}
