import { formats } from './formats.ts';
import type { PlainChart } from './plain-chart.ts';
import { type LaidOut, sideOf } from './points-labels.ts';
import { legendOf } from './points-marks.ts';
import type { Ticks } from './ticks.ts';

type Options = Record<string, unknown>;

/** A configuration that Chart.js can draw: the names of a plain chart turned into functions. */
export interface DrawableChart {
  readonly type: PlainChart['type'];
  readonly data: Options;
  readonly options: Options;
}

interface LabelContext {
  readonly dataIndex: number;
  readonly dataset: { readonly data: readonly number[] };
}

interface NameContext {
  readonly chart: LaidOut;
  readonly datasetIndex: number;
  readonly dataIndex: number;
  readonly dataset: { readonly names: readonly string[] };
}

/**
 * Resolves the format names of a plain chart by the one table, in the worker and on the page alike.
 * The result is a copy: Chart.js writes into what it draws.
 */
export function bindFormats(chart: PlainChart): DrawableChart {
  const copy = structuredClone({ data: chart.data, options: chart.options }) as {
    data: Options;
    options: Options;
  };
  const { names } = chart;
  const format = formats[names.value];
  const scales = copy.options.scales as Record<string, Options> | undefined;
  if (scales && names.x) bindTicks(scales.x, names.x);
  if (scales && names.y) bindTicks(scales.y, names.y);
  const plugins = copy.options.plugins as Record<string, Options>;
  plugins.tooltip = { callbacks: tooltipTexts(chart) };
  if (names.values === 'beside') {
    const nameAt = (context: NameContext) => context.dataset.names[context.dataIndex];
    plugins.datalabels = {
      ...plugins.datalabels,
      formatter: (_: unknown, context: NameContext) => nameAt(context),
      display: (context: NameContext) => nameAt(context) !== undefined,
      align: ({ chart: drawn, datasetIndex, dataIndex }: NameContext) =>
        sideOf(drawn, datasetIndex, dataIndex),
    };
    const { legend } = plugins;
    plugins.legend = {
      ...legend,
      labels: { ...(legend.labels as Options), generateLabels: legendOf },
    };
    return { type: chart.type, ...copy };
  }
  const valueAt = (context: LabelContext) => context.dataset.data[context.dataIndex];
  plugins.datalabels =
    names.values === 'none'
      ? { display: false }
      : {
          ...plugins.datalabels,
          formatter: (value: number) => format(value),
          display: (context: LabelContext) => Math.abs(valueAt(context)) >= names.roomFrom,
          ...(names.values === 'inside'
            ? { anchor: 'center', align: 'center' }
            : {
                anchor: (context: LabelContext) => (valueAt(context) < 0 ? 'start' : 'end'),
                align: (context: LabelContext) => (valueAt(context) < 0 ? 'start' : 'end'),
                offset: 3,
              }),
        };
  return { type: chart.type, ...copy };
}

function bindTicks(scale: Options, ticks: Ticks): void {
  const format = formats[ticks.format];
  scale.afterBuildTicks = (axis: { ticks: { value: number }[] }) => {
    axis.ticks = ticks.at.map((value) => ({ value }));
  };
  scale.ticks = { ...(scale.ticks as Options), callback: (value: number) => format(value) };
}

function tooltipTexts(chart: PlainChart): Options {
  const format = formats[chart.names.value];
  const day = (x: number) =>
    new Date(x * 86_400_000).toLocaleDateString('en-GB', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });
  const name = (label: string | undefined) => (label ? `${label}: ` : '');
  if (chart.type === 'line') {
    return {
      title: (items: readonly { parsed: { x: number } }[]) =>
        items.length > 0 ? day(items[0].parsed.x) : '',
      label: (item: { dataset: { label?: string }; parsed: { y: number } }) =>
        `${name(item.dataset.label)}${format(item.parsed.y)}`,
    };
  }
  if (chart.type === 'scatter') {
    const x = formats[chart.names.x?.format ?? chart.names.value];
    return {
      label: (item: {
        dataset: { label?: string; names: readonly string[] };
        dataIndex: number;
        parsed: { x: number; y: number };
      }) =>
        `${name(item.dataset.names[item.dataIndex] ?? item.dataset.label)}${format(item.parsed.y)} at ${x(item.parsed.x)}`,
    };
  }
  if (chart.type === 'bar') {
    return {
      label: (item: { dataset: { label?: string }; parsed: { x: number } }) =>
        `${name(item.dataset.label)}${format(item.parsed.x)}`,
    };
  }
  // A slice's label already carries its value.
  return { label: (item: { label: string }) => item.label };
}
