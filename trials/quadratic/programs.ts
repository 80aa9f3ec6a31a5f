import { type RandomSource, randomSource } from '../../engine/random.ts';
import type { NamedRow } from '../../engine/solvers/quadratic-program.ts';
import type { DenseProgram } from './checker.ts';

/** What is hard about a program. */
export interface Posed {
  readonly program: DenseProgram;
  /** For the report, e.g. "near-singular". */
  readonly family: string;
  /** Known by design. */
  readonly feasible: boolean;
  /** Whether quadprog can check it: strictly convex and no costs of moving. */
  readonly strictlyConvex: boolean;
}

const families = [
  'strictly convex',
  'portfolio',
  'low rank',
  'near-singular',
  'duplicated assets',
  'duplicated rows',
  'ties on a grid',
  'linear',
  'badly scaled',
  'infeasible',
] as const;

/** The program of a seed, 2 to 200 variables. */
export function poseProgram(seed: number): Posed {
  const random = randomSource(seed);
  const family = families[random.integer(families.length)];
  // Sizes spread evenly by ratio, so that small and large are both common.
  const n = Math.min(200, Math.floor(2 * 100 ** random.uniform()) + random.integer(2));
  const pick = <T>(...choices: readonly T[]): T => choices[random.integer(choices.length)];
  const portfolio = family === 'portfolio' || random.uniform() < 0.4;
  const rank =
    family === 'low rank' ? random.integer(Math.max(1, n >> 1)) : family === 'linear' ? 0 : n;
  const loadings = Float64Array.from({ length: n * rank }, () => 0.3 * random.normal());
  if (family === 'badly scaled')
    for (let i = 0; i < n; i++) {
      const size = 10 ** (3 * random.uniform() - 2);
      for (let k = 0; k < rank; k++) loadings[i * rank + k] *= size;
    }
  if (family === 'near-singular' || family === 'duplicated assets') {
    const noise = family === 'duplicated assets' ? 0 : 10 ** (-3 - 6 * random.uniform());
    for (let i = 1; i < n; i++) {
      if (random.uniform() < 0.6) continue;
      const twin = random.integer(i);
      for (let k = 0; k < rank; k++)
        loadings[i * rank + k] = loadings[twin * rank + k] + noise * random.normal();
    }
  }
  const own =
    family === 'strictly convex' || family === 'portfolio' || family === 'duplicated rows'
      ? 0.05
      : 0;
  const quadratic = gram(loadings, n, rank, own);
  // A variable without variance or covariance: cash.
  const withCash = family !== 'strictly convex' && random.uniform() < 0.2;
  if (withCash) {
    const cash = random.integer(n);
    for (let i = 0; i < n; i++) {
      quadratic[i * n + cash] = 0;
      quadratic[cash * n + i] = 0;
    }
  }
  const grid = family === 'ties on a grid';
  const near = () => (grid ? random.integer(11) / 10 : random.uniform());
  const inside = Float64Array.from({ length: n }, () =>
    portfolio ? (random.uniform() < 0.5 ? 0 : near()) : 2 * near() - 1,
  );
  if (portfolio) {
    const total = inside.reduce((sum, v) => sum + v, 0);
    if (total === 0) inside[0] = 1;
    else if (!grid) for (let i = 0; i < n; i++) inside[i] /= total;
  }
  const lower = inside.map((v) =>
    portfolio
      ? Math.min(v, pick(0, 0, 0, 0.5 * v))
      : random.uniform() < 0.6
        ? v - pick(0, 0.5, near())
        : -Infinity,
  );
  const upper = inside.map((v, i) => Math.max(lower[i], v + pick(0, 0.2, near(), 1, Infinity)));
  const budget = new Float64Array(n).fill(1);
  const rows: NamedRow[] = [];
  const value = (coefficients: Float64Array) =>
    coefficients.reduce((sum, a, i) => sum + a * inside[i], 0);
  if (portfolio) {
    const sum = value(budget);
    rows.push({ name: 'budget', coefficients: budget, lower: sum, upper: sum });
  }
  const most = family === 'duplicated rows' ? 12 : 8;
  const count = random.integer(Math.min(most, n) + 1);
  for (let r = 0; r < count; r++) {
    const again = rows.length > 0 && random.uniform() < repeats(family);
    const scale = again
      ? pick(1, -1, 2.5)
      : family === 'badly scaled'
        ? 10 ** (4 * random.uniform() - 2)
        : 1;
    const model = again ? rows[random.integer(rows.length)].coefficients : null;
    const coefficients = Float64Array.from({ length: n }, (_, i) =>
      model !== null ? scale * model[i] : pick(0, 0, 1, grid ? 1 : random.normal()) * scale,
    );
    const at = value(coefficients);
    const kind = random.uniform();
    const size = Math.max(1e-3, ...coefficients.map(Math.abs));
    rows.push({
      name: `row ${r}`,
      coefficients,
      lower: kind < 0.25 ? at : kind < 0.7 ? at - pick(0, 0.3 * near()) * size : -Infinity,
      upper: kind < 0.25 ? at : kind > 0.5 ? at + pick(0, 0.3 * near()) * size : Infinity,
    });
  }
  if (family === 'infeasible') spoil(random, rows, lower, upper, inside);
  const slopes = pick(0, 0.01, 1, 30);
  const linear = Float64Array.from({ length: n }, () =>
    grid ? pick(0, -1, 1) * slopes : slopes * random.normal(),
  );
  const names = Array.from({ length: n }, (_, i) => `A${i}`);
  const withKinks = random.uniform() < 0.4;
  const at = inside
    .map((v, i) => pick(v, near(), lower[i], upper[i]))
    .map((v) => (Number.isFinite(v) ? v : 0));
  const slope = Float64Array.from({ length: n }, () => pick(0, 0.001, 0.02, 0.5));
  return {
    family,
    feasible: family !== 'infeasible',
    strictlyConvex: own > 0 && family !== 'duplicated rows' && !withCash && !withKinks,
    program: {
      names,
      quadratic,
      linear,
      lower,
      upper,
      rows,
      ...(withKinks && { kinks: { at, slope } }),
    },
  };
}

