import { distance } from 'fastest-levenshtein';
import { catalogue } from '../catalogue.ts';
import { type Token, tokenize } from './tokens.ts';

interface Name {
  readonly words: readonly string[];
  readonly symbol: string;
}

/** Everything an asset is called, longest first, so that "us bonds" wins over "bonds". */
const names: readonly Name[] = catalogue
  .flatMap(({ symbol, name, aliases }) =>
    [symbol, name, ...aliases].map((text) => ({ words: wordsOf(text), symbol })),
  )
  .sort((a, b) => b.words.length - a.words.length);

const byFirstWord = Map.groupBy(names, ({ words }) => words[0]);

/** Funds Keel does not follow whose owners mean something close to one it does. */
const near: Readonly<Record<string, readonly string[]>> = {
  voo: ['SPY'],
  ivv: ['SPY'],
  splg: ['SPY'],
  vtsax: ['VTI'],
  itot: ['VTI'],
  schb: ['VTI'],
  qqqm: ['QQQ'],
  vt: ['VTI', 'VEA', 'VWO'],
  vxus: ['VEA', 'EFA', 'VWO'],
  iefa: ['EFA', 'VEA'],
  iemg: ['VWO'],
  eem: ['VWO'],
  iau: ['GLD'],
  gldm: ['GLD'],
  vgsh: ['SHY'],
  vgit: ['IEF'],
  vglt: ['TLT'],
  sgov: ['BIL'],
  schp: ['TIP'],
  vcit: ['LQD'],
  jnk: ['HYG'],
  iyr: ['VNQ'],
  stock: ['SPY', 'VTI', 'QQQ'],
  stocks: ['SPY', 'VTI', 'QQQ'],
  equities: ['SPY', 'VTI', 'QQQ'],
  bond: ['AGG', 'IEF', 'TLT'],
  bonds: ['AGG', 'IEF', 'TLT'],
  crypto: ['BTC-USD', 'ETH-USD'],
  coins: ['BTC-USD', 'ETH-USD'],
};

export interface AssetFound {
  readonly symbol: string;
  readonly next: number;
}

/** The asset named at `at`, by symbol, name or alias, in the singular or plural. */
export function assetAt(tokens: readonly Token[], at: number): AssetFound | null {
  const first = tokens[at]?.text.replace(/'s$/, '');
  if (!first) return null;
  const candidates = [...(byFirstWord.get(first) ?? []), ...singular(first)];
  for (const { words, symbol } of candidates) {
    const next = matchAt(tokens, at, words);
    if (next !== null) return { symbol, next };
  }
  return null;
}

function singular(word: string): readonly Name[] {
  return word.endsWith('s') ? (byFirstWord.get(word.slice(0, -1)) ?? []) : [];
}

/** Matches the words of a name; hyphens in the text do not matter, nor a plural at the end. */
function matchAt(tokens: readonly Token[], at: number, words: readonly string[]): number | null {
  let next = at;
  for (const [index, word] of words.entries()) {
    while (index > 0 && tokens[next]?.text === '-') next += 1;
    const text = tokens[next]?.text.replace(/'s$/, '');
    const last = index === words.length - 1;
    if (text !== word && !(last && text === `${word}s`)) return null;
    next += 1;
  }
  // A symbol is not the beginning of a longer one: "SPYG" is one word, "SPY.L" is another listing.
  const dotted = tokens[next]?.text === '.' && tokens[next].glued && tokens[next + 1]?.glued;
  return dotted ? null : next;
}

function wordsOf(text: string): string[] {
  return tokenize(text)
    .map((token) => token.text)
    .filter((word) => word !== '-');
}

/** Up to three symbols that a misspelt or unknown name may mean, nearest first. */
export function suggestAssets(text: string): string[] {
  const wanted = text.toLowerCase().slice(0, 40);
  if (Object.hasOwn(near, wanted)) return [...near[wanted]];
  const reach = wanted.length <= 3 ? 1 : wanted.length <= 5 ? 2 : 3;
  const best = new Map<string, number>();
  for (const { words, symbol } of names) {
    const name = words.join(' ');
    const away = distance(wanted, name);
    // A name that shares nothing but its length is no suggestion.
    if (away > reach || away >= Math.max(wanted.length, name.length) - 1) continue;
    best.set(symbol, Math.min(away, best.get(symbol) ?? away));
  }
  return [...best]
    .sort((a, b) => a[1] - b[1] || a[0].localeCompare(b[0], 'en'))
    .slice(0, 3)
    .map(([symbol]) => symbol);
}
