import { axisFormat } from './formats.ts';
import { chartWidth, common, fontFamily, scaleLook } from './look.ts';
import { colourOf, type Theme, themes } from './palette.ts';
import type { PlainChart } from './plain-chart.ts';
import { markOf, pointStyles } from './points-marks.ts';
import type { ChartSeries, ChartSpec } from './spec.ts';
import { valueTicks } from './ticks.ts';

const height = 420;

/** Points by two measures, each with its name beside it, and curves through points without names. */
export function points(spec: ChartSpec, theme: Theme): PlainChart {
  const { axes, valueFormat } = spec;
  if (axes === undefined) throw new Error('A chart of points needs its axes.');
  const all = (pick: (series: ChartSeries) => readonly number[]) => spec.series.flatMap(pick);
  const x = padded(all((series) => series.at ?? []));
  const y = padded(all((series) => series.values));
  const across = valueTicks(x.least, x.greatest, axisFormat(axes.xFormat), 6);
  const up = valueTicks(y.least, y.greatest, axisFormat(valueFormat), 5);
  const { text, quiet } = themes[theme];
  const datasets = spec.series.map((series) => {
    const colour = colourOf(series.role, theme);
    const mark = markOf(series);
    const curve = series.names === undefined;
    const strong = series.role === 'recommended' || series.role === 'today';
    const size = curve ? 0 : strong ? 9 : 5;
    return {
      label: series.name,
      data: series.values.map((value, i) => ({ x: series.at![i], y: value })),
      showLine: curve,
      // Points stand on the curve.
      order: curve ? 1 : 0,
      // A mark on an axis is drawn whole.
      clip: curve ? 0 : 12,
      borderDash: mark === 'dashes' ? [6, 5] : [],
      borderColor: colour,
      backgroundColor: colour,
      borderWidth: curve ? 2.2 : strong ? 2.4 : 1,
      pointStyle: pointStyles[mark],
      pointRadius: size,
      pointHoverRadius: size,
      tension: 0,
      names: series.names ?? [],
      datalabels: {
        anchor: 'center',
        offset: strong ? 10 : 7,
        color: strong ? text : quiet,
        font: { family: fontFamily, size: 12, weight: strong ? 600 : 400 },
      },
    };
  });
  const title = (words: string) => ({
    display: true,
    text: words,
    color: quiet,
    font: { family: fontFamily, size: 12.5 },
  });
  return {
    type: 'scatter',
    size: { width: chartWidth, height },
    data: { datasets },
    options: {
      ...common(spec, theme, spec.series.length > 1 ? 'top' : 'none'),
      parsing: false,
      interaction: { mode: 'nearest', intersect: false },
      scales: {
        x: {
          type: 'linear',
          min: across.min,
          max: across.max,
          title: title(axes.x),
          ...scaleLook(theme, true),
        },
        y: {
          type: 'linear',
          min: up.min,
          max: up.max,
          title: title(axes.y),
          ...scaleLook(theme, true),
        },
      },
    },
    names: {
      value: valueFormat,
      x: across,
      y: up,
      values: 'beside',
      roomFrom: 0,
    },
  };
}

/** The range of values with a little room, so that no point stands on an edge. */
function padded(values: readonly number[]): { least: number; greatest: number } {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const room = 0.06 * (greatest - least || Math.abs(greatest) || 1);
  return {
    least: least >= 0 ? Math.max(0, least - room) : least - room,
    greatest: greatest + room,
  };
}
