/** Regular expressions written in a source file, without their slashes. */
export function patternsIn(source: string): string[] {
  const literal =
    /(?<=(?:[=(,:!&|?[]|=>|return)\s*)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/[dgimsuvy]*(?=[\s.,;)\]:?])/g;
  const code = source.replace(/\/\*\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(literal)].map(([, pattern]) => pattern);
}

interface Atom {
  readonly text: string;
  readonly group: readonly Atom[][] | null;
  /** Whether it may repeat without end, and whether it must be there. */
  readonly endless: boolean;
  readonly needed: boolean;
}

/**
 * Repetitions within repetitions of a pattern that could cut the same text in more than one way, so
 * that matching might take exponential time: "(a+)+", "(a|a+)*". One whose every round begins with
 * something that the repetition inside cannot match, such as "(,\d+)*", can be cut in one way only.
 */
export function doubtfulRepeats(pattern: string): string[] {
  const found: string[] = [];
  const visit = (ways: readonly Atom[][]): void => {
    for (const atom of ways.flat()) {
      if (atom.group === null) continue;
      if (atom.endless && atom.group.some((way) => !cutsOneWay(way))) found.push(atom.text);
      visit(atom.group);
    }
  };
  visit(parse(pattern));
  return found;
}

function cutsOneWay(way: readonly Atom[]): boolean {
  const inner = endlessIn(way);
  if (inner.length === 0) return true;
  const [first] = way;
  return (
    first.group === null &&
    first.needed &&
    !first.endless &&
    inner.every((one) => apart(first, one))
  );
}

function endlessIn(way: readonly Atom[]): Atom[] {
  return way.flatMap((atom) => [
    ...(atom.endless && atom.group === null ? [atom] : []),
    ...(atom.group ?? []).flatMap(endlessIn),
  ]);
}

const samples = Array.from({ length: 0x250 }, (_, code) => String.fromCodePoint(code)).concat([
  ...'’‘“”–—−×½€£₿　中',
]);

/** No character that one atom matches is matched by the other. */
function apart(a: Atom, b: Atom): boolean {
  const [one, other] = [a, b].map(({ text }) => new RegExp(`^(?:${text})$`, 'iu'));
  return samples.every((sample) => !(one.test(sample) && other.test(sample)));
}

function parse(pattern: string): Atom[][] {
  const reader = { at: 0 };
  return alternatives(pattern, reader);
}

function alternatives(pattern: string, reader: { at: number }): Atom[][] {
  const ways: Atom[][] = [[]];
  while (reader.at < pattern.length && pattern[reader.at] !== ')') {
    if (pattern[reader.at] === '|') {
      ways.push([]);
      reader.at += 1;
      continue;
    }
    const start = reader.at;
    const group = pattern[start] === '(' ? inside(pattern, reader) : null;
    if (group === null) reader.at += atomAt(pattern, start).length;
    const text = pattern.slice(start, reader.at);
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(pattern.slice(reader.at))?.[0] ?? '';
    reader.at += quantifier.length;
    ways.at(-1)!.push({
      text,
      group,
      endless: /^(?:[*+]|\{\d+,\})/.test(quantifier),
      needed: !/^(?:[*?]|\{0)/.test(quantifier),
    });
  }
  return ways;
}

function inside(pattern: string, reader: { at: number }): Atom[][] {
  reader.at += /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(pattern.slice(reader.at))![0].length;
  const ways = alternatives(pattern, reader);
  reader.at += 1;
  return ways;
}

function atomAt(pattern: string, at: number): string {
  const atom =
    /^(?:\\(?:p\{[^}]*\}|P\{[^}]*\}|u\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|k<\w+>|.)|\[(?:\\.|[^\]\\])*\]|[\s\S])/iu;
  return atom.exec(pattern.slice(at))![0];
}
