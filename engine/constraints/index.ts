// A person's own limits as plain data, and how they join the limits of a problem.
export { constrained } from './constrained.ts';
export type { Constraint } from './constraint.ts';
