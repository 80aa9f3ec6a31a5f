import { describe, expect, test } from 'vitest';
import { frontierAlt, frontierChart, methodsAlt, methodsChart } from './frontier.ts';
import { placeNames } from './place-names.ts';
import { toChartJs } from './to-chartjs.ts';

const at = (volatility: number, expectedReturn: number) => ({ volatility, expectedReturn });
const pricedOn = 20_574;
const frontier = {
  curve: [at(0.03, 0.031), at(0.08, 0.061), at(0.15, 0.07)],
  today: at(0.14, 0.06),
  recommended: at(0.08, 0.061),
  others: [{ ...at(0.16, 0.066), name: 'SPY' }],
  pricedOn,
  simulated: true,
};

describe('the frontier chart', () => {
  test('draws a curve without names and every other portfolio with its own', () => {
    const chart = frontierChart(frontier);
    expect(chart.series.map(({ names }) => names)).toEqual([
      undefined,
      ['Today'],
      ['Recommended'],
      ['SPY'],
    ]);
    expect(chart.axes).toEqual({
      x: 'Volatility a year',
      y: 'Expected return a year',
      xFormat: 'percent',
    });
    expect(chart.subtitle).toBe('Estimates for one year, prices of 1 May 2026, simulated prices');
  });

  test('is drawn so that every point lies inside the axes', () => {
    const plain = toChartJs(frontierChart(frontier), 'dark');
    const scales = plain.options.scales as Record<'x' | 'y', { min: number; max: number }>;
    for (const set of plain.data.datasets) {
      for (const { x, y } of set.data as readonly { x: number; y: number }[]) {
        expect(x).toBeGreaterThan(scales.x.min);
        expect(x).toBeLessThan(scales.x.max);
        expect(y).toBeGreaterThan(scales.y.min);
        expect(y).toBeLessThan(scales.y.max);
      }
    }
  });

  test('says the numbers as a sentence', () => {
    expect(frontierAlt(frontier)).toBe(
      'Chart of volatility and expected return a year. The best mixes run from 3.1 % at 3.0 % ' +
        'volatility to 7.0 % at 15.0 % volatility. today 6.0 % at 14.0 % volatility; recommended ' +
        '6.1 % at 8.0 % volatility; SPY 6.6 % at 16.0 % volatility. The prices are simulated.',
    );
  });
});

describe('the chart of methods', () => {
  const input = {
    methods: [
      { ...at(0.08, 0.06), name: 'Follow my goal', chosen: true },
      { ...at(0.03, 0.03), name: 'Least risk', chosen: false },
    ],
    today: at(0.1, 0.05),
    pricedOn,
    simulated: false,
  };

  test('marks the way that is in force', () => {
    const [yours] = methodsChart(input).series;
    expect(yours).toMatchObject({ role: 'recommended', names: ['Follow my goal'] });
    expect(methodsAlt(input)).toContain('Least risk 3.0 % at 3.0 % volatility');
  });
});

describe('names beside points', () => {
  test('stand on the right while there is room, and elsewhere when there is none', () => {
    const alone = [{ x: 100, y: 100, name: 'SPY' }];
    expect(placeNames(alone, 400, 300)).toEqual(['right']);
    expect(placeNames([{ ...alone[0], x: 395 }], 400, 300)).toEqual(['left']);
    const neighbours = [
      { x: 200, y: 100, name: 'Most diversified' },
      { x: 220, y: 100, name: 'Equal risk' },
    ];
    const [first, second] = placeNames(neighbours, 400, 300);
    expect(first).toBe('left');
    expect(second).toBe('right');
  });
});
