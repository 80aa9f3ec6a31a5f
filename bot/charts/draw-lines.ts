import { axisFormat } from './formats.ts';
import { chartWidth, common, scaleLook } from './look.ts';
import { colourOf, type Theme } from './palette.ts';
import type { PlainChart } from './plain-chart.ts';
import type { ChartSpec } from './spec.ts';
import { thin } from './thin.ts';
import { logTicks, timeTicks, valueTicks } from './ticks.ts';

/** Values over time, at most 400 points a line. */
export function lines(spec: ChartSpec, theme: Theme): PlainChart {
  const days = spec.series.flatMap((series) => [series.days![0], series.days!.at(-1)!]);
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const datasets = spec.series.map((series) => {
    const points = series.values.map((y, i) => ({ x: series.days![i], y }));
    const colour = colourOf(series.role, theme);
    return {
      label: series.name,
      data: thin(points, 400),
      borderColor: colour,
      // Without it the legend's mark is grey.
      backgroundColor: colour,
      borderWidth: series.role === 'recommended' ? 2.4 : 1.7,
      borderDash: series.role === 'benchmark' ? [5, 3] : [],
      pointRadius: 0,
      tension: 0,
    };
  });
  const drawn = datasets.flatMap((set) => set.data.map((p) => p.y));
  const [least, greatest] = [Math.min(...drawn), Math.max(...drawn)];
  const short = axisFormat(spec.valueFormat);
  const linear = valueTicks(least, greatest, short, 5);
  const y = spec.logarithmic ? logTicks(least, greatest, short) : linear;
  return {
    type: 'line',
    size: { width: chartWidth, height: 360 },
    data: { datasets },
    options: {
      ...common(spec, theme, spec.series.length > 1 ? 'top' : 'none'),
      parsing: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      scales: {
        x: { type: 'linear', min: first, max: last, ...scaleLook(theme, false) },
        y: {
          type: spec.logarithmic ? 'logarithmic' : 'linear',
          ...(spec.logarithmic
            ? { min: least * 0.97, max: greatest * 1.03 }
            : { min: linear.min, max: linear.max }),
          ...scaleLook(theme, true),
        },
      },
    },
    names: {
      value: spec.valueFormat,
      x: timeTicks(first, last),
      y: { at: y.at, format: y.format },
      values: 'none',
      roomFrom: 0,
    },
  };
}
