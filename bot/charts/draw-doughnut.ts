import { formats } from './formats.ts';
import { chartWidth, common } from './look.ts';
import { colourOf, inkOn, type Theme, themes } from './palette.ts';
import type { PlainChart } from './plain-chart.ts';
import type { ChartSpec } from './spec.ts';

/** Shares of a whole, with their values in the legend. */
export function doughnut(spec: ChartSpec, theme: Theme): PlainChart {
  const series = spec.series[0];
  const format = formats[spec.valueFormat];
  const total = series.values.reduce((sum, v) => sum + v, 0) || 1;
  const colours = series.values.map((_, i) => colourOf(series.roles?.[i] ?? series.role, theme));
  return {
    type: 'doughnut',
    size: { width: chartWidth, height: 360 },
    data: {
      labels: spec.labels.map((label, i) => `${label}  ${format(series.values[i])}`),
      datasets: [
        {
          label: series.name,
          data: [...series.values],
          backgroundColor: colours,
          borderColor: themes[theme].background,
          borderWidth: 2,
          datalabels: { color: colours.map(inkOn) },
        },
      ],
    },
    options: { ...common(spec, theme, 'right'), cutout: '56%' },
    names: { value: spec.valueFormat, values: 'inside', roomFrom: total * 0.06 },
  };
}
