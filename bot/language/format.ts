import type { Money, Units } from '../money.ts';
import { UNIT_SCALE } from '../money.ts';

/**
 * How numbers and dates are written for people: the same on every machine and in every locale,
 * rounded half away from zero, and never "-0.0". Only plain spaces and the plain hyphen are used,
 * so that what is shown can be searched, copied and compared.
 */

export const MS_PER_DAY = 86_400_000;

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const currencySigns: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£' };

/** "$1,234.50", "-$3.00", "CHF 12.00". */
export function formatMoney(money: Money): string {
  return formatMinor(money.minor, money.currency);
}

/** Cents as money: 123450 is "$1,234.50". A number of cents is rounded to whole cents first. */
export function formatMinor(minor: bigint | number, currency = 'USD'): string {
  const cents = typeof minor === 'bigint' ? minor : BigInt(roundHalfAway(minor));
  const size = cents < 0n ? -cents : cents;
  const amount = `${groupThousands(String(size / 100n))}.${String(size % 100n).padStart(2, '0')}`;
  return `${cents < 0n ? '-' : ''}${currencySigns[currency] ?? `${currency} `}${amount}`;
}

/** A fraction as a percentage: 0.1234 is "12.3 %". */
export function formatPercent(fraction: number): string {
  return `${decimal(fraction * 100, 1)} %`;
}

/** A change as a percentage with its sign: "+12.3 %", "-4.0 %", "0.0 %". */
export function formatSignedPercent(fraction: number): string {
  return `${signed(fraction * 100)} %`;
}

/** A change of a weight, in percentage points with its sign: 0.06 is "+6.0 points". */
export function formatPoints(fraction: number): string {
  return `${signed(fraction * 100)} points`;
}

/** A plain ratio with two decimals, such as a Sharpe ratio: "0.84". */
export function formatRatio(value: number): string {
  return decimal(value, 2);
}

/** A UTC day number as "30 June 2032". */
export function formatDay(day: number): string {
  const date = new Date(day * MS_PER_DAY);
  if (Number.isNaN(date.getTime())) throw new RangeError(`Not a day number: ${day}.`);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** Milliseconds since the epoch as "30 June 2032, 14:05 UTC". */
export function formatMoment(ms: number): string {
  const day = formatDay(Math.floor(ms / MS_PER_DAY));
  const date = new Date(ms);
  return `${day}, ${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())} UTC`;
}

/** Scaled units without idle zeros: 350000000n is "3.5", 120000000000n is "1,200". */
export function formatUnits(units: Units): string {
  const size = units < 0n ? -units : units;
  const fraction = String(size % UNIT_SCALE)
    .padStart(8, '0')
    .replace(/0+$/, '');
  const whole = groupThousands(String(size / UNIT_SCALE));
  return `${units < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

const spans = [
  ['day', MS_PER_DAY],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** A length of time in its largest whole unit, at least one second: "3 days", "1 hour". */
export function formatDuration(ms: number): string {
  const size = Math.abs(ms);
  const [name, length] = spans.find(([, span]) => size >= span) ?? spans[3];
  return count(Math.max(1, Math.round(size / length)), name);
}

/** Whole months as people say them: 90 is "7 years and 6 months". */
export function formatMonths(total: number): string {
  const whole = Math.max(0, Math.round(total));
  const years = Math.floor(whole / 12);
  const rest = whole % 12;
  if (years === 0) return count(rest, 'month');
  return rest === 0 ? count(years, 'year') : `${count(years, 'year')} and ${count(rest, 'month')}`;
}

/** "SPY", "SPY and AGG", "SPY, AGG and GLD". */
export function formatList(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`;
}

function count(number: number, noun: string): string {
  return `${groupThousands(String(number))} ${noun}${number === 1 ? '' : 's'}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function signed(value: number): string {
  const text = decimal(value, 1);
  return text.startsWith('-') || text === '0.0' ? text : `+${text}`;
}

/** A finite number with a fixed number of decimals and thousands separators; zero has no sign. */
function decimal(value: number, decimals: number): string {
  const scaled = roundHalfAway(value * 10 ** decimals);
  const digits = scaled.replace('-', '').padStart(decimals + 1, '0');
  const whole = groupThousands(digits.slice(0, digits.length - decimals));
  return `${scaled.startsWith('-') ? '-' : ''}${whole}.${digits.slice(-decimals)}`;
}

/** Whole number as digits. Fifteen significant digits first, so that 0.1235 x 1000 counts as 123.5. */
function roundHalfAway(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`Not a number that can be shown: ${value}.`);
  const size = Math.round(Number(Math.abs(value).toPrecision(15)));
  return `${value < 0 && size > 0 ? '-' : ''}${BigInt(size)}`;
}

function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
