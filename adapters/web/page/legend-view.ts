import { formats } from '../../../bot/charts/formats.ts';
import { colourOf, type Theme } from '../../../bot/charts/palette.ts';
import { markOf, markPaths } from '../../../bot/charts/points-marks.ts';
import type { ChartRole, ChartSpec } from '../../../bot/charts/spec.ts';
import { drawing, element } from './element.ts';

/** A chart's colours by name, as text of the page: it wraps, zooms and reads like the rest. */
export function legendView(spec: ChartSpec, theme: Theme): HTMLElement[] {
  if (spec.kind === 'doughnut') {
    const [series] = spec.series;
    const format = formats[spec.valueFormat];
    return spec.labels.map((label, i) =>
      entry(label, series.roles?.[i] ?? series.role, theme, format(series.values[i])),
    );
  }
  // Where labels differ in colour, their names stand beside the bars.
  if (spec.series.length < 2) return [];
  return spec.series.map((series) => {
    const { name, role } = series;
    if (spec.kind !== 'points') return entry(name, role, theme);
    const mark = drawing('mark', markPaths[markOf(series)]);
    mark.style.color = colourOf(role, theme);
    return listed(mark, name);
  });
}

function entry(name: string, role: ChartRole, theme: Theme, value?: string): HTMLElement {
  const swatch = element('span', { class: 'swatch' });
  swatch.style.backgroundColor = colourOf(role, theme);
  return listed(swatch, name, value);
}

function listed(swatch: Element, name: string, value?: string): HTMLElement {
  return element(
    'li',
    {},
    swatch,
    element('span', { class: 'legend-name', dir: 'auto' }, name),
    ...(value === undefined ? [] : [element('span', { class: 'legend-value' }, value)]),
  );
}
