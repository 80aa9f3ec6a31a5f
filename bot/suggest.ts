import { type Asset, catalogue } from './catalogue.ts';

/** One way on: what is shown, and the whole text that it stands for. */
export interface Suggestion {
  readonly label: string;
  readonly value: string;
}

/** Discord shows no more, and nobody reads more. */
const MOST = 25;

/**
 * Completes the last word of what is being typed to assets that Keel knows: "12 sp" to "12 SPY".
 * Tickers that begin so come first, then names and nicknames; nothing for an empty word.
 */
export function suggestAssets(typed: string): readonly Suggestion[] {
  const [, before, word] = /^([\s\S]*?)([\p{L}\p{N}&^.-]*)$/u.exec(typed.slice(0, 300)) ?? [
    '',
    '',
    '',
  ];
  const sought = word.toLowerCase();
  if (sought === '' || /^[\d.-]+$/.test(sought)) return [];
  return catalogue
    .map((asset) => ({ asset, rank: rankOf(asset, sought) }))
    .filter(({ rank }) => rank !== null)
    .sort((one, other) => one.rank! - other.rank!)
    .slice(0, MOST)
    .map(({ asset: { symbol, name } }) => ({
      label: `${symbol}: ${name}`,
      value: `${before}${symbol}`,
    }));
}

/** 0 for a ticker that begins so, 1 for a nickname, 2 for a word of the name; null for none. */
function rankOf({ symbol, name, aliases }: Asset, sought: string): number | null {
  if (symbol.toLowerCase().startsWith(sought)) return 0;
  if (aliases.some((alias) => alias.startsWith(sought))) return 1;
  return name
    .toLowerCase()
    .split(' ')
    .some((each) => each.startsWith(sought))
    ? 2
    : null;
}
