import { describe, expect, it } from 'vitest';
import { oracle, oraclesPresent } from '../../oracles/cases.ts';
import { dayNumber } from '../calendar.ts';
import {
  annualReturn,
  annualVolatility,
  brinsonFachler,
  calmar,
  downsideRisk,
  growth,
  maxDrawdown,
  modifiedDietz,
  omega,
  probabilisticSharpe,
  semideviation,
  sharpe,
  sortino,
  stability,
  standardDeviation,
  tailRatio,
  timeWeightedReturn,
  valueAtRisk,
  xirr,
} from './index.ts';

function near(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance);
}

function flowsOf(rows: readonly (readonly [string, number])[]) {
  return rows.map(([date, amount]) => {
    const [year, month, day] = date.split('-').map(Number);
    return { day: dayNumber(year, month, day), amount };
  });
}

describe.skipIf(!oraclesPresent)('published measures (skipped without ../shared/oracles)', () => {
  it('perf-001: daily measures of empyrical, first observation missing', () => {
    const { inputs, expected, tolerance } = oracle<
      { returns: (number | null)[]; periods_per_year: number },
      Record<string, number>
    >('perf-001');
    const returns = inputs.returns.filter((r): r is number => r !== null);
    const year = inputs.periods_per_year;
    const periods = inputs.returns.length;
    near(annualReturn(returns, year, periods), expected.annual_return, tolerance);
    near(annualVolatility(returns, year), expected.annual_volatility, tolerance);
    near(sharpe(returns, year), expected.sharpe, tolerance);
    near(maxDrawdown(growth(returns)).depth, expected.max_drawdown, tolerance);
    near(calmar(returns, year, periods), expected.calmar, tolerance);
    near(downsideRisk(returns, year), expected.downside_risk, tolerance);
    near(sortino(returns, year), expected.sortino, tolerance);
  });

  it('perf-002: weekly measures of empyrical', () => {
    const { inputs, expected, tolerance } = oracle<
      { returns: number[]; periods_per_year: number },
      Record<string, number>
    >('perf-002');
    const { returns, periods_per_year: year } = inputs;
    near(annualReturn(returns, year), expected.annual_return, tolerance);
    near(annualVolatility(returns, year), expected.annual_volatility, tolerance);
    near(downsideRisk(returns, year), expected.downside_risk, tolerance);
    near(sortino(returns, year), expected.sortino, tolerance);
    near(calmar(returns, year), expected.calmar, tolerance);
  });

  it('perf-004: drawdown, Sharpe and Sortino of losing series', () => {
    const { inputs, expected, tolerance } = oracle<
      { returns: number[]; all_negative: number[]; udu: number[]; periods_per_year: number },
      Record<string, number>
    >('perf-004');
    const year = inputs.periods_per_year;
    near(maxDrawdown(growth(inputs.returns)).depth, expected.dd_negative, tolerance);
    near(maxDrawdown(growth(inputs.all_negative)).depth, expected.dd_all_negative, tolerance);
    near(maxDrawdown(growth(inputs.udu)).depth, expected.dd_udu, tolerance);
    near(sharpe(inputs.returns, year), expected.sharpe_negative, tolerance);
    near(sortino(inputs.returns, year), expected.sortino_negative, tolerance);
  });

  it('perf-006: value at risk is a linearly interpolated percentile', () => {
    const { inputs, expected, tolerance } = oracle<
      Record<string, number[]>,
      Record<string, number[]>
    >('perf-006');
    for (const set of ['a', 'b']) {
      for (const [i, cutoff] of inputs[`cutoffs_${set}`].entries()) {
        near(valueAtRisk(inputs[`returns_${set}`], cutoff), expected[set][i], tolerance);
      }
    }
  });

  it('perf-007: omega ratio above an annual threshold', () => {
    const { inputs, expected, tolerance } = oracle<
      { returns: number[]; required_return_annual: number; periods: number },
      number
    >('perf-007');
    const threshold = (1 + inputs.required_return_annual) ** (1 / inputs.periods) - 1;
    near(omega(inputs.returns, threshold), expected, tolerance);
  });

  it('perf-008: tail ratio and stability', () => {
    const { inputs, expected, tolerance } = oracle<{ returns: number[] }, Record<string, number>>(
      'perf-008',
    );
    near(tailRatio(inputs.returns), expected.tail_ratio, tolerance);
    near(stability(inputs.returns), expected.stability, tolerance);
  });

  it('perf-009: Sharpe ratio per period above a risk-free return', () => {
    const { inputs, expected, tolerance } = oracle<
      { returns: number[]; risk_free: number },
      number
    >('perf-009');
    near(sharpe(inputs.returns, 1, inputs.risk_free), expected, tolerance);
  });

  it('perf-010: Sortino ratio of the Red Rock example', () => {
    const { inputs, expected, tolerance } = oracle<{ returns: number[]; target: number }, number>(
      'perf-010',
    );
    near(sortino(inputs.returns, 1, inputs.target), expected, tolerance);
  });

  it('perf-012: money-weighted return of the Excel example', () => {
    const { inputs, expected, tolerance } = oracle<{ cashflows: [string, number][] }, number>(
      'perf-012',
    );
    near(xirr(flowsOf(inputs.cashflows)), expected, tolerance);
  });

  it('perf-013: money-weighted return of one year less a day', () => {
    const { inputs, expected, tolerance } = oracle<{ cashflows: [string, number][] }, number>(
      'perf-013',
    );
    near(xirr(flowsOf(inputs.cashflows)), expected, tolerance);
  });

  it('perf-015: money-weighted return near a total loss', () => {
    const { inputs, expected, tolerance } = oracle<{ cashflows: [string, number][] }, number>(
      'perf-015',
    );
    near(xirr(flowsOf(inputs.cashflows)), expected, tolerance);
  });

  it('perf-017: time-weighted against money-weighted return', () => {
    const { expected, tolerance } = oracle<unknown, { hpr: number[]; twr: number; mwr: number }>(
      'perf-017',
    );
    // Buy at 200; dividend 5 and a second share at 225; dividend 5 each and both sold at 235.
    const periods = [
      { startValue: 200, endValue: 230 },
      { startValue: 450, endValue: 480 },
    ];
    for (const [i, one] of periods.entries()) {
      near(timeWeightedReturn([one]), expected.hpr[i], tolerance);
    }
    near((1 + timeWeightedReturn(periods)) ** (1 / 2) - 1, expected.twr, tolerance);
    const flows = [
      { day: 0, amount: -200 },
      { day: 365, amount: 5 - 225 },
      { day: 730, amount: 480 },
    ];
    near(xirr(flows), expected.mwr, tolerance);
  });

  it('perf-018: modified Dietz beside the exact rate of the period', () => {
    const { inputs, expected, tolerance } = oracle<
      { bmv: number; emv: number; flows: [number, number][] },
      { modified_dietz: number; irr_over_period: number }
    >('perf-018');
    const flows = inputs.flows.map(([at, amount]) => ({ at, amount }));
    near(modifiedDietz(inputs.bmv, inputs.emv, flows), expected.modified_dietz, tolerance);
    const dated = [
      { day: 0, amount: -inputs.bmv },
      ...flows.map(({ at, amount }) => ({ day: at * 365, amount: -amount })),
      { day: 365, amount: inputs.emv },
    ];
    near(xirr(dated), expected.irr_over_period, tolerance);
  });

  it('perf-020: Brinson-Fachler attribution', () => {
    const { inputs, expected, tolerance } = oracle<
      Record<'wp' | 'wb' | 'rp' | 'rb', number[]>,
      Record<'allocation_bps' | 'selection_bps' | 'interaction_bps', number[]>
    >('perf-020');
    const parts = brinsonFachler(inputs.wp, inputs.wb, inputs.rp, inputs.rb);
    for (let i = 0; i < inputs.wp.length; i++) {
      near(parts.allocation[i] * 1e4, expected.allocation_bps[i], tolerance);
      near(parts.selection[i] * 1e4, expected.selection_bps[i], tolerance);
      near(parts.interaction[i] * 1e4, expected.interaction_bps[i], tolerance);
    }
  });

  it('perf-021: volatility of the span and its lower half', () => {
    const { inputs, expected, tolerance } = oracle<
      { returns: number[] },
      { std: number; semi: number }
    >('perf-021');
    const logs = inputs.returns.map(Math.log1p);
    const scale = Math.sqrt(logs.length);
    near(standardDeviation(logs) * scale, expected.std, tolerance);
    near(semideviation(logs) * scale, expected.semi, tolerance);
  });

  it('perf-023: probabilistic Sharpe ratio takes the raw kurtosis', () => {
    const { inputs, expected, tolerance } = oracle<
      { returns: number[]; sr_benchmark: number },
      { psr: number }
    >('perf-023');
    near(probabilisticSharpe(inputs.returns, inputs.sr_benchmark), expected.psr, tolerance);
  });
});
