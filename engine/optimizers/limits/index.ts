// Limits beyond bounds and lines, for any method: one decorator, and what to do when limits conflict.
export { type RelaxedLimits, relax } from './relax.ts';
export type { Requirement } from './requirement.ts';
export type { Score } from './score.ts';
export { type LimitOptions, withLimits } from './with-limits.ts';
