import type { Chart as ChartClass, ChartConfiguration } from 'chart.js';
import { bindFormats } from '../../../bot/charts/bind-formats.ts';
import { formats } from '../../../bot/charts/formats.ts';
import { wrap } from '../../../bot/charts/look.ts';
import type { PlainChart } from '../../../bot/charts/plain-chart.ts';
import type { ChartSpec } from '../../../bot/charts/spec.ts';
import { toChartJs } from '../../../bot/charts/to-chartjs.ts';
import type { PageBlock } from '../operation.ts';
import { element } from './element.ts';
import { legendView } from './legend-view.ts';
import { pointsTable } from './points-table.ts';
import { tableView } from './table-view.ts';
import { currentTheme, onTheme } from './theme.ts';
import { dayInWords } from './words.ts';

declare const Chart: typeof ChartClass;
declare const ChartDataLabels: Parameters<typeof ChartClass.register>[0];

type ChartBlock = Extract<PageBlock, { kind: 'chart' }>;

const dayMs = 86_400_000;
/** A line is listed by at most this many days; its picture has them all. */
const mostRows = 24;

interface Drawn {
  readonly canvas: HTMLCanvasElement;
  readonly legend: HTMLElement;
  readonly spec: ChartSpec;
  chart: ChartClass | null;
}
const drawn = new Set<Drawn>();
let registered = false;
const narrow = matchMedia('(max-width: 520px)');

/** A chart drawn live, with its text alternative, its numbers as a table and its PNG to save. */
export function chartView(block: ChartBlock, position: number): HTMLElement {
  const { chart: spec, alt } = block;
  const canvas = element('canvas', { role: 'img', 'aria-label': alt });
  const frame = element('div', { class: 'chart-frame' }, canvas);
  // Known before it is drawn, so that nothing jumps.
  frame.style.height = `${heightOf(spec)}px`;
  const numbers = element('div', { class: 'chart-table', hidden: true }, numbersOf(spec));
  const toggle = element('button', {
    type: 'button',
    class: 'text-button',
    'aria-expanded': 'false',
  });
  toggle.textContent = 'Show as table';
  toggle.addEventListener('click', () => {
    numbers.hidden = !numbers.hidden;
    toggle.textContent = numbers.hidden ? 'Show as table' : 'Hide table';
    toggle.setAttribute('aria-expanded', String(!numbers.hidden));
  });
  const image = element(
    'a',
    { class: 'text-button', target: '_blank', rel: 'noopener' },
    'Open image',
  );
  const address = () => {
    image.href = `/web/images/${block.hash}.png?message=${position}&theme=${currentTheme()}`;
  };
  image.addEventListener('pointerdown', address);
  image.addEventListener('focus', address);
  address();
  const legend = element('ul', { class: 'legend' });
  const one: Drawn = { canvas, legend, spec, chart: null };
  drawn.add(one);
  requestAnimationFrame(() => draw(one));
  return element(
    'figure',
    { class: `chart chart-${spec.kind}` },
    element(
      'figcaption',
      {},
      element('span', { class: 'chart-title' }, spec.title),
      element('span', { class: 'chart-subtitle' }, spec.subtitle),
    ),
    element('div', { class: 'chart-body' }, legend, frame),
    numbers,
    element('div', { class: 'chart-tools' }, toggle, image),
  );
}

/** A PNG's height without its title and legend. */
function heightOf(spec: ChartSpec): number {
  return spec.kind === 'doughnut' ? 250 : toChartJs(spec, 'light').size.height - 100;
}

/** Frees the charts of elements that have left the page, and draws the others in the new theme. */
function redraw(): void {
  for (const one of drawn) {
    one.chart?.destroy();
    one.chart = null;
    if (one.canvas.isConnected) draw(one);
    else drawn.delete(one);
  }
}
onTheme(redraw);

export function releaseCharts(inside: HTMLElement): void {
  for (const one of drawn) {
    if (!inside.contains(one.canvas)) continue;
    one.chart?.destroy();
    drawn.delete(one);
  }
}

function draw(one: Drawn): void {
  if (!drawn.has(one) || !one.canvas.isConnected) return;
  if (!registered) {
    Chart.register(ChartDataLabels);
    registered = true;
  }
  const plain = toChartJs(one.spec, currentTheme());
  const { type, data, options } = bindFormats(narrow.matches ? forPhone(plain, one.spec) : plain);
  // Title, subtitle and legend are text of the page; the frame gives the size.
  const plugins = options.plugins as Record<string, Record<string, unknown>>;
  plugins.title = { display: false };
  plugins.subtitle = { display: false };
  plugins.legend = { display: false };
  one.legend.replaceChildren(...legendView(one.spec, currentTheme()));
  one.chart = new Chart(one.canvas, {
    type,
    data,
    options: {
      ...options,
      responsive: true,
      maintainAspectRatio: false,
      devicePixelRatio: undefined,
      // A narrow axis leaves less room for the value at the end of the longest bar.
      layout: { padding: { top: 8, right: type === 'bar' && narrow.matches ? 26 : 8 } },
    },
  } as unknown as ChartConfiguration);
}

/** On a phone names take less of the width, and a value stands only in a segment that holds it. */
function forPhone(plain: PlainChart, { labels }: ChartSpec): PlainChart {
  if (plain.type !== 'bar') return plain;
  const { names, data } = plain;
  return {
    ...plain,
    data: { ...data, labels: labels.map((label) => wrap(label, 19)) },
    names: { ...names, roomFrom: names.roomFrom * 2.6 },
  };
}

/** The chart's numbers: one row per label, or days spread over a line's length. */
function numbersOf(spec: ChartSpec): HTMLElement {
  const format = formats[spec.valueFormat];
  const right = (label: string) => ({ label, align: 'right' as const });
  if (spec.kind === 'points') return pointsTable(spec);
  if (spec.kind !== 'lines') {
    return tableView({
      columns: [{ label: 'Name', align: 'left' }, ...spec.series.map(({ name }) => right(name))],
      rows: spec.labels.map((label, i) => [
        label,
        ...spec.series.map(({ values }) => format(values[i])),
      ]),
    });
  }
  const longest = spec.series.reduce((most, one) =>
    (one.days?.length ?? 0) > (most.days?.length ?? 0) ? one : most,
  );
  const days = longest.days ?? [];
  const step = Math.max(1, (days.length - 1) / (mostRows - 1));
  const listed = [
    ...new Set(
      Array.from({ length: Math.min(mostRows, days.length) }, (_, i) => days[Math.round(i * step)]),
    ),
  ];
  return tableView({
    columns: [{ label: 'Day', align: 'left' }, ...spec.series.map(({ name }) => right(name))],
    rows: listed.map((day) => [
      dayInWords(day * dayMs, 'UTC'),
      ...spec.series.map(({ days: own, values }) => {
        const at = own?.indexOf(day) ?? -1;
        return at < 0 ? '–' : format(values[at]);
      }),
    ]),
  });
}
