import { formatDay, formatPercent } from '../language/format.ts';
import { assetLabel } from './asset-label.ts';
import type { ChartSpec } from './spec.ts';
import { simulatedSentence, subtitle } from './subtitle.ts';

export interface RiskInput {
  /** `weight` is the share of money, `share` the share of portfolio variance; both sum to 1. */
  readonly rows: readonly {
    readonly asset: string;
    readonly weight: number;
    readonly share: number;
  }[];
  readonly advisedOn: number;
  readonly simulated: boolean;
}

const mostRows = 10;

/** Share of the money beside share of the risk, riskiest first. */
export function riskChart(input: RiskInput): ChartSpec {
  const rows = shownRows(input);
  return {
    kind: 'bars',
    title: 'Where the risk comes from',
    subtitle: subtitle(
      ['Share of money and of risk (variance)', `advice of ${formatDay(input.advisedOn)}`],
      input.simulated,
    ),
    simulated: input.simulated,
    valueFormat: 'percent',
    labels: rows.map((row) => row.label),
    series: [
      { name: 'Money', role: 'recommended', values: rows.map((row) => row.weight) },
      { name: 'Risk', role: 'loss', values: rows.map((row) => row.share) },
    ],
  };
}

/** The same as a sentence. */
export function riskAlt(input: RiskInput): string {
  const parts = shownRows(input).map(
    (row) =>
      `${row.label} ${formatPercent(row.weight)} of the money, ${formatPercent(row.share)} of the risk`,
  );
  return `Bar chart of money and risk by asset: ${parts.join('; ')}.${simulatedSentence(input.simulated)}`;
}

function shownRows(input: RiskInput) {
  const rows = input.rows
    .map((row) => ({ label: assetLabel(row.asset), weight: row.weight, share: row.share }))
    .filter((row) => Math.abs(row.weight) >= 0.0005 || Math.abs(row.share) >= 0.0005)
    .sort((a, b) => b.share - a.share);
  if (rows.length <= mostRows) return rows;
  const rest = rows.slice(mostRows - 1);
  const sum = (key: 'weight' | 'share') => rest.reduce((total, row) => total + row[key], 0);
  return [
    ...rows.slice(0, mostRows - 1),
    { label: `${rest.length} others`, weight: sum('weight'), share: sum('share') },
  ];
}
