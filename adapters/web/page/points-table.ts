import { formats } from '../../../bot/charts/formats.ts';
import type { ChartSpec } from '../../../bot/charts/spec.ts';
import { tableView } from './table-view.ts';

/** A curve is listed by at most this many of its points; its picture has them all. */
const mostOfCurve = 12;

/** Points by name with both measures; a curve as steps along it. */
export function pointsTable(spec: ChartSpec): HTMLElement {
  const [x, y] = [formats[spec.axes?.xFormat ?? spec.valueFormat], formats[spec.valueFormat]];
  const rows = spec.series.flatMap(({ name, names, at = [], values }) => {
    const step = names === undefined ? Math.max(1, (at.length - 1) / (mostOfCurve - 1)) : 1;
    const shown = Math.min(at.length, names === undefined ? mostOfCurve : at.length);
    return Array.from({ length: shown }, (_, i) => {
      const each = Math.round(i * step);
      return [names?.[each] ?? name, x(at[each]), y(values[each])];
    });
  });
  return tableView({
    columns: [
      { label: 'Name', align: 'left' },
      { label: spec.axes?.x ?? '', align: 'right' },
      { label: spec.axes?.y ?? '', align: 'right' },
    ],
    rows,
  });
}
