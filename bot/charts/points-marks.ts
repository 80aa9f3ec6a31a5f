import type { ChartRole, ChartSeries } from './spec.ts';

/** How a series of points is drawn: a mark each, or a line through all; told apart without colour too. */
export type Mark = 'star' | 'triangle' | 'diamond' | 'square' | 'circle' | 'line' | 'dashes';

const marks: Readonly<Partial<Record<ChartRole, Mark>>> = {
  recommended: 'star',
  today: 'triangle',
  gain: 'diamond',
  loss: 'square',
};

export function markOf({ names, role }: Pick<ChartSeries, 'names' | 'role'>): Mark {
  if (names !== undefined) return marks[role] ?? 'circle';
  // Beyond a limit.
  return role === 'loss' ? 'dashes' : 'line';
}

/** What Chart.js calls them. */
export const pointStyles: Readonly<Record<Mark, string>> = {
  star: 'star',
  triangle: 'triangle',
  diamond: 'rectRot',
  square: 'rect',
  circle: 'circle',
  line: 'line',
  dashes: 'line',
};

/** The same as paths in a box of 20 by 20, for a legend that is no part of the picture. */
export const markPaths: Readonly<Record<Mark, string>> = {
  star: 'M10 2.5v15M2.5 10h15M4.700 4.700l10.600 10.600M15.300 4.700 4.700 15.300',
  triangle: 'M10 3.500 17 15.500H3Z',
  diamond: 'M10 3.500l6.500 6.500-6.500 6.500-6.500-6.500Z',
  square: 'M4.500 4.500h11v11h-11Z',
  circle: 'M10 4.500a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11Z',
  line: 'M1 10h18',
  dashes: 'M1 10h6.500M12.500 10H19',
};

/** What Chart.js knows of a chart while it lays out its legend. */
interface Listed {
  readonly data: {
    readonly datasets: readonly {
      readonly label: string;
      readonly borderColor: string;
      readonly pointStyle: string;
      readonly borderDash: readonly number[];
    }[];
  };
  readonly options: { readonly color: string };
}

/** The entries of a legend with the marks of the plot, which Chart.js would draw as one shape for all. */
export function legendOf({ data, options }: Listed) {
  return data.datasets.map(({ label, borderColor, pointStyle, borderDash }, datasetIndex) => ({
    text: label,
    datasetIndex,
    fontColor: options.color,
    fillStyle: borderColor,
    strokeStyle: borderColor,
    lineWidth: pointStyle === 'star' || pointStyle === 'line' ? 2.2 : 1,
    // Two dashes in the length of an entry's line.
    lineDash: borderDash.length === 0 ? [] : [5, 3],
    pointStyle,
    hidden: false,
  }));
}
