import { EngineError } from '../errors.ts';
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
  const etas = Float64Array.from(tails, ({ value }) => value / 2);
  const terms = () => tails.map((tail, v) => term(tail, losses[v], etas[v]));
  const tailChance = (v: number, eta: number) => {
    etas[v] = eta;
    const { probabilities } = entropyPooling(prior, [...others, ...terms()]);
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
      etas[v] = root((eta) => tailChance(v, eta), tails[v].value);
      moved = Math.max(moved, Math.abs(etas[v] - before) / tails[v].value);
    }
    if (tails.length === 1 || moved < 1e-9) break;
  }
  return terms();
}

function term({ name, value, level }: TailView, loss: Float64Array, eta: number): ScenarioView {
  const numbers = loss.map((one) => Math.max(0, one - eta));
  return { name, numbers, side: 'equal', value: (1 - level) * (value - eta) };
}

/** Where a tail chance that falls with eta crosses zero, between 0 and the view itself. */
function root(chance: (eta: number) => number, value: number): number {
  let [low, high] = [1e-9 * value, value * (1 - 1e-9)];
  for (let step = 0; step < 60 && high - low > 1e-12 * value; step++) {
    const middle = (low + high) / 2;
    if (chance(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
