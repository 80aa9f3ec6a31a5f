import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BenchData, fundUniverse } from './data.ts';
import { measured, timesOf } from './measured.ts';
import { momentsOf, simulatedReturns } from './moments.ts';
import { openPeer, pythonOf } from './peer.ts';
import { askPeers } from './peers.ts';
import { markdown, type Row, ratioOf, reached } from './table.ts';
import { tasks } from './tasks.ts';
import { equalShares, least, same, tailScore, varianceScore } from './verdict.ts';
import { withSpeed } from './write-speed.ts';

const n = 20;
const returns = simulatedReturns(n, 3);
const data: BenchData = {
  assets: Array.from({ length: n }, (_, i) => `A${i}`),
  rows: returns.length / n,
  returns,
  origin: 'simulated',
  ...momentsOf(returns, n),
};
const equal = new Float64Array(n).fill(1 / n);

function row(change: Partial<Row>): Row {
  const timing = { median: 2, least: 1, first: 4, runs: 3 };
  const verdict = { text: 'the same variance', fine: true };
  const base = { task: tasks[0], n, here: timing, residual: 1e-16, peer: null, verdict };
  return { ...base, defaultFailed: false, ...change };
}

describe('the bench against other optimizers', () => {
  for (const task of tasks) {
    const universe = task.name === 'walk-forward-five-years' ? fundUniverse(1260 + 1008) : data;
    const wanted = task.name.startsWith('walk') ? task.data(n) : universe;

    it(`accepts the engine's own answer to ${task.name} and refuses a worse one`, () => {
      const { values } = task.ready(wanted)();
      expect(task.judge(wanted, values, values).fine).toBe(true);
      const worse = Float64Array.from(values, (_, i) => (i % n === 0 ? 0.5 : 0.5 / (n - 1)));
      expect(task.judge(wanted, worse, values).fine).toBe(false);
    });
  }

  it('finds the engine in the right however much worse the peer is', () => {
    const best = tasks[0].ready(data)().values;
    const verdict = least('variance', varianceScore)(data, best, equal);
    expect(verdict.fine).toBe(true);
    expect(verdict.text).toMatch(/^peer's variance .* worse$/);
  });

  it('does not let a peer win by going short or by investing less', () => {
    const judge = least('variance', varianceScore);
    const best = tasks[0].ready(data)().values;
    expect(
      judge(
        data,
        best,
        best.map((w) => w / 2),
      ).text,
    ).toBe('the same variance');
    expect(
      judge(
        data,
        best,
        best.map((w) => w - 0.1),
      ).fine,
    ).toBe(true);
  });

  it('takes the worst 5 % of days with the fraction that is left over', () => {
    const three = { ...data, rows: 30, returns: Float64Array.from({ length: 30 }, (_, t) => -t) };
    // 1.5 days: the worst whole, half of the next.
    expect(tailScore(three, new Float64Array([1]))).toBeCloseTo((29 + 28 / 2) / 1.5, 12);
  });

  it('measures how unequal shares of risk are', () => {
    const even = { ...data, covariance: Float64Array.of(4, 0, 0, 1) };
    expect(equalShares(even, Float64Array.of(1 / 3, 2 / 3), null).fine).toBe(true);
    expect(equalShares(even, Float64Array.of(0.34, 0.66), null).fine).toBe(false);
  });

  it('calls answers of other sizes different', () => {
    expect(same(data, equal, equal.slice(1)).fine).toBe(false);
    expect(same(data, equal, equal).fine).toBe(true);
  });

  it('compares with the peer of this run, and with the published time only without one', () => {
    expect(ratioOf(row({}))).toBe(6.9 / 2);
    expect(ratioOf(row({ peer: { median: 80, least: 60, runs: 3 } }))).toBe(40);
    expect(ratioOf(row({ peer: 'no memory' }))).toBeNull();
    expect(reached(row({ peer: { median: 80, least: 60, runs: 3 } }))).toBe(true);
    expect(reached(row({}))).toBe(false);
    const table = markdown([row({}), row({ peer: 'no memory' })]);
    expect(table).toContain('| 3.5 (missed) |');
    expect(table).toContain('| fails |');
  });

  it('counts calls after the first apart and takes the middle of the times', () => {
    expect(timesOf([5, 1, 9])).toEqual({ median: 5, least: 1, runs: 3 });
    let prepared = 0;
    const { timing, answer } = measured(
      () => ++prepared,
      (input) => input,
      0.001,
      0,
    );
    expect(answer).toBe(prepared);
    expect(timing.runs).toBe(prepared - 1);
  });

  it('writes between its marks and leaves the rest of the page alone', () => {
    const page = readFileSync(new URL('../../docs/engine.md', import.meta.url), 'utf8');
    const once = withSpeed(page, ['| a table |']);
    expect(withSpeed(once, ['| another |'])).toBe(withSpeed(page, ['| another |']));
    expect(once.split('| a table |')).toHaveLength(2);
    expect(() => withSpeed('no marks', [])).toThrow('put them back');
  });

  it('says why there is no peer, and lets one that fails speak for itself', async () => {
    expect(pythonOf({ KEEL_PYTHON: '/nowhere/python' })).toBe('/nowhere/python');
    expect(await openPeer('/nowhere/python', 'own')).toMatch('does not start bench/peers/peer.py');
    const peer = (milliseconds: number | null) => ({
      versions: '',
      has: (library: string) => library === 'skfolio',
      ask: async () =>
        milliseconds === null
          ? { failure: 'infeasible' }
          : { times: [milliseconds], answer: [1], defaultFailed: false },
      close: () => undefined,
    });
    const request = { task: '', folder: '', seconds: 0, warm: false };
    expect(await askPeers([peer(null)], 'skfolio', request)).toBe('infeasible');
    expect(await askPeers([peer(1)], 'PyPortfolioOpt', request)).toBeNull();
    expect(await askPeers([peer(3), peer(null), peer(2)], 'skfolio', request)).toMatchObject({
      timing: { median: 2 },
    });
  });
});
