import { CASH } from '../catalogue.ts';
import { choice, type LimitReading, unclear, understood, withValues } from './limit-reading.ts';
import { type Parts, shape } from './limit-shape.ts';
import type { LimitSign, Measure } from './limit-signs.ts';
import { difference, each, isMixed, type Sum, sumOf, weight } from './limit-weights.ts';

type Rule = readonly [RegExp, (parts: Parts) => LimitReading];
type Side = 'lower' | 'upper' | 'exactly';

/** The rules in their order: the first shape that fits a sentence is taken. */
export const rules: readonly Rule[] = [
  // "stocks at most 60 %", "at most 60 % stocks", "limit stocks to 60 %"
  [shape('eLv|evl|[CD]ev'), ([e, v]) => limited(sumOf(e), v, 'upper')],
  [shape('Lve|vle|vGe'), ([v, e]) => limited(sumOf(e), v, 'upper')],
  [shape('eGv|evg|Uev'), ([e, v]) => limited(sumOf(e), v, 'lower')],
  [shape('Gve|vge|vLe'), ([v, e]) => limited(sumOf(e), v, 'lower')],
  [shape('eEv'), ([e, v]) => limited(sumOf(e), v, 'exactly')],
  [shape('Eve|vEe'), ([v, e]) => limited(sumOf(e), v, 'exactly')],
  // "SPY between 10 and 30 %", "10 % <= SPY <= 30 %"
  [shape('eB?v[AM]v|eGvA?Lv'), ([e, low, high]) => within(sumOf(e), low, high)],
  [shape('B?v[AM]ve|GvA?Lve'), ([low, high, e]) => within(sumOf(e), low, high)],
  [shape('eLvA?Gv'), ([e, high, low]) => within(sumOf(e), low, high)],
  [shape('vLeLv'), ([low, e, high]) => within(sumOf(e), low, high)],
  [shape('vGeGv'), ([high, e, low]) => within(sumOf(e), low, high)],
  // Several together, or each of them.
  [shape('TeLv|eTLv|eLvT'), ([e, v]) => limited(together(e), v, 'upper')],
  [shape('LvTe|LveT'), ([v, e]) => limited(together(e), v, 'upper')],
  [shape('TeGv|eTGv|eGvT'), ([e, v]) => limited(together(e), v, 'lower')],
  [shape('GvTe|GveT'), ([v, e]) => limited(together(e), v, 'lower')],
  [
    shape('WeLv|eWLv|eLvW'),
    ([e, v]) => withValues([v], (f) => understood(...each(sumOf(e), null, f))),
  ],
  [shape('LvWe|LveW'), ([v, e]) => withValues([v], (f) => understood(...each(sumOf(e), null, f)))],
  [
    shape('WeGv|eWGv|eGvW'),
    ([e, v]) => withValues([v], (f) => understood(...each(sumOf(e), f, null))),
  ],
  [shape('GvWe|GveW'), ([v, e]) => withValues([v], (f) => understood(...each(sumOf(e), f, null)))],
  // "SPY <= QQQ"
  [shape('eLe'), ([a, b]) => compared(a, b, null, 0)],
  [shape('eGe'), ([a, b]) => compared(a, b, 0, null)],
  [shape('eEe'), ([a, b]) => compared(a, b, 0, 0)],
  // "no crypto"
  [shape('[OZ]e'), ([e]) => none(sumOf(e))],
  // The whole portfolio.
  [shape('(K)Lv|(K)vl|[LCD](K)v|(K)v'), ([k, v]) => measured(k, v)],
  [shape('Lv(K)|vl(K)|v(K)'), ([v, k]) => measured(k, v)],
  [shape('(K)[GE]v|(K)vg|[GE]v(K)|U(K)v'), () => unclear(onlyBelow)],
  // "at most 8 holdings"
  [shape('(L)(X)H|(L)H(X)|H(L)(X)'), ([l, x]) => counted(x, l)],
  [shape('[CD]H(X)|(X)Hl|H(X)l'), ([x]) => counted(x, [])],
  [shape('(X)H|[GE](X)H|(X)Hg|H[GE](X)|[OZ]L(X)H'), ([x]) => unclear(onlyAtMost(x))],
  // "nothing below 2 %", "no single holding above 25 %"
  [shape('ZLv|WH?Gv|GvWH?|GHv|HG(V)|YG?E?v'), ([v]) => withValues([v], smallest)],
  [shape('ZGv|WH?Lv|LvWH?|LHv|H?L(V)|LvH'), ([v]) => withValues([v], largest)],
  // "60 % stocks"
  [shape('ev'), ([e, v]) => unsure(sumOf(e), v)],
  [shape('ve'), ([v, e]) => unsure(sumOf(e), v)],
];

