import { cleanText } from './clean.ts';
import { limitEcho } from './limit-echo.ts';
import type { LimitReading } from './limit-reading.ts';
import { rules } from './limit-rules.ts';
import { partsOf } from './limit-shape.ts';
import { again, type LimitSign, limitSigns } from './limit-signs.ts';
import { tokenize } from './tokens.ts';

/** The longest sentence that is read as a limit. */
const longest = 300;

/**
 * A limit as a person types it: "equity <= 0.6", "at least 20 % bonds", "2*SPY - EFA >= 0", "no
 * crypto", "turnover below 20 %", "at most 8 holdings". Several may stand in one sentence.
 *
 * @param universe symbols that can be held, cash among them when it can
 * @returns limits as plain data for the engine, a question where a sentence can mean two things, or
 *   what to write instead
 */
export function readLimit(text: string, universe: readonly string[]): LimitReading {
  const clean = cleanText(text, longest);
  const read = limitSigns(tokenize(clean), universe, clean);
  if (read.state === 'unclear') return read;
  return sentence(read.signs, new Map()) ?? { state: 'unclear', ask: again };
}

/**
 * The whole sentence, or its clauses one after the other. An end of the sentence is read once, however
 * many ways there are to come to it: it is known by its length and the sign carried over to it.
 */
function sentence(
  signs: readonly LimitSign[],
  known: Map<string, LimitReading | null>,
): LimitReading | null {
  const key = `${signs[0]?.sign} ${signs.length}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const reading = clause(signs) ?? clauses(signs, known);
  known.set(key, reading);
  return reading;
}

function clauses(
  signs: readonly LimitSign[],
  known: Map<string, LimitReading | null>,
): LimitReading | null {
  for (let at = 1; at < signs.length - 1; at++) {
    if (signs[at].sign !== 'A') continue;
    const first = clause(signs.slice(0, at));
    if (first === null || first.state === 'unclear') continue;
    const rest = signs.slice(signs[at + 1].sign === 'A' ? at + 2 : at + 1);
    // "At least 20 % bonds and 10 % gold": what the first says holds for the second.
    const carried = /^[LGO]/.test(signs[0].sign) && /^[VXN]/.test(rest[0]?.sign ?? '');
    const second = sentence(carried ? [signs[0], ...rest] : rest, known);
    if (second !== null) return both(first, second);
  }
  return null;
}

/** Two clauses as one reading. */
function both(first: LimitReading, second: LimitReading): LimitReading {
  if (second.state === 'unclear') return second;
  if (first.state === 'understood' && second.state === 'understood')
    return { state: 'understood', limits: [...first.limits, ...second.limits] };
  const open = first.state === 'ambiguous' ? first : second;
  const settled = first.state === 'ambiguous' ? second : first;
  if (open.state !== 'ambiguous' || settled.state !== 'understood')
    return {
      state: 'unclear',
      ask: 'More than one of these can mean two things; write one limit at a time.',
    };
  const options = open.options.map((option) => {
    const limits =
      open === first
        ? [...option.limits, ...settled.limits]
        : [...settled.limits, ...option.limits];
    return { label: limits.map(limitEcho).join(', '), limits };
  });
  return { ...open, options };
}

function clause(signs: readonly LimitSign[]): LimitReading | null {
  for (const variant of [signs, withoutVerb(signs)]) {
    for (const [pattern, read] of rules) {
      const parts = partsOf(pattern, variant);
      if (parts !== null) return read(parts);
    }
  }
  return null;
}

/** "Limit crypto to at most 5 %", "increase bonds to at least 40 %": the comparison says it all. */
function withoutVerb(signs: readonly LimitSign[]): readonly LimitSign[] {
  return /^[CUD]/.test(signs[0]?.sign ?? '') ? signs.slice(1) : signs;
}
