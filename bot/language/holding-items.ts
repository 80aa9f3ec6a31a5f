import { type MoneyFound, moneyAt } from './amount.ts';
import { assetAt } from './asset-names.ts';
import { percentSignAt } from './percent.ts';
import { followsAny, opensQuantity, type Token } from './tokens.ts';

export type Verb = 'set' | 'add' | 'sell' | 'remove';

/** What a message about holdings is made of, in the order written. */
export type Item =
  | { readonly kind: 'verb'; readonly verb: Verb }
  | { readonly kind: 'quantity'; readonly money: MoneyFound; readonly text: string }
  | { readonly kind: 'percent'; readonly text: string }
  | { readonly kind: 'asset'; readonly symbol: string; readonly text: string }
  | { readonly kind: 'cash' }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'word'; readonly text: string; readonly shouted: boolean }
  | { readonly kind: 'break' };

const verbs: readonly (readonly [readonly string[], Verb])[] = [
  [
    ['bought', 'buy', 'added', 'add', 'another', 'more', 'got another', 'extra', 'deposited'],
    'add',
  ],
  [['sold', 'sell', 'took out', 'withdrew', 'minus', 'less', 'fewer', 'spent'], 'sell'],
  [
    [
      'remove',
      'removed',
      'delete',
      'drop',
      'get rid of',
      'got rid of',
      'no longer have',
      'no longer own',
      "don't have",
      "don't own",
      'do not have',
      'do not own',
      'dont have',
      'without',
      'take out',
      'forget about',
      'no more',
      'cancel',
    ],
    'remove',
  ],
  [
    [
      'actually',
      'make it',
      'make that',
      'correction',
      'change to',
      'should be',
      "it's",
      'now have',
      'i have',
      'i own',
      'i hold',
      'set',
    ],
    'set',
  ],
];

const fillers = new Set(
  "share shares unit units of in the my i i've ive we have own hold holding holdings worth about around roughly approximately and also some with a an at it is are was be : = - – x * ( ) [ ] | . etf etfs fund funds coin coins stock's to from that this on into all there just only left please currently total each for as well too etc position positions ounce ounces oz as then so hi hello hey ok okay yes portfolio account invested investment investments sitting bank by until before per every month months year years towards".split(
    ' ',
  ),
);
fillers.delete('all');
const breaks = /^(?:[,;\n+&]|and|plus|but)$/;
const cashWords = [
  'in cash',
  'of cash',
  'cash',
  'in the bank',
  'on the side',
  'uninvested',
  'money market',
  'savings',
];
const allWords = [
  'all of my',
  'all my',
  'all of the',
  'all the',
  'all',
  'everything',
  'every',
  'my entire',
  'the whole',
];
const noneWords = ['nothing yet', 'nothing at all', 'nothing', 'none', 'no holdings', 'no', 'zero'];

/** Cuts a message about holdings into its items. */
export function itemsOf(tokens: readonly Token[], source: string): Item[] {
  const items: Item[] = [];
  let at = 0;
  while (at < tokens.length) {
    const [next, item] = itemAt(tokens, at, source);
    if (item) items.push(item);
    at = next;
  }
  return items;
}

function itemAt(tokens: readonly Token[], at: number, source: string): [number, Item | null] {
  const token = tokens[at];
  if (breaks.test(token.text)) return [at + 1, { kind: 'break' }];
  if (!opensQuantity(token)) return [at + 1, null];
  const spoken = token.kind === 'word';
  const cash = spoken ? followsAny(tokens, at, cashWords) : null;
  if (cash !== null) return [cash, { kind: 'cash' }];
  const asset = assetAt(tokens, at);
  const text = (end: number) => source.slice(token.start, tokens[end - 1].end);
  if (asset) return [asset.next, { kind: 'asset', symbol: asset.symbol, text: text(asset.next) }];
  for (const [phrases, verb] of spoken ? verbs : []) {
    const next = followsAny(tokens, at, phrases);
    const negative = verb === 'sell' && token.text === 'minus' && tokens[at + 1]?.kind === 'number';
    if (next !== null && !negative) return [next, { kind: 'verb', verb }];
  }
  const fraction = fractionOf(tokens, at);
  if (fraction) return [at + 3, { kind: 'quantity', money: fraction, text: text(at + 3) }];
  const money = moneyAt(tokens, at);
  if (money) {
    const sign = percentSignAt(tokens, money.next);
    if (sign !== null) return [sign, { kind: 'percent', text: text(sign) }];
    // "1 x SPY" and "12x SPY"
    const times = tokens[money.next]?.text === 'x' ? money.next + 1 : money.next;
    return [times, { kind: 'quantity', money, text: text(money.next) }];
  }
  const all = spoken ? followsAny(tokens, at, allWords) : null;
  if (all !== null) return [all, { kind: 'all' }];
  const none = spoken ? followsAny(tokens, at, noneWords) : null;
  if (none !== null) return [none, { kind: 'none' }];
  // "A bitcoin" is one.
  const one = /^an?$/.test(token.text) && assetAt(tokens, at + 1);
  if (one)
    return [at + 1, { kind: 'quantity', money: exactly(100_000_000n, at + 1), text: token.text }];
  if (token.kind !== 'word' || fillers.has(token.text)) return [at + 1, null];
  return wordAt(tokens, at, source);
}

/** A word that may be a ticker: with what is glued to it, such as "BRK.B". */
function wordAt(tokens: readonly Token[], at: number, source: string): [number, Item] {
  let next = at + 1;
  while (
    tokens[next]?.glued &&
    /^[.\-/&\p{L}\d]/u.test(tokens[next].text) &&
    tokens[next + 1]?.glued
  ) {
    next += 1;
  }
  if (next > at + 1 && tokens[next]?.glued && tokens[next].kind !== 'sign') next += 1;
  const text = source.slice(tokens[at].start, tokens[next - 1].end).slice(0, 40);
  return [next, { kind: 'word', text, shouted: /^[A-Z][A-Z.\-\d]{1,7}$/.test(text) }];
}

/** "1/2": a fraction of one unit. */
function fractionOf(tokens: readonly Token[], at: number): MoneyFound | null {
  const [over, sign, under] = tokens.slice(at, at + 3);
  if (sign?.text !== '/' || !sign.glued || !under?.glued) return null;
  if (!/^[1-9]$/.test(over.text) || !/^[2-9]$/.test(under.text)) return null;
  if (Number(over.text) >= Number(under.text)) return null;
  return exactly((100_000_000n * BigInt(over.text)) / BigInt(under.text), at + 3);
}

function exactly(scaled: bigint, next: number): MoneyFound {
  const number = { state: 'one', scaled, magnitude: 1n, plain: true, next } as const;
  return { number, currency: null, negative: false, next };
}
