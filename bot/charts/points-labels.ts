import { placeNames, type Side } from './place-names.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What Chart.js knows of a chart of points while it lays out its names. */
export interface LaidOut {
  readonly chartArea: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  readonly scales: Readonly<Record<'x' | 'y', { getPixelForValue(value: number): number }>>;
  readonly data: {
    readonly datasets: readonly {
      readonly data: readonly Point[];
      readonly names: readonly string[];
      readonly pointRadius: number;
      readonly datalabels: { readonly offset: number; readonly font: { readonly weight: number } };
    }[];
  };
}

/** How wide a letter of a name is, on average and with room to spare. */
const letter = { plain: 6, strong: 7.8 };
/** A curve is an obstacle at steps of this many points. */
const step = 5;

const known = new WeakMap<LaidOut, { readonly size: string; readonly sides: readonly Side[][] }>();

/** Where the name of a point stands, by the size that the chart really has: a phone's or a desktop's. */
export function sideOf(chart: LaidOut, dataset: number, index: number): Side {
  const { left, top, width, height } = chart.chartArea;
  const size = [left, top, width, height].join();
  const before = known.get(chart);
  if (before?.size === size) return before.sides[dataset][index];
  const inPlot = ({ x, y }: Point): Point => ({
    x: chart.scales.x.getPixelForValue(x) - left,
    y: chart.scales.y.getPixelForValue(y) - top,
  });
  const { datasets } = chart.data;
  const named = datasets.flatMap((set, s) =>
    set.names.map((name, i) => ({
      ...inPlot(set.data[i]),
      wide: name.length * (set.datalabels.font.weight >= 600 ? letter.strong : letter.plain),
      radius: set.pointRadius,
      offset: set.datalabels.offset,
      s,
    })),
  );
  const curves = datasets
    .filter(({ names }) => names.length === 0)
    .flatMap(({ data }) => along(data.map(inPlot)));
  const placed = placeNames(named, width, height, curves);
  const sides = datasets.map((_, s) => placed.filter((_side, i) => named[i].s === s));
  known.set(chart, { size, sides });
  return sides[dataset][index];
}

/** Points along a line, no further apart than the step. */
function along(line: readonly Point[]): Point[] {
  return line.slice(1).flatMap((to, i) => {
    const from = line[i];
    const count = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / step));
    return Array.from({ length: count }, (_, k) => ({
      x: from.x + ((to.x - from.x) * k) / count,
      y: from.y + ((to.y - from.y) * k) / count,
    }));
  });
}
