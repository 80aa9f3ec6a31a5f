/** What typed words pick among labelled options. */
export type TypedChoice =
  | { readonly kind: 'one'; readonly index: number }
  | { readonly kind: 'several'; readonly indexes: readonly number[] }
  | { readonly kind: 'none' };

const ordinals: readonly string[] = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Lower case words and numbers with single spaces, so that "$1,000 for sure!" is "1000 for sure". */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(\d)[,'](?=\d{3})/g, '$1')
    .replace(/(\d)\s*%/g, '$1 percent')
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .replace(/\.(?!\d)/g, ' ')
    .trim()
    .replace(/ +/g, ' ');
}

/**
 * Reads "2", "option 2" or (part of) an option's own words. A bare number that also stands in
 * another option's words ("5" of "3 to 5 years") is not guessed at.
 */
export function typedChoice(labels: readonly string[], text: string): TypedChoice {
  const typed = plainWords(text);
  // "-1" is no way to name the first option.
  if (typed === '' || /^\s*[-\u2212]\s*\d/.test(text)) return { kind: 'none' };
  const plain = labels.map(plainWords);
  const exact = plain.indexOf(typed);
  if (exact >= 0) return { kind: 'one', index: exact };

  const numbered = /^(?:(option|answer|number|no) )?([1-9])$/.exec(typed);
  const ordinal = /^(?:the )?(first|second|third|fourth|fifth)(?: one)?$/.exec(typed)?.[1];
  const place = ordinal === undefined ? -1 : ordinals.indexOf(ordinal);
  if (place >= 0 && place < labels.length) return { kind: 'one', index: place };
  const byNumber = numbered && Number(numbered[2]) <= labels.length ? Number(numbered[2]) - 1 : -1;
  if (numbered?.[1] && byNumber >= 0) return { kind: 'one', index: byNumber };

  const found = new Set(byNumber >= 0 ? [byNumber] : []);
  if (byNumber >= 0 || typed.length > 1) {
    plain.forEach((label, index) => {
      if (` ${label} `.includes(` ${typed} `)) found.add(index);
    });
  }
  const indexes = [...found].toSorted((a, b) => a - b);
  if (indexes.length === 0) return { kind: 'none' };
  return indexes.length === 1 ? { kind: 'one', index: indexes[0] } : { kind: 'several', indexes };
}
