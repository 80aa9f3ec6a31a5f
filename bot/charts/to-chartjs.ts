import { axisFormat, type FormatName, formats } from './formats.ts';
import { colourOf, inkOn, type Theme, themes } from './palette.ts';
import type { ChartSpec } from './spec.ts';
import { thin } from './thin.ts';
import { logTicks, type Ticks, timeTicks, valueTicks } from './ticks.ts';

/** A Chart.js configuration without its functions: plain data that can be posted, stored and compared. */
export interface PlainChart {
  readonly type: 'doughnut' | 'bar' | 'line';
  readonly size: { readonly width: number; readonly height: number };
  readonly data: {
    readonly labels?: readonly (string | readonly string[])[];
    readonly datasets: readonly PlainData[];
  };
  readonly options: Readonly<Record<string, unknown>>;
  /** What `bindFormats` turns into functions. */
  readonly names: {
    readonly value: FormatName;
    readonly x?: Ticks;
    readonly y?: Ticks;
    /** Where values are written: at bar ends, inside segments or slices, or nowhere. */
    readonly values: 'ends' | 'inside' | 'none';
    /** Values smaller than this have no room for theirs. */
    readonly roomFrom: number;
  };
}

type PlainData = Readonly<Record<string, unknown>>;

export const fontFamily = 'Inter, system-ui, sans-serif';
const width = 480;
/** Few heights, because each has its own canvas in the worker. */
const heights = [360, 480, 600] as const;

/** Draws a spec in a theme: pure, and the same in the worker and on the page. */
export function toChartJs(spec: ChartSpec, theme: Theme): PlainChart {
  if (spec.kind === 'doughnut') return doughnut(spec, theme);
  return spec.kind === 'bars' ? bars(spec, theme) : lines(spec, theme);
}

function doughnut(spec: ChartSpec, theme: Theme): PlainChart {
  const series = spec.series[0];
  const format = formats[spec.valueFormat];
  const total = series.values.reduce((sum, v) => sum + v, 0) || 1;
  const colours = series.values.map((_, i) => colourOf(series.roles?.[i] ?? series.role, theme));
  return {
    type: 'doughnut',
    size: { width, height: 360 },
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

function bars(spec: ChartSpec, theme: Theme): PlainChart {
  const { text } = themes[theme];
  const sums = spec.labels.map((_, i) => spec.series.reduce((s, one) => s + one.values[i], 0));
  const all = spec.stacked ? sums : spec.series.flatMap((series) => series.values);
  const least = Math.min(0, ...all);
  const greatest = Math.max(0, ...all);
  // Room for the value written at the end of the longest bar.
  const room = spec.stacked ? 0 : (greatest - least || 1) * 0.16;
  const axis = valueTicks(least, greatest, axisFormat(spec.valueFormat), 4);
  const perLabel = spec.stacked ? 1 : spec.series.length;
  const wanted = 110 + spec.labels.length * (spec.stacked ? 56 : 14 + perLabel * 15);
  return {
    type: 'bar',
    size: { width, height: heights.find((h) => h >= wanted) ?? 600 },
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
        x: {
          stacked: spec.stacked ?? false,
          min: least < 0 ? Math.min(axis.min, least - room) : 0,
          max: greatest > 0 ? Math.max(spec.stacked ? greatest : axis.max, greatest + room) : 0,
          ...scaleLook(theme, true),
        },
        y: {
          stacked: spec.stacked ?? false,
          grid: { display: false },
          border: { display: false },
          // Bars that run to the left of zero keep their names on the left all the same.
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
      x: { at: axis.at, format: axis.format },
      values: spec.stacked ? 'inside' : 'ends',
      roomFrom: spec.stacked ? greatest * 0.085 : 0,
    },
  };
}

function lines(spec: ChartSpec, theme: Theme): PlainChart {
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
    size: { width, height: 360 },
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

function scaleLook(theme: Theme, grid: boolean) {
  const { quiet, grid: line } = themes[theme];
  return {
    grid: { display: grid, color: line, drawTicks: false },
    border: { display: false },
    ticks: { color: quiet, maxRotation: 0, autoSkip: false, padding: 6, font: { size: 12 } },
  };
}

function common(spec: ChartSpec, theme: Theme, legend: 'top' | 'right' | 'none') {
  const { text, quiet } = themes[theme];
  return {
    responsive: false,
    animation: false,
    devicePixelRatio: 2,
    font: { family: fontFamily, size: 13 },
    color: text,
    layout: { padding: 16 },
    plugins: {
      title: {
        display: true,
        text: wrap(spec.title, 44),
        align: 'start',
        color: text,
        font: { family: fontFamily, size: 18, weight: 600 },
        padding: { bottom: 4 },
      },
      subtitle: {
        display: spec.subtitle !== '',
        text: wrap(spec.subtitle, 66),
        align: 'start',
        color: quiet,
        font: { family: fontFamily, size: 12.5 },
        padding: { bottom: 10 },
      },
      legend: {
        display: legend !== 'none',
        position: legend === 'right' ? 'right' : 'top',
        align: legend === 'right' ? 'center' : 'start',
        labels: {
          color: text,
          font: { family: fontFamily, size: 13 },
          usePointStyle: true,
          pointStyle: spec.kind === 'lines' ? 'line' : 'rectRounded',
          boxWidth: 10,
          boxHeight: spec.kind === 'lines' ? 0 : 9,
          padding: legend === 'right' ? 7 : 12,
        },
      },
      datalabels: { font: { family: fontFamily, size: 12, weight: 600 }, clip: false },
    },
  };
}

/** Breaks a text into lines of at most `most` characters at its spaces. */
export function wrap(text: string, most: number): string | string[] {
  const rows: string[] = [];
  for (const word of text.split(' ')) {
    const row = rows.at(-1);
    if (row !== undefined && row.length + 1 + word.length <= most) {
      rows[rows.length - 1] = `${row} ${word}`;
    } else rows.push(word);
  }
  return rows.length === 1 ? rows[0] : rows;
}
