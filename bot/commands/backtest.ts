import type { BacktestInput, BacktestLine, BacktestOutput } from '../advice/backtest-task.ts';
import { standing } from '../advice/standing.ts';
import { drawdownAlt, drawdownChart } from '../charts/drawdown.ts';
import { growthAlt, growthChart } from '../charts/growth.ts';
import {
  formatDay,
  formatMinor,
  formatPercent,
  formatRatio,
  formatSignedPercent,
} from '../language/format.ts';
import type { Block, Draft } from '../reply.ts';
import type { Command } from './command.ts';
import { hypothetical, marketNotices } from './notices.ts';

const INITIAL = 10_000;
const roles = ['recommended', 'today', 'benchmark'] as const;

/** Growth of Keel's method against today's holdings and 60/40, on the past only, after costs. */
export function backtestCommand(cashRate: number): Command {
  return {
    name: 'backtest',
    summary: 'The method against your holdings and 60/40, on history',
    phrases: [
      'backtest',
      'test against history',
      'test it on history',
      'how would it have done',
      'past performance',
      'track record',
    ],
    needs: 'holdings',
    run: async (context) => {
      const { policy, goal, wishes, market, situation } = await standing(context);
      const key = context.newId();
      const working = (done: number, total: number): Draft => ({
        key,
        visibility: 'private',
        notify: 'silent',
        blocks: [{ kind: 'progress', label: 'Testing against history', done, total }],
        actions: [],
      });
      // A lost progress message costs nothing: the result takes its place, and waits for none of them.
      const tell = (done: number, total: number) =>
        void context.progress(working(done, total)).catch(() => undefined);
      tell(0, 100);
      const input: BacktestInput = {
        panel: market.panel,
        policy,
        goal,
        wishes,
        current: [...situation.weights],
        cashRate,
        initialValue: INITIAL,
        simulated: market.simulated,
      };
      let shown = 0;
      const output = await context.compute.run<BacktestOutput>('backtest', input, (done, total) => {
        const tenth = Math.floor((10 * done) / total);
        if (tenth <= shown) return;
        shown = tenth;
        tell(done, total);
      });
      const notices = marketNotices(market, context.now, policy.maxPriceAgeDays);
      return {
        replies: [resultDraft(key, output, market.simulated, policy.volatilityBudget, notices)],
      };
    },
  };
}

function resultDraft(
  key: string,
  output: BacktestOutput,
  simulated: boolean,
  budget: number,
  notices: readonly Block[],
): Draft {
  const { lines, remarks } = output;
  const [first] = lines;
  const drawn = {
    lines: lines.map((line, i) => ({ name: line.name, role: roles[i], values: line.values })),
    days: first.days,
    simulated,
  };
  const growth = { ...drawn, afterCosts: true };
  const small = (text: string): Block => ({ kind: 'text', style: 'small', text });
  return {
    key,
    visibility: 'private',
    notify: 'normal',
    blocks: [
      { kind: 'text', style: 'title', text: 'Tested against history' },
      { kind: 'image', chart: growthChart(growth), alt: growthAlt(growth) },
      {
        kind: 'table',
        title: `${formatDay(first.summary.fromDay)} to ${formatDay(first.summary.toDay)}`,
        columns: [
          { label: 'After costs', align: 'left' },
          ...lines.map((line) => ({ label: line.name, align: 'right' as const })),
        ],
        rows: rowsOf(lines),
      },
      { kind: 'image', chart: drawdownChart(drawn), alt: drawdownAlt(drawn) },
      small(
        `Each begins with ${formatMinor(INITIAL * 100)}. Today's holdings are bought once and kept; 60/40 is 60 % SPY and 40 % AGG, restored every quarter. Keel decides on the first trading day of each quarter from the prices up to that day, within your ${formatPercent(budget)} volatility budget, and trades at the next close. Spread, slippage and commission are charged on every trade. Ranges are 90 % intervals.`,
      ),
      ...remarks.map(small),
      hypothetical,
      ...notices,
    ],
    actions: [
      { kind: 'choice', label: 'Recommend', do: { name: 'command', args: { name: 'recommend' } } },
      { kind: 'choice', label: 'Stress', do: { name: 'command', args: { name: 'stress' } } },
    ],
  };
}

function rowsOf(lines: readonly BacktestLine[]): string[][] {
  const row = (label: string, cell: (line: BacktestLine) => string) => [label, ...lines.map(cell)];
  return [
    row('Return a year', ({ summary: { annualReturn } }) =>
      formatSignedPercent(annualReturn.estimate),
    ),
    row(
      'Between',
      ({ summary: { annualReturn } }) =>
        `${formatSignedPercent(annualReturn.low)} and ${formatSignedPercent(annualReturn.high)}`,
    ),
    row('Volatility a year', ({ summary }) => formatPercent(summary.annualVolatility)),
    row('Sharpe ratio', ({ summary: { sharpe } }) =>
      sharpe === null
        ? 'none'
        : `${formatRatio(sharpe.estimate)} (${formatRatio(sharpe.low)} to ${formatRatio(sharpe.high)})`,
    ),
    row('Maximum drawdown', ({ summary }) => formatSignedPercent(summary.drawdown.depth)),
    row('Turnover a year', ({ summary }) => formatPercent(summary.annualTurnover)),
    row('Cost of trading, in all', ({ summary }) =>
      formatMinor(Math.round(summary.totalCost * 100)),
    ),
    row('Worth at the end', ({ values }) =>
      formatMinor(Math.round(values[values.length - 1] * 100)),
    ),
  ];
}
