import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bindFormats } from './bind-formats.ts';
import { formats } from './formats.ts';
import { colourOf, inkOn, themes } from './palette.ts';
import type { ChartSpec } from './spec.ts';
import { thin } from './thin.ts';
import { logTicks, timeTicks, valueTicks } from './ticks.ts';
import { toChartJs } from './to-chartjs.ts';

const bars: ChartSpec = {
  kind: 'bars',
  title: 'Today and recommended',
  subtitle: 'Share of value',
  simulated: false,
  valueFormat: 'percent',
  labels: ['A', 'B'],
  series: [
    { name: 'Today', role: 'today', values: [0.6, -0.1] },
    { name: 'Recommended', role: 'recommended', values: [0.3, 0.2] },
  ],
};

const lines: ChartSpec = {
  ...bars,
  kind: 'lines',
  valueFormat: 'usd',
  labels: [],
  series: [
    {
      name: 'One',
      role: 'recommended',
      days: Array.from({ length: 5000 }, (_, i) => 14_000 + i),
      values: Array.from({ length: 5000 }, (_, i) => 10_000 + 3 * i),
    },
  ],
};

describe('a spec as a Chart.js configuration', () => {
  test('is plain data that survives posting to a worker', () => {
    for (const spec of [bars, lines, { ...bars, stacked: true }]) {
      const chart = toChartJs(spec, 'light');
      expect(JSON.parse(JSON.stringify(chart))).toEqual(chart);
    }
  });

  test('is the same whenever it is drawn', () => {
    expect(toChartJs(lines, 'dark')).toEqual(toChartJs(lines, 'dark'));
  });

  test('takes text and surface colours from the theme', () => {
    expect(JSON.stringify(toChartJs(bars, 'dark'))).toContain(themes.dark.text);
    expect(JSON.stringify(toChartJs(bars, 'light'))).not.toContain(themes.dark.text);
  });

  test('draws at most 400 points a line and keeps both ends', () => {
    const data = toChartJs(lines, 'light').data.datasets[0].data as { x: number; y: number }[];
    expect(data.length).toBe(400);
    expect(data[0]).toEqual({ x: 14_000, y: 10_000 });
    expect(data.at(-1)).toEqual({ x: 18_999, y: 24_997 });
  });

  test('grows taller when there are more bars than a phone can show', () => {
    const many = { ...bars, labels: Array.from({ length: 10 }, (_, i) => `Row ${i}`) };
    const values = many.labels.map(() => 0.1);
    const tall = { ...many, series: bars.series.map((series) => ({ ...series, values })) };
    expect(toChartJs(bars, 'light').size).toEqual({ width: 480, height: 360 });
    expect(toChartJs(tall, 'light').size).toEqual({ width: 480, height: 600 });
  });

  test('binding names gives functions and leaves the plain chart as it was', () => {
    const plain = toChartJs(bars, 'light');
    const before = JSON.stringify(plain);
    const drawable = bindFormats(plain);
    const labels = (drawable.options.plugins as Record<string, Record<string, unknown>>).datalabels;
    expect((labels.formatter as (value: number) => string)(0.123)).toBe('12.3 %');
    expect(JSON.stringify(plain)).toBe(before);
  });

  test('writes a value beyond the end of its bar on either side of zero', () => {
    const drawable = bindFormats(toChartJs(bars, 'light'));
    const labels = (drawable.options.plugins as Record<string, Record<string, unknown>>).datalabels;
    const align = labels.align as (context: unknown) => string;
    expect(align({ dataIndex: 0, dataset: { data: [0.6, -0.1] } })).toBe('end');
    expect(align({ dataIndex: 1, dataset: { data: [0.6, -0.1] } })).toBe('start');
  });
});

describe('formats', () => {
  test('read as sentences do', () => {
    expect(formats.percent(0.1234)).toBe('12.3 %');
    expect(formats.percent(-0.00001)).toBe('0.0 %');
    expect(formats['percent-signed'](0.021)).toBe('+2.1 %');
    expect(formats['percent-signed'](-0.5)).toBe('-50.0 %');
    expect(formats['percent-signed'](0)).toBe('0.0 %');
    expect(formats['percent-short'](0.2)).toBe('20 %');
    expect(formats.usd(-1234.4)).toBe('-$1,234');
    expect(formats['usd-short'](1_250_000)).toBe('$1.3m');
    expect(formats['usd-short'](5_000)).toBe('$5,000');
    expect(formats.year(14_610)).toBe('2010');
    expect(formats.month(14_610)).toBe('Jan 2010');
  });
});

describe('the palette', () => {
  test('keeps an asset in its colour in both themes and gives ink that can be read', () => {
    expect(colourOf('asset-0', 'light')).toBe(colourOf('asset-0', 'dark'));
    expect(colourOf('recommended', 'light')).not.toBe(colourOf('recommended', 'dark'));
    expect(inkOn('#0072B2')).toBe('#FFFFFF');
    expect(inkOn('#F4C766')).toBe('#10161E');
  });
});

describe('ticks', () => {
  test('time marks stand on first days of round years, at most six', () => {
    const ticks = timeTicks(13_880, 20_574);
    expect(ticks.at.length).toBeLessThanOrEqual(6);
    for (const day of ticks.at) {
      const date = new Date(day * 86_400_000);
      expect([date.getUTCMonth(), date.getUTCDate()]).toEqual([0, 1]);
    }
    expect(timeTicks(20_000, 20_200).format).toBe('month');
  });

  test('value marks cover the values, log marks stay inside them', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 0.01, max: 1e6, noNaN: true }),
        (least, span) => {
          const ticks = valueTicks(least, least + span, 'usd');
          expect(ticks.min).toBeLessThanOrEqual(least + span * 1e-6);
          expect(ticks.max).toBeGreaterThanOrEqual(least + span * (1 - 1e-6));
          expect(ticks.at.length).toBeLessThanOrEqual(8);
        },
      ),
    );
    expect(logTicks(5_000, 112_000, 'usd').at).toEqual([5_000, 10_000, 20_000, 50_000, 100_000]);
  });
});

describe('thinning', () => {
  test('keeps first, last, order and a lone crash', () => {
    const points = Array.from({ length: 3000 }, (_, x) => ({ x, y: x === 1777 ? -50 : 1 }));
    const kept = thin(points, 100);
    expect(kept.length).toBe(100);
    expect(kept[0].x).toBe(0);
    expect(kept.at(-1)!.x).toBe(2999);
    expect(kept.some((p) => p.y === -50)).toBe(true);
    expect(kept.every((p, i) => i === 0 || p.x > kept[i - 1].x)).toBe(true);
  });
});
