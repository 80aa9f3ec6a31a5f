import * as chrono from 'chrono-node';
import { dayOf } from './calendar.ts';
import { judgeDay } from './date.ts';
import { MS_PER_DAY } from './format.ts';
import type { Reading, Span } from './reading.ts';

/** Words without which chrono has nothing to find that the grammar has not. */
const hint =
  /\b(?:today|tonight|yesterday|tomorrow|tmrw|weekend|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)day|next|coming|fortnight|week|month|year)\b/i;
const longest = 400;

/**
 * Dates that only chrono-node reads ("next Friday", "the day after tomorrow"), looked for in what
 * the grammar left. Money and all other spans are masked first, because chrono takes "$1.5m" for
 * a minute and a half.
 */
export function readRest(text: string, taken: readonly Span[], today: number): Reading[] {
  const masked = mask(text, taken);
  if (!hint.test(masked)) return [];
  const reference = { instant: new Date(today * MS_PER_DAY), timezone: 0 };
  const readings: Reading[] = [];
  for (const result of chrono.en.parse(masked, reference, { forwardDate: true })) {
    const { start } = result;
    const certain =
      start.isCertain('day') || start.isCertain('weekday') || start.isCertain('month');
    const [year, month, date] = [start.get('year'), start.get('month'), start.get('day')];
    if (!certain || result.text.includes('\u0001') || !year || !month || !date) continue;
    const span = { start: result.index, end: result.index + result.text.length };
    readings.push({ span, ...judgeDay(dayOf(year, month, date), today) });
  }
  return readings;
}

/** The text with what is already read, and every other digit, blanked out at the same length. */
function mask(text: string, taken: readonly Span[]): string {
  let masked = '';
  let at = 0;
  for (const { start, end } of taken) {
    masked += text.slice(at, start) + '\u0001'.repeat(end - start);
    at = end;
  }
  return (masked + text.slice(at)).slice(0, longest).replace(/[\d:]/g, '\u0001');
}
