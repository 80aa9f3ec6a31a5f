import type { Constraint } from '../../engine/constraints/index.ts';
import type { LimitSign } from './limit-signs.ts';

type Weight = Extract<Constraint, { kind: 'weight' }>;

/** Assets added up and taken away. */
export interface Sum {
  readonly terms: readonly Term[];
  /** True when several were named with "and": together, or each? */
  readonly joined: boolean;
}

interface Term {
  readonly name: string;
  readonly symbols: readonly string[];
  readonly times: number;
}

/** Reads "2*SPY - EFA", "BTC-USD + ETH-USD" or "SPY and QQQ". */
export function sumOf(part: readonly LimitSign[]): Sum {
  const terms: Term[] = [];
  let sign = 1;
  let times = 1;
  for (const one of part) {
    if (one.sign === 'M') sign = -1;
    else if (one.sign === 'P' || one.sign === 'A') sign = 1;
    else if (one.sign === 'X') times = one.value;
    if (one.sign !== 'N' || !('symbols' in one)) continue;
    terms.push({ name: one.name, symbols: one.symbols, times: sign * times });
    sign = 1;
    times = 1;
  }
  return { terms, joined: terms.length > 1 && part.some((one) => one.sign === 'A') };
}

/** Whether something is taken away or counted more than once. */
export function isMixed({ terms }: Sum): boolean {
  return terms.some(({ times }) => times !== 1);
}

/** One sum less another. */
export function difference(left: Sum, right: Sum): Sum {
  const taken = right.terms.map((term) => ({ ...term, times: -term.times }));
  return { terms: [...left.terms, ...taken], joined: false };
}

/** The limit on each of the assets or classes named. */
export function each({ terms }: Sum, lower: number | null, upper: number | null): Weight[] {
  return terms.map((term) =>
    weight({ terms: [{ ...term, times: 1 }], joined: false }, lower, upper),
  );
}

export function weight({ terms }: Sum, lower: number | null, upper: number | null): Weight {
  const coefficients: Record<string, number> = {};
  let name = '';
  for (const { name: own, symbols, times } of terms) {
    for (const symbol of symbols) coefficients[symbol] = (coefficients[symbol] ?? 0) + times;
    const counted = Math.abs(times) === 1 ? own : `${Math.abs(times)} x ${own}`;
    if (name === '') name = times < 0 ? `- ${counted}` : counted;
    else name += ` ${times < 0 ? '-' : '+'} ${counted}`;
  }
  return { kind: 'weight', name, coefficients, lower, upper };
}
