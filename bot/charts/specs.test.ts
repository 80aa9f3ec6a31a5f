import { describe, expect, test } from 'vitest';
import { allocationAlt, allocationChart } from './allocation.ts';
import { assetLabel, assetRole, classRole } from './asset-label.ts';
import { drawdownAlt, drawdownChart } from './drawdown.ts';
import { growthAlt, growthChart } from './growth.ts';
import { profilesAlt, profilesChart } from './profiles.ts';
import { riskAlt, riskChart } from './risk.ts';
import { stressAlt, stressChart } from './stress.ts';

const pricedOn = 20_574;

describe('the allocation chart', () => {
  const input = {
    pricedOn,
    simulated: false,
    rows: [
      { asset: 'SPY', today: 0.9, recommended: 0.4 },
      { asset: 'AGG', today: 0, recommended: 0.55 },
      { asset: 'GLD', today: 0, recommended: 0 },
      { asset: 'CASH', today: 0.1, recommended: 0.05 },
    ],
  };

  test('shows today beside recommended, largest first, without dust', () => {
    const chart = allocationChart(input);
    expect(chart.labels).toEqual([
      'US bonds of all kinds (AGG)',
      'US large companies (SPY)',
      'Cash',
    ]);
    expect(chart.series.map((series) => series.values)).toEqual([
      [0, 0.9, 0.1],
      [0.55, 0.4, 0.05],
    ]);
    expect(chart.subtitle).toBe('Share of value, prices of 1 May 2026');
  });

  test('says the numbers as a sentence', () => {
    expect(allocationAlt(input)).toBe(
      'Bar chart of today and recommended shares of value: US bonds of all kinds (AGG) 0.0 % today, ' +
        '55.0 % recommended; US large companies (SPY) 90.0 % today, 40.0 % recommended; ' +
        'Cash 10.0 % today, 5.0 % recommended.',
    );
  });

  test('leaves today out for somebody without holdings', () => {
    const rows = input.rows.map((row) => ({ ...row, today: null }));
    const chart = allocationChart({ ...input, rows });
    expect(chart.title).toBe('Recommended allocation');
    expect(chart.series.map((series) => series.name)).toEqual(['Recommended']);
  });

  test('folds the smallest of many rows into one and loses no weight', () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      asset: `X${i}`,
      today: (i + 1) / 210,
      recommended: (20 - i) / 210,
    }));
    const chart = allocationChart({ ...input, rows });
    expect(chart.labels.length).toBe(10);
    expect(chart.labels.at(-1)).toBe('11 others');
    for (const series of chart.series) {
      expect(series.values.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    }
  });

  test('says simulated in subtitle and alt text', () => {
    const simulated = { ...input, simulated: true };
    expect(allocationChart(simulated).subtitle).toContain('simulated prices');
    expect(allocationAlt(simulated)).toContain('The prices are simulated.');
  });
});

describe('the profiles chart', () => {
  const input = {
    pricedOn,
    simulated: true,
    profiles: [
      {
        name: 'Conservative',
        weights: [
          { asset: 'SHY', weight: 0.5 },
          { asset: 'IEF', weight: 0.3 },
          { asset: 'CASH', weight: 0.2 },
        ],
      },
      { name: 'Aggressive', weights: [{ asset: 'SPY', weight: 1 }] },
    ],
  };

  test('stacks classes and leaves out those that nobody has', () => {
    const chart = profilesChart(input);
    expect(chart.stacked).toBe(true);
    expect(chart.series.map((series) => [series.name, series.values])).toEqual([
      ['Stocks', [0, 1]],
      ['Bonds', [0.8, 0]],
      ['Cash', [0.2, 0]],
    ]);
    expect(chart.subtitle).toContain('simulated prices');
  });

  test('says the numbers as a sentence', () => {
    expect(profilesAlt(input)).toBe(
      'Stacked bars of the recommended allocation by profile: Conservative is 80.0 % bonds and ' +
        '20.0 % cash; Aggressive is 100.0 % stocks. The prices are simulated.',
    );
  });
});

describe('charts over time', () => {
  const days = Int32Array.from([pricedOn - 3, pricedOn - 2, pricedOn - 1, pricedOn]);
  const lines = [
    { name: 'Recommended', role: 'recommended' as const, values: [100, 120, 90, 150] },
    { name: '60/40', role: 'benchmark' as const, values: [100, 100, 101, 102] },
  ];

  test('growth names period, costs and ends', () => {
    const input = { lines, days, afterCosts: true, simulated: false };
    const chart = growthChart(input);
    expect(chart.title).toBe('What $100 became');
    expect(chart.subtitle).toBe('28 April 2026 to 1 May 2026, after trading costs, hypothetical');
    expect(chart.series[0].name).toBe('Recommended $150');
    expect(chart.logarithmic).toBe(false);
    expect(growthAlt(input)).toBe(
      'Line chart from 28 April 2026 to 1 May 2026: $100 became $150 (+50.0 %) with Recommended ' +
        'and $102 (+2.0 %) with 60/40, after trading costs. Hypothetical performance.',
    );
  });

  test('growth turns logarithmic when a line grew more than fivefold', () => {
    const steep = [{ ...lines[0], values: [100, 200, 400, 800] }];
    const chart = growthChart({ lines: steep, days, afterCosts: false, simulated: false });
    expect(chart.logarithmic).toBe(true);
    expect(chart.subtitle).toContain('logarithmic axis');
  });

  test('drawdown is measured from the highest so far', () => {
    const input = { lines, days, simulated: false };
    expect(drawdownChart(input).series[0].values).toEqual([0, 0, -0.25, 0]);
    expect(drawdownChart(input).series[0].name).toBe('Recommended -25.0 %');
    expect(drawdownAlt(input)).toContain('25.0 % for Recommended on 30 April 2026');
  });
});

describe('stress and risk', () => {
  test('stress shows signs', () => {
    const input = {
      simulated: false,
      scenarios: [{ name: '2008', today: -0.5, recommended: -0.2 }],
    };
    expect(stressChart(input).series.map((series) => series.values)).toEqual([[-0.5], [-0.2]]);
    expect(stressAlt(input)).toBe(
      'Bar chart of changes in value in hard times: 2008, today -50.0 %, recommended -20.0 %.',
    );
  });

  test('risk stands beside money, riskiest first', () => {
    const input = {
      advisedOn: pricedOn,
      simulated: false,
      rows: [
        { asset: 'AGG', weight: 0.6, share: 0.1 },
        { asset: 'SPY', weight: 0.4, share: 0.9 },
      ],
    };
    expect(riskChart(input).series.map((series) => series.values)).toEqual([
      [0.4, 0.6],
      [0.9, 0.1],
    ]);
    expect(riskAlt(input)).toContain(
      'US large companies (SPY) 40.0 % of the money, 90.0 % of the risk',
    );
  });
});

describe('asset colours', () => {
  test('are shades of the class, one per asset', () => {
    expect(assetRole('SPY')).toBe('asset-0');
    expect(assetRole('SPY')).toBe(classRole('stocks'));
    expect(assetRole('BTC-USD')).toBe(classRole('crypto'));
    expect(assetRole('AGG')).not.toBe(assetRole('TLT'));
    expect(assetLabel('CASH')).toBe('Cash');
    expect(assetLabel('NOPE')).toBe('NOPE');
  });
});
