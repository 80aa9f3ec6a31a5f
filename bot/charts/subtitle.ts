import { formatDay } from '../language/format.ts';

/** "Share of value at the prices of 1 May 2026", and ", simulated prices" where they are. */
export function subtitle(parts: readonly string[], simulated: boolean): string {
  return [...parts, ...(simulated ? ['simulated prices'] : [])].join(', ');
}

/** "2 January 2008 to 1 May 2026". */
export function period(days: ArrayLike<number>): string {
  return `${formatDay(days[0])} to ${formatDay(days[days.length - 1])}`;
}

/** "a, b and c". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/** The sentence that alt texts end with where prices are simulated. */
export const simulatedSentence = (simulated: boolean) =>
  simulated ? ' The prices are simulated.' : '';
