import { bars } from './draw-bars.ts';
import { doughnut } from './draw-doughnut.ts';
import { lines } from './draw-lines.ts';
import { points } from './draw-points.ts';
import type { Theme } from './palette.ts';
import type { PlainChart } from './plain-chart.ts';
import type { ChartSpec } from './spec.ts';

/** Draws a spec in a theme: pure, and the same in the worker and on the page. */
export function toChartJs(spec: ChartSpec, theme: Theme): PlainChart {
  if (spec.kind === 'doughnut') return doughnut(spec, theme);
  if (spec.kind === 'points') return points(spec, theme);
  return spec.kind === 'bars' ? bars(spec, theme) : lines(spec, theme);
}
