import { EngineError } from '../../errors.ts';
import { standing, type WorkingSet } from '../../solvers/quadratic-program.ts';
import { solveQuadraticProgram } from '../../solvers/solve.ts';
import { sharesOfLosses } from './levels.ts';
import { boundBy, type LeastRisk, type Proof } from './proof.ts';
import { levelsIn, type RiskData } from './risk-data.ts';
import { holdingsOf, type RiskModel } from './risk-model.ts';
import { seriesGradient } from './series-gradient.ts';
import { shapeValue } from './shape-value.ts';

/** Part of the risk at which the gap counts as closed. */
const enough = 1e-9;
const mostRounds = 150;
/** Rounds after which a slope that counts no more is forgotten, and in which the gap has to halve. */
const patience = 20;

/** A point with its risk and a slope of it, M numbers. */
interface Point {
  readonly x: Float64Array;
  readonly risk: number;
  readonly slope: Float64Array;
}

interface Slope {
  readonly of: Float64Array;
  idle: number;
  /** How it stood in the last program. */
  standing: number;
}

/**
 * Brings a point near the least risk to it, and proves it. Slopes of the risk at the points tried bound
 * it from below; each quadratic program finds where the highest of them is least, near the best point
 * so far. It takes more steps than the interior-point method, but rounding does not stop it.
 *
 * @source Kiwiel (1990), the proximal bundle method
 */
export function closeGap(
  data: RiskData,
  model: RiskModel,
  begun: LeastRisk & Proof,
): LeastRisk & Proof {
  const scale = Math.max(Math.abs(begun.risk), 1e-2 * data.unit);
  let center = pointAt(data, model, begun.x);
  let proof: Proof = begun;
  let { iterations } = begun;
  const slopes: Slope[] = [begun.gradient, center.slope].map(freshSlope);
  // A move of a tenth of the whole may cost as much as the gap that is left.
  let stiffness = Math.max(Math.abs(begun.risk - begun.likely), enough * scale) / 1e-2;
  let wide = Infinity;
  let last: WorkingSet | undefined;
  for (let round = 0; round < mostRounds; round++) {
    const step = leastOf(slopes, model, center.x, stiffness / scale, scale, last);
    last = step?.workingSet;
    if (step === null) break;
    iterations += step.iterations;
    const next = pointAt(data, model, step.x);
    const proved = boundBy(model, step.gradient, step.prices, next.x);
    if (proved.likely > proof.likely) proof = proved;
    // The first step makes up for what the start misses of the limits.
    if (round === 0 || next.risk <= center.risk - 0.1 * (center.risk - step.value)) {
      center = next;
      stiffness /= 2;
    } else stiffness *= 1.2;
    const gap = center.risk - proof.likely;
    if (gap <= enough * scale) break;
    if (round % patience === patience - 1) {
      if (gap > wide / 2) break;
      wide = gap;
    }
    step.shares.forEach((share, k) => {
      slopes[k].idle = share > 0 ? 0 : slopes[k].idle + 1;
      slopes[k].standing = step.workingSet.rows[model.rows.length + k];
    });
    for (let k = slopes.length - 1; k > 0; k--) if (slopes[k].idle > patience) slopes.splice(k, 1);
    slopes.push(freshSlope(next.slope));
  }
  const { x, risk } = center;
  return { ...begun, ...proof, x, weights: holdingsOf(model, x), risk, iterations };
}

function pointAt(data: RiskData, model: RiskModel, x: Float64Array): Point {
  const { measure, probabilities, tail, unit } = data;
  const levels = levelsIn(data, holdingsOf(model, x));
  const shares = new Float64Array(levels.length);
  const risk = unit * shapeValue(measure.shape, levels, probabilities, tail, shares);
  // The series of deviations have no mean left to carry shares to.
  sharesOfLosses(measure.path === 'drawdown' ? 'drawdown' : 'loss', levels, probabilities, shares);
  return { x, risk, slope: seriesGradient(data, model, shares) };
}

interface Step {
  readonly x: Float64Array;
  /** The highest of the slopes there. */
  readonly value: number;
  /** Per slope: its share in `gradient`, in all 1. */
  readonly shares: Float64Array;
  readonly gradient: Float64Array;
  readonly prices: Float64Array;
  readonly iterations: number;
  readonly workingSet: WorkingSet;
}

const freshSlope = (of: Float64Array): Slope => ({ of, idle: 0, standing: standing.free });

/** Where the highest of the slopes, and half the squared distance times `stiffness`, are least. */
function leastOf(
  slopes: readonly Slope[],
  model: RiskModel,
  center: Float64Array,
  stiffness: number,
  scale: number,
  last: WorkingSet | undefined,
): Step | null {
  const total = center.length;
  const own = model.rows.length;
  const rows = Int8Array.from([
    ...(last?.rows.slice(0, own) ?? []),
    ...slopes.map((slope) => slope.standing),
  ]);
  const options = last === undefined ? {} : { warm: { ...last, rows } };
  const wide = (values: Float64Array, last: number): Float64Array => {
    const all = new Float64Array(total + 1);
    all.set(values);
    all[total] = last;
    return all;
  };
  const solve = () =>
    solveQuadraticProgram(
      {
        names: Array.from({ length: total + 1 }, (_, j) => `variable ${j}`),
        quadratic: {
          loadings: new Float64Array(0),
          factorCovariance: new Float64Array(0),
          specificVariance: wide(new Float64Array(total).fill(stiffness), 0),
        },
        linear: wide(
          center.map((v, j) => (model.cost?.[j] ?? 0) - stiffness * v),
          1,
        ),
        lower: wide(model.lower, -Infinity),
        upper: wide(model.upper, Infinity),
        rows: [
          ...model.rows.map((row) => ({ ...row, coefficients: wide(row.coefficients, 0) })),
          ...slopes.map(({ of }, k) => ({
            name: `slope ${k}`,
            coefficients: wide(
              of.map((v) => -v / scale),
              1,
            ),
            lower: 0,
            upper: Infinity,
          })),
        ],
      },
      options,
    );
  try {
    const found = solve();
    const shares = found.rowMultipliers.slice(own);
    let whole = 0;
    for (const share of shares) whole += share;
    const gradient = new Float64Array(total);
    slopes.forEach(({ of }, k) => {
      for (let j = 0; j < total; j++) gradient[j] += (shares[k] / whole) * of[j];
    });
    return {
      x: found.x.slice(0, total),
      value: scale * found.x[total],
      shares,
      gradient,
      prices: found.rowMultipliers.slice(0, own).map((price) => scale * price),
      iterations: found.iterations,
      workingSet: found.workingSet,
    };
  } catch (error) {
    // What was found so far is still proved.
    if (error instanceof EngineError) return null;
    throw error;
  }
}
