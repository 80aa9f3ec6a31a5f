import { describe, expect, test } from 'vitest';
import { frontierAlt, frontierChart, methodsAlt, methodsChart } from './frontier.ts';
import { placeNames } from './place-names.ts';
import { type LaidOut, sideOf } from './points-labels.ts';
import { toChartJs } from './to-chartjs.ts';

const at = (volatility: number, expectedReturn: number) => ({ volatility, expectedReturn });
const pricedOn = 20_574;
const frontier = {
  curve: [at(0.03, 0.031), at(0.08, 0.061), at(0.15, 0.07)],
  today: at(0.14, 0.06),
  recommended: at(0.08, 0.061),
  riskLimit: 0.1,
  others: [{ ...at(0.16, 0.066), name: 'SPY' }],
  pricedOn,
  simulated: true,
};

describe('the frontier chart', () => {
  test('draws a curve without names and every other portfolio with its own', () => {
    const chart = frontierChart(frontier);
    expect(chart.series.map(({ names }) => names)).toEqual([
      undefined,
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

  test('splits the curve at the risk limit of the person, where both parts meet', () => {
    const [mine, beyond] = frontierChart(frontier).series;
    expect(mine.name).toBe('Best mixes for you');
    expect(beyond.name).toBe('Beyond your risk limit');
    expect(mine.at!.at(-1)).toBe(0.1);
    expect(beyond.at![0]).toBe(0.1);
    expect(mine.values.at(-1)).toBe(beyond.values[0]);
    expect(mine.values.at(-1)).toBeCloseTo(0.061 + (0.009 * 2) / 7, 12);
    const whole = frontierChart({ ...frontier, riskLimit: 0.2 });
    expect(whole.series.map(({ name }) => name)).not.toContain('Beyond your risk limit');
    expect(whole.series[0].values).toEqual(frontier.curve.map((one) => one.expectedReturn));
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
  const mark = { radius: 5, offset: 7 };

  test('stand on the right while there is room, and elsewhere when there is none', () => {
    const alone = [{ x: 100, y: 100, wide: 20, ...mark }];
    expect(placeNames(alone, 400, 300)).toEqual(['right']);
    expect(placeNames([{ ...alone[0], x: 395 }], 400, 300)).toEqual(['left']);
    const neighbours = [
      { x: 200, y: 100, wide: 100, ...mark },
      { x: 220, y: 100, wide: 60, ...mark },
    ];
    const [first, second] = placeNames(neighbours, 400, 300);
    expect(first).toBe('left');
    expect(second).toBe('right');
  });

  test('keep off a curve that runs through their point', () => {
    const rising = Array.from({ length: 80 }, (_, i) => ({ x: 5 * i, y: 300 - 2 * i }));
    const [side] = placeNames([{ ...rising[40], wide: 90, ...mark }], 400, 300, rising);
    expect(side).toBe(45);
  });

  test('are chosen again when a later name took the better place', () => {
    // "Least risk", "Mildest bad days" and "Doubt the estimates" close together at the left edge, as on a phone.
    const crowd = [
      { x: 60, y: 190, wide: 60, ...mark },
      { x: 0, y: 211, wide: 100, ...mark },
      { x: 16, y: 200, wide: 115, ...mark },
    ];
    const placed = placeNames(crowd, 260, 270);
    expect(new Set(placed).size).toBeGreaterThan(1);
    expect(placed[0]).not.toBe('left');
    expect(placed[2]).not.toBe('left');
  });

  test('are placed by the size that the chart really has', () => {
    const laidOut = (width: number): LaidOut => ({
      chartArea: { left: 40, top: 10, width, height: 200 },
      scales: {
        x: { getPixelForValue: (value) => 40 + value * width },
        y: { getPixelForValue: (value) => 210 - value * 200 },
      },
      data: {
        datasets: [
          {
            data: [{ x: 0.6, y: 0.5 }],
            names: ['Equal risk from each part'],
            pointRadius: 5,
            datalabels: { offset: 7, font: { weight: 400 } },
          },
        ],
      },
    });
    expect(sideOf(laidOut(600), 0, 0)).toBe('right');
    expect(sideOf(laidOut(300), 0, 0)).not.toBe('right');
  });
});
