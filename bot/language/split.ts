import type { Found } from './reading.ts';
import { followsAny, type Token } from './tokens.ts';

/** "60/40", "80-20", "70:20:10", "60/40 stocks and bonds": whole parts that sum to 100. */
export function readSplitAt(tokens: readonly Token[], at: number): Found | null {
  const parts: number[] = [];
  let next = at;
  while (tokens[next]?.kind === 'number' && /^\d{1,2}$/.test(tokens[next].text)) {
    parts.push(Number(tokens[next].text));
    next += 1;
    const joined = /^[-/:–]$/.test(tokens[next]?.text ?? '') && tokens[next + 1]?.kind === 'number';
    if (!joined || parts.length === 4) break;
    next += 1;
  }
  if (parts.length < 2 || parts.some((part) => part === 0)) return null;
  if (parts.reduce((sum, part) => sum + part, 0) !== 100) return null;
  // "40-60 %" and "40-60k" are ranges.
  if (/^(?:%|percent|per|k|m|years?|months?|usd|dollars)$/.test(tokens[next]?.text ?? '')) {
    return null;
  }
  next =
    followsAny(tokens, next, [
      'stocks and bonds',
      'stocks / bonds',
      'stock / bond',
      'stocks to bonds',
      'stocks bonds',
      'bonds and stocks',
      'split',
    ]) ?? next;
  return {
    state: 'understood',
    next,
    meaning: { kind: 'split', parts: parts.map((part) => part / 100) },
  };
}