/** How often a row repeats one before it; the independent solver allows no such row. */
function repeats(family: (typeof families)[number]): number {
  return family === 'duplicated rows'
    ? 0.6
    : family === 'strictly convex' || family === 'portfolio'
      ? 0
      : 0.05;
}

function gram(loadings: Float64Array, n: number, rank: number, own: number): Float64Array {
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += loadings[i * rank + k] * loadings[j * rank + k];
      sum = sum / Math.max(1, rank) + (i === j ? own : 0);
      result[i * n + j] = sum;
      result[j * n + i] = sum;
    }
  }
  return result;
}

/** Adds what cannot be met: more than the maximums allow, less than a row demands, or crossed sides. */
function spoil(
  random: RandomSource,
  rows: NamedRow[],
  lower: Float64Array,
  upper: Float64Array,
  inside: Float64Array,
): void {
  const n = inside.length;
  const by = 10 ** (-6 * random.uniform());
  const kind = random.integer(4);
  if (kind === 0) {
    const i = random.integer(n);
    lower[i] = inside[i] + by;
    upper[i] = inside[i];
    return;
  }
  if (kind === 1 && rows.length > 0) {
    // A combination of rows whose sum the rows themselves exclude.
    const chosen = rows.filter((row) => Number.isFinite(row.upper) && random.uniform() < 0.7);
    if (chosen.length > 0) {
      const coefficients = new Float64Array(n);
      let most = 0;
      for (const row of chosen) {
        const weight = 0.2 + random.uniform();
        for (let i = 0; i < n; i++) coefficients[i] += weight * row.coefficients[i];
        most += weight * row.upper;
      }
      rows.push({ name: 'too much', coefficients, lower: most + by, upper: Infinity });
      return;
    }
  }
  const coefficients = Float64Array.from({ length: n }, () =>
    kind === 2 ? 1 : random.uniform() < 0.5 ? 0 : random.normal(),
  );
  coefficients[random.integer(n)] = 1;
  let most = 0;
  for (let i = 0; i < n; i++) {
    if (coefficients[i] > 0 && upper[i] === Infinity) upper[i] = inside[i] + random.uniform();
    if (coefficients[i] < 0 && lower[i] === -Infinity) lower[i] = inside[i] - random.uniform();
    if (coefficients[i] !== 0)
      most += coefficients[i] * (coefficients[i] > 0 ? upper[i] : lower[i]);
  }
  rows.push({
    name: 'too much',
    coefficients,
    lower: most + by,
    upper: most + by + random.integer(2),
  });
}
