/** What a measure looks at, period by period; more is worse. */
export type Path =
  /** What the period lost. */
  | 'loss'
  /** How far the period fell short of the mean. */
  | 'deviation'
  /** How far the running sum of returns (uncompounded) stands below its highest point so far, 0 included. */
  | 'drawdown';

/** How the periods become one number. */
export type Shape =
  /** Mean of the worst 1 - confidence. */
  | 'tail'
  /** Entropic bound on the tail mean. */
  | 'entropic'
  | 'worst'
  /** Mean of what is above 0. */
  | 'mean-excess'
  /** Root of the mean square of what is above 0. */
  | 'root-mean-square';

/**
 * A convex risk of weights on scenarios, per period and in fractions of value. All of them double when
 * the weights double, which is what ratios and certificates build on.
 */
export interface ScenarioMeasure {
  /** As in the names of methods, e.g. "cvar". */
  readonly name: string;
  /** In plain words, e.g. "conditional value at risk". */
  readonly label: string;
  readonly path: Path;
  readonly shape: Shape;
  /** The measure is this many times the shape's own value, for equally likely or weighted periods. */
  readonly factor?: (probabilities: Float64Array) => number;
}
