import { formatDay, formatPercent } from '../language/format.ts';
import { assetLabel } from './asset-label.ts';
import type { ChartSpec } from './spec.ts';
import { simulatedSentence, subtitle } from './subtitle.ts';

export interface AllocationInput {
  /** Cash included, as `CASH`. `today` is null for somebody without holdings. Fractions of value. */
  readonly rows: readonly {
    readonly asset: string;
    readonly today: number | null;
    readonly recommended: number;
  }[];
  /** UTC day number of the prices. */
  readonly pricedOn: number;
  readonly simulated: boolean;
}

/** Rows a phone can show; the smallest beyond become one. */
const mostRows = 10;
/** Below this a weight is dust and has no row of its own. */
const dust = 0.0005;

interface Row {
  readonly label: string;
  readonly today: number;
  readonly recommended: number;
}

/** Where the money is today and where Keel would put it, largest first. */
export function allocationChart(input: AllocationInput): ChartSpec {
  const rows = shownRows(input);
  const held = input.rows.some((row) => row.today !== null);
  return {
    kind: 'bars',
    title: held ? 'Today and recommended' : 'Recommended allocation',
    subtitle: subtitle(
      ['Share of value', `prices of ${formatDay(input.pricedOn)}`],
      input.simulated,
    ),
    simulated: input.simulated,
    valueFormat: 'percent',
    labels: rows.map((row) => row.label),
    series: [
      ...(held
        ? [{ name: 'Today', role: 'today' as const, values: rows.map((row) => row.today) }]
        : []),
      {
        name: 'Recommended',
        role: 'recommended' as const,
        values: rows.map((row) => row.recommended),
      },
    ],
  };
}

/** The same as a sentence, for people who do not see the picture. */
export function allocationAlt(input: AllocationInput): string {
  const held = input.rows.some((row) => row.today !== null);
  const parts = shownRows(input).map((row) =>
    held
      ? `${row.label} ${formatPercent(row.today)} today, ${formatPercent(row.recommended)} recommended`
      : `${row.label} ${formatPercent(row.recommended)}`,
  );
  const opening = held ? 'Bar chart of today and recommended' : 'Bar chart of the recommended';
  return `${opening} shares of value: ${parts.join('; ')}.${simulatedSentence(input.simulated)}`;
}

function shownRows(input: AllocationInput): readonly Row[] {
  const rows = input.rows
    .map((row) => ({
      label: assetLabel(row.asset),
      today: row.today ?? 0,
      recommended: row.recommended,
    }))
    .filter((row) => Math.abs(row.today) >= dust || Math.abs(row.recommended) >= dust)
    .sort((a, b) => b.recommended - a.recommended || b.today - a.today);
  if (rows.length <= mostRows) return rows;
  const bySize = [...rows].sort(
    (a, b) => Math.max(b.recommended, b.today) - Math.max(a.recommended, a.today),
  );
  const small = new Set(bySize.slice(mostRows - 1));
  const sum = (key: 'today' | 'recommended') =>
    [...small].reduce((total, row) => total + row[key], 0);
  return [
    ...rows.filter((row) => !small.has(row)),
    { label: `${small.size} others`, today: sum('today'), recommended: sum('recommended') },
  ];
}
