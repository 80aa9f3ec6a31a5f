import type { Problem } from '../problem.ts';
import type { scenarioMeasures } from '../scenario/index.ts';

/** What a portfolio returned, period by period, with the chance of each. */
interface Series {
  readonly x: readonly number[];
  readonly prob: (t: number) => number;
  /** 1 - confidence. */
  readonly tail: number;
}

function seriesOf(p: Problem, w: Float64Array): Series {
  const { returns, count, probabilities } = p.scenarios!;
  const x = Array.from({ length: count }, (_, t) => {
    let sum = 0;
    for (let i = 0; i < w.length; i++) sum += returns[t * w.length + i] * w[i];
    return sum;
  });
  return { x, prob: (t) => probabilities?.[t] ?? 1 / count, tail: 1 - (p.confidence ?? 0.95) };
}

const total = ({ x, prob }: Series, f: (t: number) => number) =>
  x.reduce((sum, _, t) => sum + prob(t) * f(t), 0);

const losses = ({ x }: Series) => x.map((r) => -r);

/** How far the running sum of returns stands below its highest point so far, 0 included. */
const below = ({ x }: Series) => {
  let sum = 0;
  let peak = 0;
  return x.map((r) => {
    sum += r;
    peak = Math.max(peak, sum);
    return peak - sum;
  });
};

/** The tail mean is the least over its own threshold, at one of the levels. */
const tailOf = (s: Series, u: readonly number[]) =>
  Math.min(...u.map((a) => a + total(s, (t) => Math.max(0, u[t] - a)) / s.tail));

/** The least over z of a bound that is convex in z, by golden section on its logarithm. */
function entropicOf(s: Series, u: readonly number[]): number {
  const top = Math.max(...u);
  const at = (log: number) => {
    const z = Math.exp(log);
    return top + z * (Math.log(total(s, (t) => Math.exp((u[t] - top) / z))) - Math.log(s.tail));
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let [from, to] = [-18, 8];
  for (let step = 0; step < 55; step++) {
    const left = to - golden * (to - from);
    const right = from + golden * (to - from);
    if (at(left) < at(right)) to = right;
    else from = left;
  }
  // As z vanishes the bound becomes the worst level.
  return Math.min(at((from + to) / 2), top);
}

const meanOf = (s: Series) => total(s, (t) => s.x[t]);

const measures: Readonly<Record<keyof typeof scenarioMeasures, (s: Series) => number>> = {
  cvar: (s) => tailOf(s, losses(s)),
  cdar: (s) => tailOf(s, below(s)),
  evar: (s) => entropicOf(s, losses(s)),
  edar: (s) => entropicOf(s, below(s)),
  mad: (s) => {
    const mean = meanOf(s);
    return total(s, (t) => Math.abs(s.x[t] - mean));
  },
  semideviation: (s) => {
    const mean = meanOf(s);
    const squares = s.x.reduce((sum, _, t) => sum + s.prob(t) ** 2, 0);
    return Math.sqrt(total(s, (t) => Math.min(0, s.x[t] - mean) ** 2) / (1 - squares));
  },
  downside: (s) => Math.sqrt(total(s, (t) => Math.min(0, s.x[t]) ** 2)),
  worst: (s) => Math.max(...losses(s)),
  ulcer: (s) => {
    const falls = below(s);
    return Math.sqrt(total(s, (t) => falls[t] ** 2));
  },
  mdd: (s) => Math.max(...below(s)),
};

/** A measure on scenarios by its definition and nothing else: it shares no code with the engine. */
export function byDefinition(
  measure: keyof typeof scenarioMeasures,
  p: Problem,
  w: Float64Array,
): number {
  return measures[measure](seriesOf(p, w));
}
