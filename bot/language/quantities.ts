import { readAgeAt } from './age.ts';
import { readAmountAt } from './amount.ts';
import { dayOfNow } from './calendar.ts';
import { cleanText, MAX_MESSAGE } from './clean.ts';
import { readDateAt } from './date.ts';
import { readRest } from './date-rest.ts';
import { readPercentAt } from './percent.ts';
import { readRangeAt } from './range.ts';
import { readRateAt } from './rate.ts';
import type { Found, Reading } from './reading.ts';
import { readSplitAt } from './split.ts';
import { opensQuantity, type Token, tokenize } from './tokens.ts';

export interface Quantities {
  /** The cleaned text that the spans refer to; the same as the input when that was clean. */
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Everything found, in the order written; spans never overlap. */
  readonly readings: readonly Reading[];
}

/** Every amount, rate, percentage, range, split, date and age in a text. `now` in ms or UTC days. */
export function readQuantities(raw: string, { now }: { readonly now: number }): Quantities {
  const text = cleanText(raw, MAX_MESSAGE);
  const tokens = tokenize(text);
  const today = dayOfNow(now);
  const readings: Reading[] = [];
  let at = 0;
  while (at < tokens.length) {
    const found = foundAt(tokens, at, today);
    if (!found || found.next <= at) {
      at += 1;
      continue;
    }
    const { next, ...reading } = found;
    readings.push({ span: { start: tokens[at].start, end: tokens[next - 1].end }, ...reading });
    at = next;
  }
  const spans = readings.map(({ span }) => span);
  const all = [...readings, ...readRest(text, spans, today)];
  return { text, tokens, readings: all.sort((a, b) => a.span.start - b.span.start) };
}

/** The first reader that knows what stands here; the more telling ones come first. */
function foundAt(tokens: readonly Token[], at: number, today: number): Found | null {
  if (!opensQuantity(tokens[at])) return null;
  return (
    readAgeAt(tokens, at) ??
    readSplitAt(tokens, at) ??
    readRateAt(tokens, at) ??
    readDateAt(tokens, at, today) ??
    readRangeAt(tokens, at) ??
    readPercentAt(tokens, at) ??
    readAmountAt(tokens, at)
  );
}
