import { expect, test } from 'vitest';
import { bindFormats } from './bind-formats.ts';
import { frontierChart } from './frontier.ts';
import { type legendOf, markOf, markPaths, pointStyles } from './points-marks.ts';
import { toChartJs } from './to-chartjs.ts';

const at = (volatility: number, expectedReturn: number) => ({ volatility, expectedReturn });
const chart = frontierChart({
  curve: [at(0.03, 0.031), at(0.08, 0.061), at(0.15, 0.07)],
  today: at(0.14, 0.06),
  recommended: at(0.08, 0.061),
  riskLimit: 0.1,
  others: [{ ...at(0.16, 0.066), name: 'SPY' }],
  pricedOn: 20_574,
  simulated: true,
});

test('every series of the frontier has a mark of its own', () => {
  expect(chart.series.map(markOf)).toEqual(['line', 'dashes', 'triangle', 'star', 'diamond']);
  for (const series of chart.series) {
    expect(pointStyles[markOf(series)]).not.toBe('');
    expect(markPaths[markOf(series)]).toMatch(/^M/);
  }
});

test('the legend of a picture shows the marks and dashes of the plot, in its colours', () => {
  const { data, options } = bindFormats(toChartJs(chart, 'light'));
  const plugins = options.plugins as { legend: { labels: { generateLabels: typeof legendOf } } };
  const { generateLabels } = plugins.legend.labels;
  const entries = generateLabels({ data, options } as never);
  const { datasets } = data as { datasets: { borderColor: string }[] };
  expect(entries.map((one) => [one.text, one.pointStyle, one.lineDash.length])).toEqual([
    ['Best mixes for you', 'line', 0],
    ['Beyond your risk limit', 'line', 2],
    ['Today', 'triangle', 0],
    ['Recommended', 'star', 0],
    ['For comparison', 'rectRot', 0],
  ]);
  expect(entries.map((one) => one.strokeStyle)).toEqual(datasets.map((one) => one.borderColor));
});
