import { follows, type Token } from './tokens.ts';

export interface CurrencyFound {
  readonly currency: string;
  readonly next: number;
}

/** Signs and codes that stand before a number, longest first. */
const before: readonly (readonly [string, string])[] = [
  ['us $', 'USD'],
  ['usd $', 'USD'],
  ['a $', 'AUD'],
  ['au $', 'AUD'],
  ['c $', 'CAD'],
  ['ca $', 'CAD'],
  ['hk $', 'HKD'],
  ['nz $', 'NZD'],
  ['s $', 'SGD'],
  ['r $', 'BRL'],
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
  ['₽', 'RUB'],
  ['₺', 'TRY'],
  ['₿', 'BTC'],
];

const codes =
  'usd eur gbp chf jpy inr cad aud nzd sgd hkd sek nok dkk pln czk huf brl mxn zar krw cny rmb try rub aed';

const words = new Map<string, string>([
  ...codes.split(' ').map((code) => [code, code.toUpperCase()] as const),
  ...['dollar', 'dollars', 'buck', 'bucks', '$'].map((word) => [word, 'USD'] as const),
  ...['euro', 'euros', '€'].map((word) => [word, 'EUR'] as const),
  ...['pound', 'pounds', 'quid', 'sterling', '£'].map((word) => [word, 'GBP'] as const),
  ...['yen', '¥'].map((word) => [word, 'JPY'] as const),
  ...['franc', 'francs'].map((word) => [word, 'CHF'] as const),
  ...['rupee', 'rupees', '₹'].map((word) => [word, 'INR'] as const),
  ['yuan', 'CNY'],
  ['zloty', 'PLN'],
  ['zł', 'PLN'],
  ['krona', 'SEK'],
  ['kronor', 'SEK'],
  ['won', 'KRW'],
  ['₽', 'RUB'],
  ['rubles', 'RUB'],
]);

const dollarsOf: readonly (readonly [string, string])[] = [
  ['us dollars', 'USD'],
  ['us dollar', 'USD'],
  ['american dollars', 'USD'],
  ['canadian dollars', 'CAD'],
  ['australian dollars', 'AUD'],
  ['singapore dollars', 'SGD'],
  ['swiss francs', 'CHF'],
  ['pounds sterling', 'GBP'],
  ['british pounds', 'GBP'],
];

/** A currency that stands before its number: "$", "US$", "EUR". */
export function currencyBefore(tokens: readonly Token[], at: number): CurrencyFound | null {
  for (const [phrase, currency] of before) {
    const next = follows(tokens, at, phrase);
    if (next !== null && (next === at + 1 || tokens[at + 1].glued)) return { currency, next };
  }
  const code = tokens[at]?.kind === 'word' ? words.get(tokens[at].text) : undefined;
  const isCode = code !== undefined && tokens[at].text.length === 3 && tokens[at].text !== 'won';
  if (!isCode || tokens[at].text === 'yen') return null;
  return { currency: code === 'RMB' ? 'CNY' : code, next: at + 1 };
}

/** A currency that follows its number: "euros", "USD", "bucks", "Canadian dollars". */
export function currencyAfter(tokens: readonly Token[], at: number): CurrencyFound | null {
  for (const [phrase, currency] of dollarsOf) {
    const next = follows(tokens, at, phrase);
    if (next !== null) return { currency, next };
  }
  const token = tokens[at];
  const currency = token && token.text !== 'try' ? words.get(token.text) : undefined;
  // In "500 $20" the sign belongs to what comes after it.
  if (!currency || (token.kind === 'sign' && !token.glued && tokens[at + 1]?.glued)) return null;
  return { currency: currency === 'RMB' ? 'CNY' : currency, next: at + 1 };
}
