import { civilDate } from '../calendar.ts';
import type { PricePanel } from '../panel.ts';

export type Schedule = 'monthly' | 'quarterly' | 'yearly';

const months: Readonly<Record<Schedule, number>> = { monthly: 1, quarterly: 3, yearly: 12 };

/**
 * Rows that are the first trading day of a month, quarter or year, after the panel's first row
 * (whose period may have begun earlier).
 *
 * @returns rising rows
 */
export function scheduledRows(panel: PricePanel, schedule: Schedule): number[] {
  const period = (row: number): number => {
    const { year, month } = civilDate(panel.days[row]);
    return Math.floor((year * 12 + month - 1) / months[schedule]);
  };
  const rows: number[] = [];
  for (let row = 1; row < panel.days.length; row++) {
    if (period(row) !== period(row - 1)) rows.push(row);
  }
  return rows;
}
