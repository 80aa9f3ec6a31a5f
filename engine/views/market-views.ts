import { EngineError } from '../errors.ts';
import type { Scenarios } from '../optimizers/problem.ts';
import { checkTails, tailTerms } from './cvar-views.ts';
import { entropyPooling, type Pooled, type ScenarioView } from './entropy-pooling.ts';

type Side = ScenarioView['side'];

/** A view on the market of scenarios; numbers are per period of the scenarios. */
export type MarketView =
  /** coefficients'mean of returns. */
  | {
      readonly kind: 'mean';
      readonly name: string;
      readonly coefficients: Float64Array;
      readonly side: Side;
      readonly value: number;
    }
  | {
      readonly kind: 'variance';
      readonly name: string;
      readonly asset: number;
      readonly side: Side;
      readonly value: number;
    }
  | {
      readonly kind: 'correlation';
      readonly name: string;
      readonly assets: readonly [number, number];
      readonly side: Side;
      readonly value: number;
    }
  /** A loss, positive, that is exceeded with probability 1 - level. */
  | {
      readonly kind: 'value-at-risk';
      readonly name: string;
      readonly asset: number;
      readonly side: Side;
      readonly value: number;
      readonly level: number;
    }
  /** The mean loss, positive, of the worst 1 - level. */
  | {
      readonly kind: 'conditional-value-at-risk';
      readonly name: string;
      readonly asset: number;
      readonly value: number;
      readonly level: number;
    };

/**
 * Probabilities of scenarios under which views on means, risks and correlations hold, nearest to the
 * prior ones.
 *
 * What is not linear in the probabilities is nested: first means and tails; then variances around the
 * means found, which are kept; then correlations around the means and variances found, which are kept.
 * Only the moments that a later view rests on are kept.
 *
 * @throws as {@link entropyPooling}; {@link EngineError} 'bad-input' for a view about no asset,
 *   'not-converged' when a tail cannot be brought to its view beside the others
 * @source Meucci (2008); Meucci, Ardia and Keel (2011) for conditional value at risk; Vorobets (2021)
 *   for nesting
 */
export function poolMarketViews(scenarios: Scenarios, views: readonly MarketView[]): Pooled {
  const { count, returns } = scenarios;
  const n = returns.length / count;
  const prior = scenarios.probabilities ?? new Float64Array(count).fill(1 / count);
  for (const view of views) checkAssets(view, n);
  const columns = new Map<number, Float64Array>();
  const column = (asset: number) => {
    const known = columns.get(asset);
    if (known !== undefined) return known;
    const made = Float64Array.from({ length: count }, (_, t) => returns[t * n + asset]);
    columns.set(asset, made);
    return made;
  };
  const first = views.flatMap((view): ScenarioView[] => {
    if (view.kind === 'mean') return [{ ...view, numbers: mixed(scenarios, view.coefficients) }];
    return view.kind === 'value-at-risk' ? [beyond(view, column(view.asset))] : [];
  });
  const tails = views
    .filter((view) => view.kind === 'conditional-value-at-risk')
    .map((view) => ({ ...view, returns: column(view.asset) }));
  const held = [...first];
  // What joins later moves the value at risk, and with it the terms of the tails.
  const pool = () => entropyPooling(prior, [...held, ...tailTerms(prior, held, tails)]);
  let pooled = pool();

  const kept = new Set<string>();
  const keep = (asset: number, what: 'mean' | 'variance', mean: number, value: number) => {
    const name = `${what} of asset ${asset + 1} as it is`;
    if (kept.has(name)) return;
    kept.add(name);
    const numbers = what === 'mean' ? column(asset) : squares(column(asset), mean);
    held.push({ name, numbers, side: 'equal', value });
  };
  const variances = views.filter((view) => view.kind === 'variance');
  if (variances.length > 0) {
    for (const { asset, name, side, value } of variances) {
      const mean = meanOf(column(asset), pooled.probabilities);
      held.push({ name, side, value, numbers: squares(column(asset), mean) });
      keep(asset, 'mean', mean, mean);
    }
    pooled = pool();
  }
  const correlations = views.filter((view) => view.kind === 'correlation');
  if (correlations.length > 0) {
    const { probabilities } = pooled;
    for (const { assets, name, side, value } of correlations) {
      const [a, b] = assets.map((asset) => {
        const mean = meanOf(column(asset), probabilities);
        const variance = meanOf(squares(column(asset), mean), probabilities);
        keep(asset, 'mean', mean, mean);
        keep(asset, 'variance', mean, variance);
        return { mean, deviation: Math.sqrt(variance), values: column(asset) };
      });
      const numbers = a.values.map((x, t) => (x - a.mean) * (b.values[t] - b.mean));
      held.push({ name, side, numbers, value: value * a.deviation * b.deviation });
    }
    pooled = pool();
  }
  checkTails(tails, pooled.probabilities);
  return pooled;
}

function mixed({ returns, count }: Scenarios, coefficients: Float64Array): Float64Array {
  const n = coefficients.length;
  return Float64Array.from({ length: count }, (_, t) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += coefficients[i] * returns[t * n + i];
    return sum;
  });
}

/** The view as the probability of a loss at least as large. A larger value at risk is a likelier one. */
function beyond(
  view: Extract<MarketView, { kind: 'value-at-risk' }>,
  returns: Float64Array,
): ScenarioView {
  const { name, side, value, level } = view;
  const numbers = returns.map((r) => (r <= -value ? 1 : 0));
  return { name, side, numbers, value: 1 - level };
}

function meanOf(values: Float64Array, probabilities: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < values.length; t++) sum += probabilities[t] * values[t];
  return sum;
}

function squares(values: Float64Array, mean: number): Float64Array {
  return values.map((x) => (x - mean) ** 2);
}

function checkAssets(view: MarketView, n: number): void {
  const about =
    view.kind === 'mean' ? [] : view.kind === 'correlation' ? view.assets : [view.asset];
  const sized = view.kind !== 'mean' || view.coefficients.length === n;
  if (sized && about.every((asset) => Number.isInteger(asset) && asset >= 0 && asset < n)) return;
  throw new EngineError(
    'bad-input',
    `The view "${view.name}" is about assets that the scenarios do not have; there are ${n}.`,
    { assets: about, n },
  );
}
