import { chartWidth, common, wrap } from './look.ts';
import { colourOf, inkOn, type Theme, themes } from './palette.ts';
import type { PlainChart } from './plain-chart.ts';
import type { ChartSpec } from './spec.ts';

/** Few heights, because each has its own canvas in the worker. */
const heights = [360, 480, 600] as const;

/** Horizontal bars with the value at the end of each, or inside its segment when stacked. */
export function bars(spec: ChartSpec, theme: Theme): PlainChart {
  const { text } = themes[theme];
  const sums = spec.labels.map((_, i) => spec.series.reduce((s, one) => s + one.values[i], 0));
  const all = spec.stacked ? sums : spec.series.flatMap((series) => series.values);
  const least = Math.min(0, ...all);
  const greatest = Math.max(0, ...all);
  // Room for the value written at the end of the longest bar.
  const room = spec.stacked ? 0 : (greatest - least || 1) * 0.22;
  const perLabel = spec.stacked ? 1 : spec.series.length;
  const wanted = 110 + spec.labels.length * (spec.stacked ? 56 : 14 + perLabel * 15);
  return {
    type: 'bar',
    size: { width: chartWidth, height: heights.find((h) => h >= wanted) ?? 600 },
    data: {
      labels: spec.labels.map((label) => wrap(label, 24)),
      datasets: spec.series.map((series) => {
        const colours = spec.labels.map((_, i) =>
          colourOf(series.roles?.[i] ?? series.role, theme),
        );
        const colour = series.roles ? colours : colourOf(series.role, theme);
        return {
          label: series.name,
          data: [...series.values],
          backgroundColor: colour,
          borderRadius: spec.stacked ? 0 : 3,
          ...(spec.stacked
            ? { borderColor: themes[theme].background, borderWidth: 1.5, borderSkipped: false }
            : {}),
          maxBarThickness: spec.stacked ? 36 : 20,
          categoryPercentage: 0.78,
          barPercentage: spec.stacked ? 0.9 : 0.92,
          datalabels: { color: spec.stacked ? colours.map(inkOn) : text },
        };
      }),
    },
    options: {
      ...common(spec, theme, spec.series.length > 1 ? 'top' : 'none'),
      indexAxis: 'y',
      scales: {
        // No axis: every bar says its value.
        x: {
          display: false,
          stacked: spec.stacked ?? false,
          min: least < 0 ? least - room : 0,
          max: greatest > 0 ? greatest + room : 0,
        },
        y: {
          stacked: spec.stacked ?? false,
          grid: { display: false },
          border: { display: false },
          ticks: {
            color: text,
            autoSkip: false,
            font: { size: 12 },
            padding: 6,
            crossAlign: 'far',
          },
        },
      },
    },
    names: {
      value: spec.valueFormat,
      values: spec.stacked ? 'inside' : 'ends',
      roomFrom: spec.stacked ? greatest * 0.085 : 0,
    },
  };
}
