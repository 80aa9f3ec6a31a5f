import { formatDay, formatPercent } from '../language/format.ts';
import type { ChartRole, ChartSpec } from './spec.ts';
import { listed, period, simulatedSentence, subtitle } from './subtitle.ts';

export interface DrawdownInput {
  /** `values` are amounts of money or prices; the falls below the highest so far are drawn. */
  readonly lines: readonly {
    readonly name: string;
    readonly role: Extract<ChartRole, 'recommended' | 'today' | 'benchmark' | 'muted'>;
    readonly values: ArrayLike<number>;
  }[];
  readonly days: ArrayLike<number>;
  readonly simulated: boolean;
}

/** How far each line stood below its highest so far. */
export function drawdownChart(input: DrawdownInput): ChartSpec {
  return {
    kind: 'lines',
    title: 'Falls from the highest point',
    subtitle: subtitle([period(input.days), 'hypothetical'], input.simulated),
    simulated: input.simulated,
    valueFormat: 'percent',
    labels: [],
    series: input.lines.map((line) => {
      const values = falls(line.values);
      return {
        name: `${line.name} ${formatPercent(deepest(values))}`,
        role: line.role,
        values,
        days: Array.from(input.days),
      };
    }),
  };
}

/** The same as a sentence. */
export function drawdownAlt(input: DrawdownInput): string {
  const worst = input.lines.map((line) => {
    const values = falls(line.values);
    const at = values.indexOf(deepest(values));
    return `${formatPercent(-values[at])} for ${line.name} on ${formatDay(input.days[at])}`;
  });
  return (
    `Line chart of falls from the highest point, ${period(input.days)}. The deepest was ` +
    `${listed(worst)}.${simulatedSentence(input.simulated)}`
  );
}

/** Value over the highest so far, minus one: 0 or negative. */
function falls(values: ArrayLike<number>): number[] {
  let highest = Number.NEGATIVE_INFINITY;
  return Array.from(values, (value) => {
    highest = Math.max(highest, value);
    return value / highest - 1;
  });
}

/** By hand: spreading thousands of values into Math.min can overflow the stack. */
function deepest(values: readonly number[]): number {
  return values.reduce((worst, value) => (value < worst ? value : worst), 0);
}