const onlyBelow =
  'I can keep turnover, volatility, tracking error and expected shortfall at or below a level, not above one; write it like "volatility at most 12 %".';

function onlyAtMost(part: readonly LimitSign[]): string {
  const count = numberOf(part);
  return `I can limit how many holdings there are at most; write it like "at most ${count >= 1 ? Math.round(count) : 8} holdings".`;
}

function numberOf(part: readonly LimitSign[]): number {
  const last = part.at(-1);
  return last !== undefined && 'value' in last ? last.value : 0;
}

function together(part: readonly LimitSign[]): Sum {
  return { ...sumOf(part), joined: false };
}

function limited(sum: Sum, part: readonly LimitSign[], side: Side): LimitReading {
  return withValues([part], (fraction) => {
    const lower = side === 'upper' ? null : fraction;
    const upper = side === 'lower' ? null : fraction;
    return bounded(sum, lower, upper);
  });
}

function within(sum: Sum, low: readonly LimitSign[], high: readonly LimitSign[]): LimitReading {
  return withValues([low, high], (lower, upper) => {
    if (lower > upper) {
      return unclear('The lower end is above the upper one; write the smaller percentage first.');
    }
    return bounded(sum, lower, upper);
  });
}

/** A limit on assets; several named with "and" are asked about: together, or each? */
function bounded(sum: Sum, lower: number | null, upper: number | null): LimitReading {
  if (!isMixed(sum) && Math.max(lower ?? 0, upper ?? 0) > 1)
    return unclear('A weight is at most 100 %; write a percentage from 0 to 100.');
  // Nobody holds less than none.
  if (upper === 0 && !isMixed(sum)) return understood(weight(sum, null, 0));
  if (!sum.joined) return understood(weight(sum, lower, upper));
  const ways = [[weight(sum, lower, upper)], each(sum, lower, upper)];
  return choice('Is that for all of them together, or for each?', ways);
}

function compared(
  left: readonly LimitSign[],
  right: readonly LimitSign[],
  lower: number | null,
  upper: number | null,
): LimitReading {
  const limit = weight(difference(sumOf(left), sumOf(right)), lower, upper);
  if (Object.values(limit.coefficients).every((value) => value === 0))
    return unclear('Both sides are the same; compare two different assets.');
  return understood(limit);
}

function none(sum: Sum): LimitReading {
  if (isMixed(sum))
    return unclear('To hold none of several, name them with "and": "no SPY and QQQ".');
  return understood(...each(sum, null, 0));
}

const risks = ['volatility', 'conditional-value-at-risk'] as const;

function measured(measure: readonly LimitSign[], part: readonly LimitSign[]): LimitReading {
  const one = measure[0];
  const kind: Measure = 'measure' in one ? one.measure : 'risk';
  return withValues([part], (most) => {
    if (most === 0 && kind !== 'turnover')
      return unclear('That level is 0 %, which only cash would meet; write a percentage above 0.');
    if (kind !== 'risk') return understood({ kind, most });
    return choice(
      'Do you mean volatility a year, or expected shortfall (the mean of the worst days)?',
      risks.map((risk) => [{ kind: risk, most }]),
    );
  });
}

function counted(part: readonly LimitSign[], limit: readonly LimitSign[]): LimitReading {
  const strict = limit.some((one) => 'strict' in one);
  const count = numberOf(part) - (strict ? 1 : 0);
  if (!Number.isInteger(count) || count < 1)
    return unclear(
      'A number of holdings is a whole number from 1 up; write it like "at most 8 holdings".',
    );
  return understood({ kind: 'holdings', most: count });
}

function smallest(least: number): LimitReading {
  if (least >= 1)
    return unclear('A smallest holding of 100 % leaves room for one only; write less.');
  return understood({ kind: 'smallest-holding', least });
}

function largest(most: number): LimitReading {
  if (most > 1) return unclear('A weight is at most 100 %; write a percentage from 0 to 100.');
  return understood({ kind: 'each-weight', most, except: [CASH] });
}

/** "60 % stocks": at most, at least or exactly? */
function unsure(sum: Sum, part: readonly LimitSign[]): LimitReading {
  return withValues([part], (fraction) =>
    choice('Is that the most, the least, or exactly?', [
      [weight(sum, null, fraction)],
      [weight(sum, fraction, null)],
      [weight(sum, fraction, fraction)],
    ]),
  );
}
