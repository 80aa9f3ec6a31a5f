import { formatSignedPercent } from '../language/format.ts';
import { formats } from './formats.ts';
import type { ChartRole, ChartSpec } from './spec.ts';
import { listed, period, simulatedSentence, subtitle } from './subtitle.ts';

export interface GrowthInput {
  /** Up to four. `values` are amounts of money, one per day, all starting at the same amount. */
  readonly lines: readonly {
    readonly name: string;
    readonly role: Extract<ChartRole, 'recommended' | 'today' | 'benchmark' | 'muted'>;
    readonly values: ArrayLike<number>;
  }[];
  /** UTC day numbers, one per value. */
  readonly days: ArrayLike<number>;
  /** Whether the values are net of trading costs, which the subtitle then says. */
  readonly afterCosts: boolean;
  readonly simulated: boolean;
  /** Default: logarithmic when some line grew fivefold, so that early years stay visible. */
  readonly logarithmic?: boolean;
}

/** What an amount became under each line. */
export function growthChart(input: GrowthInput): ChartSpec {
  const start = formats.usd(input.lines[0].values[0]);
  const steep = input.lines.some((line) => last(line.values) > 5 * line.values[0]);
  return {
    kind: 'lines',
    title: `What ${start} became`,
    subtitle: subtitle(
      [
        period(input.days),
        ...(input.afterCosts ? ['after trading costs'] : []),
        ...((input.logarithmic ?? steep) ? ['logarithmic axis'] : []),
        'hypothetical',
      ],
      input.simulated,
    ),
    simulated: input.simulated,
    valueFormat: 'usd',
    labels: [],
    logarithmic: input.logarithmic ?? steep,
    series: input.lines.map((line) => ({
      name: `${line.name} ${formats.usd(last(line.values))}`,
      role: line.role,
      values: Array.from(line.values),
      days: Array.from(input.days),
    })),
  };
}

/** The same as a sentence. */
export function growthAlt(input: GrowthInput): string {
  const ends = input.lines.map((line) => {
    const change = last(line.values) / line.values[0] - 1;
    return `${formats.usd(last(line.values))} (${formatSignedPercent(change)}) with ${line.name}`;
  });
  return (
    `Line chart from ${period(input.days)}: ${formats.usd(input.lines[0].values[0])} became ` +
    `${listed(ends)}${input.afterCosts ? ', after trading costs' : ''}. Hypothetical performance.` +
    simulatedSentence(input.simulated)
  );
}

const last = (values: ArrayLike<number>) => values[values.length - 1];
