import { EngineError, Infeasible } from '../errors.ts';
import { entropyPooling, type ScenarioView } from './entropy-pooling.ts';

/** The mean loss of the worst 1 - level of one asset shall be `value`. */
export interface TailView {
  readonly name: string;
  /** One return a scenario. */
  readonly returns: Float64Array;
  readonly value: number;
  readonly level: number;
}

const mostRounds = 30;

/**
 * Views on conditional value at risk as views that are linear in the probabilities: with the value at
 * risk eta known, the mean excess loss over it, E[(loss - eta)+] = (1 - level)(value - eta). The eta
 * that needs the least change is where a loss beyond it has just the probability 1 - level; each is
 * found by bisection, in turns when there are several.
 *
 * @param others views that hold beside them
 * @throws {EngineError} 'bad-input' for a loss beyond the worst scenario or not positive
 * @source Meucci, Ardia and Keel (2011), Fully flexible extreme views; in eta instead of tail counts
 */
export function tailTerms(
  prior: Float64Array,
  others: readonly ScenarioView[],
  tails: readonly TailView[],
): readonly ScenarioView[] {
  if (tails.length === 0) return [];
  const losses = tails.map(({ returns }) => returns.map((r) => -r));
  tails.forEach(({ name, value, level }, v) => {
    const worst = losses[v].reduce((most, loss) => Math.max(most, loss), 0);
    if (value > 0 && value < worst && level > 0 && level < 1) return;
    throw new EngineError(
      'bad-input',
      `The view "${name}" must name a loss above 0 and below the worst scenario's ${(100 * worst).toFixed(1)} %.`,
      { value, worst, level },
    );
  });
  const best = losses.map((loss) => loss.reduce((least, one) => Math.min(least, one)));
  const etas = Float64Array.from(tails, ({ value }) => value / 2);
  const terms = () => tails.map((tail, v) => term(tail, losses[v], etas[v]));
  const { probabilities: without } = entropyPooling(prior, others);
  const tailChance = (v: number, eta: number) => {
    etas[v] = eta;
    // Too far from the right eta other views may rule the term out; without it they tell the side.
    const probabilities = pooledOrNull(prior, [...others, ...terms()]) ?? without;
    let chance = 0;
    losses[v].forEach((loss, t) => {
      if (loss > eta) chance += probabilities[t];
    });
    return chance - (1 - tails[v].level);
  };
  for (let round = 0; round < mostRounds; round++) {
    let moved = 0;
    for (let v = 0; v < tails.length; v++) {
      const before = etas[v];
      etas[v] = root((eta) => tailChance(v, eta), tails[v].value, best[v]);
      moved = Math.max(moved, Math.abs(etas[v] - before) / tails[v].value);
    }
    if (tails.length === 1 || moved < 1e-9) break;
  }
  return terms();
}

function pooledOrNull(prior: Float64Array, views: readonly ScenarioView[]): Float64Array | null {
  try {
    return entropyPooling(prior, views).probabilities;
  } catch (error) {
    if (error instanceof Infeasible) return null;
    throw error;
  }
}

/** Mean loss of the worst 1 - level. */
function tailMean(returns: Float64Array, probabilities: Float64Array, level: number): number {
  const order = Array.from(returns, (_, t) => t).sort((a, b) => returns[a] - returns[b]);
  let left = 1 - level;
  let sum = 0;
  for (const t of order) {
    const share = Math.min(probabilities[t], left);
    sum -= share * returns[t];
    left -= share;
    if (left <= 0) break;
  }
  return sum / (1 - level);
}

/**
 * Refuses probabilities under which a tail is not what its view says: terms that are not drawn at the
 * value at risk itself hold for a smaller tail.
 *
 * @throws {EngineError} 'not-converged' with what the tail is instead
 */
export function checkTails(tails: readonly TailView[], probabilities: Float64Array): void {
  for (const { name, returns, value, level } of tails) {
    const found = tailMean(returns, probabilities, level);
    if (Math.abs(found - value) <= 1e-6 * value) continue;
    throw new EngineError(
      'not-converged',
      `The view "${name}" is met only by a tail loss of ${(100 * found).toPrecision(4)} %; leave out one of the views beside it, or make it less extreme.`,
      { value, found },
    );
  }
}

function term({ name, value, level }: TailView, loss: Float64Array, eta: number): ScenarioView {
  const numbers = loss.map((one) => Math.max(0, one - eta));
  return { name, numbers, side: 'equal', value: (1 - level) * (value - eta) };
}

/**
 * Where a tail chance that falls with eta crosses zero, between the least loss and the view itself: where
 * losses are rarer than the tail, the value at risk is a gain.
 */
function root(chance: (eta: number) => number, value: number, least: number): number {
  let [low, high] = [1e-9 * value, value * (1 - 1e-9)];
  if (least < 0 && chance(low) < 0) [low, high] = [least, low];
  for (let step = 0; step < 60 && high - low > 1e-12 * value; step++) {
    const middle = (low + high) / 2;
    if (chance(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
