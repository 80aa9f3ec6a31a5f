import { distance } from 'fastest-levenshtein';

/** Words that carry little by themselves; they still count a little, because "how am I doing" has no others. */
const weak = new Set(
  "a an the i me my mine we our you your it its this that these those is are am was be been do does did can could would will shall should to of in on at for from with and or but so if please just now show tell give see want need like get let have has had what how about some any there here up us im keel i'm what's whats how's hows it's ok okay hey".split(
    ' ',
  ),
);
const weakWeight = 0.2;

/** Words of their own that look like a slip of another: cash is no crash, gold is no good. */
const exact = new Set(['cash', 'gold']);

/** A word without its commonest endings: "crashes" and "crashing" become "crash". */
export function stem(word: string): string {
  const bare = word.replace(/'s$/, '');
  if (bare.length <= 4) return bare.length === 4 ? bare.replace(/([^s])s$/, '$1') : bare;
  return bare
    .replace(/(?:ies)$/, 'y')
    .replace(/(?:sses|shes|ches|xes)$/, (end) => end.slice(0, -2))
    .replace(/([^s])s$/, '$1')
    .replace(/([a-z]{3})(?:ing|ed)$/, '$1')
    .replace(/([bdgmnprt])\1$/, '$1')
    .replace(/e$/, '');
}

export function weightOf(word: string): number {
  return weak.has(word) ? weakWeight : 1;
}

/** Whether two words are the same up to ending and a slip of the finger. */
export function sameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [stem(a), stem(b)];
  if (x === y) return true;
  if (weak.has(a) || weak.has(b) || exact.has(a) || exact.has(b)) return false;
  const length = Math.min(x.length, y.length);
  if (length < 4 || x[0] !== y[0] || Math.abs(x.length - y.length) > 2) return false;
  return distance(x, y) <= (length >= 7 ? 2 : 1);
}

export interface Match {
  /** 0 to 1; 1 when phrase and text are the same words in the same order. */
  readonly score: number;
  /** Indices of the text's words that the phrase accounts for. */
  readonly used: ReadonlySet<number>;
}

/** How well a phrase covers a text and the text a phrase, by the weight of their words. */
export function matchPhrase(phrase: readonly string[], words: readonly string[]): Match {
  const used = new Set<number>();
  let covered = 0;
  let total = 0;
  let inOrder = true;
  let previous = -1;
  for (const word of phrase) {
    const weight = weightOf(word);
    total += weight;
    const at = words.findIndex((candidate, index) => !used.has(index) && sameWord(word, candidate));
    if (at < 0) continue;
    // Another form of the word counts a little less, so that "profiles" is not "profile".
    covered += weight * (words[at] === word ? 1 : 0.9);
    inOrder &&= at > previous;
    previous = at;
    used.add(at);
  }
  const textWeight = words.reduce((sum, word) => sum + weightOf(word), 0);
  const usedWeight = [...used].reduce((sum, index) => sum + weightOf(words[index]), 0);
  if (total === 0 || textWeight === 0) return { score: 0, used };
  // One word out of many says too little.
  if (usedWeight / textWeight < 0.3) return { score: 0, used };
  const score = 0.6 * (covered / total) + 0.4 * (usedWeight / textWeight);
  const exact = inOrder && covered === total && used.size === words.length;
  return { score: exact ? 1 : Math.min(score, 0.99) * (inOrder ? 1 : 0.95), used };
}
