import { MS_PER_DAY } from './format.ts';

/** UTC day numbers and back. Months count from 1. */

/** The UTC day of milliseconds since the epoch; a day number is taken as it is. */
export function dayOfNow(now: number): number {
  return Math.abs(now) > 10_000_000 ? Math.floor(now / MS_PER_DAY) : Math.floor(now);
}

export function dayOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / MS_PER_DAY;
}

export function lastOfMonth(year: number, month: number): number {
  return dayOf(year, month + 1, 1) - 1;
}

/** Whether the calendar has this day. */
export function exists(year: number, month: number, day: number): boolean {
  return (
    month >= 1 && month <= 12 && day >= 1 && dayOf(year, month, day) <= lastOfMonth(year, month)
  );
}

export function partsOf(day: number): { year: number; month: number; day: number } {
  const date = new Date(day * MS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The same day of the month some months on, or the month's last day where it is shorter. */
export function addMonths(from: number, months: number): number {
  const { year, month, day } = partsOf(from);
  const index = year * 12 + (month - 1) + months;
  const last = lastOfMonth(Math.floor(index / 12), (index % 12) + 1);
  return Math.min(dayOf(Math.floor(index / 12), (index % 12) + 1, day), last);
}
