import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PortError } from '../../bot/errors.ts';
import { yahooPrices } from './yahoo.ts';

const payloads = '../shared/market/payloads';
const day = (iso: string) => Date.parse(iso) / 86_400_000;
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

interface Recorded {
  readonly response: {
    readonly body: {
      readonly chart: {
        readonly result: {
          readonly meta: { currency: string };
          readonly timestamp: number[];
          readonly indicators: { readonly quote: { close: (number | null)[] }[] };
        }[];
      };
    };
  };
}

function recorded(name: string): Recorded {
  return JSON.parse(readFileSync(`${payloads}/yahoo_chart_v8_${name}.json`, 'utf8'));
}

function yahoo(
  answer: () => Response | Promise<Response>,
  now = '2025-02-20T12:00Z',
  asked: string[] = [],
) {
  const fetcher: typeof fetch = async (input) => {
    asked.push(input instanceof Request ? input.url : String(input));
    return answer();
  };
  return yahooPrices({ fetch: fetcher, now: () => Date.parse(now) });
}

describe.skipIf(!existsSync(payloads))(
  'Yahoo, as recorded (skipped where ../shared is absent)',
  () => {
    test('gives closes, dividends and splits by New York days', async () => {
      const provider = yahoo(() => json(recorded('AAPL_split_div').response.body));
      const { bars, actions, missing } = await provider.fetch(
        ['AAPL'],
        day('2020-08-31'),
        day('2020-11-06'),
      );
      expect(bars.length).toBe(49);
      expect(bars[0]).toEqual({
        asset: 'AAPL',
        day: day('2020-08-31'),
        open: 127.58,
        close: 129.04,
        volume: 225702700,
      });
      expect(actions).toEqual([
        { asset: 'AAPL', day: day('2020-08-31'), dividend: 0, split: 4 },
        { asset: 'AAPL', day: day('2020-11-06'), dividend: 0.205, split: 1 },
      ]);
      expect(missing).toEqual([]);
    });

    test('multiplies back a later split, so that the close is as traded', async () => {
      const provider = yahoo(() => json(recorded('NVDA_split_2021').response.body));
      const { bars, actions } = await provider.fetch(
        ['NVDA'],
        day('2021-07-16'),
        day('2021-07-21'),
      );
      const [friday, monday, tuesday] = bars;
      expect(actions).toEqual([{ asset: 'NVDA', day: day('2021-07-20'), dividend: 0, split: 4 }]);
      // The recording ends before the split of 2024, which therefore stays in its prices: 18.61 was 744.5.
      expect(tuesday.day).toBe(day('2021-07-20'));
      expect(tuesday.close).toBeCloseTo(18.61, 2);
      expect(monday.close / tuesday.close).toBeGreaterThan(3.9);
      expect(friday.close).toBeCloseTo(4 * 18.16, 1);
    });

    test('asks up to today, because splits after the range change its prices too', async () => {
      const asked: string[] = [];
      const provider = yahoo(
        () => json(recorded('NVDA_split_2021').response.body),
        '2025-02-20T12:00Z',
        asked,
      );
      await provider.fetch(['NVDA'], day('2021-07-16'), day('2021-07-21'));
      const until = Number(new URL(asked[0]).searchParams.get('period2'));
      expect(until).toBeGreaterThanOrEqual(Date.parse('2025-02-20') / 1000);
    });

    test('leaves out the day that is still trading', async () => {
      const body = recorded('AAPL_split_div').response.body;
      const provider = yahoo(() => json(body), '2020-11-06T18:00Z');
      const { bars } = await provider.fetch(['AAPL'], day('2020-11-04'), day('2020-11-06'));
      expect(bars.at(-1)!.day).toBe(day('2020-11-05'));
      const coins = yahoo(() => json(recorded('BTC-USD').response.body), '2020-01-02T23:00Z');
      const { bars: days } = await coins.fetch(['BTC-USD'], day('2020-01-01'), day('2020-01-03'));
      expect(days.map((bar) => bar.day)).toEqual([day('2020-01-01')]);
    });

    test('reports a day without a close, and another currency', async () => {
      const holed = recorded('AAPL_split_div');
      holed.response.body.chart.result[0].indicators.quote[0].close[2] = null;
      const one = await yahoo(() => json(holed.response.body)).fetch(['AAPL'], 0, 40_000);
      expect(one.bars.length).toBe(48);
      expect(one.missing).toEqual([
        { asset: 'AAPL', day: day('2020-09-02'), reason: 'Yahoo has no close for this day' },
      ]);
      const foreign = recorded('AAPL_split_div');
      foreign.response.body.chart.result[0].meta.currency = 'EUR';
      const two = await yahoo(() => json(foreign.response.body)).fetch(['AAPL'], 0, 40_000);
      expect([two.bars, two.missing]).toEqual([
        [],
        [{ asset: 'AAPL', reason: 'AAPL is priced in EUR, not in USD' }],
      ]);
    });
  },
);

describe('Yahoo on a bad day', () => {
  const failure = (answer: () => Response | Promise<Response>) =>
    yahoo(answer)
      .fetch(['SPY'], 18_000, 18_010)
      .catch((error: unknown) => error);

  test('an unknown symbol is missing, not a failure', async () => {
    const unknown = json(
      {
        chart: {
          result: null,
          error: { code: 'Not Found', description: 'No data found, symbol may be delisted' },
        },
      },
      404,
    );
    expect(await failure(() => unknown)).toEqual({
      bars: [],
      actions: [],
      missing: [{ asset: 'SPY', reason: 'Yahoo has no prices for SPY' }],
    });
  });

  test('no network, a refusal to serve, an error and a web page each have their code', async () => {
    const cases: readonly [() => Response | Promise<Response>, string][] = [
      [() => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
      [() => new Response('Too Many Requests', { status: 429 }), 'rate-limited'],
      [() => new Response('oops', { status: 500 }), 'unreachable'],
      [() => new Response('no', { status: 403 }), 'refused'],
      [() => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'bad-answer'],
      [() => json({ chart: { result: [{ surprise: true }], error: null } }), 'bad-answer'],
    ];
    for (const [answer, code] of cases) {
      const error = await failure(answer);
      expect(error).toBeInstanceOf(PortError);
      expect((error as PortError).code).toBe(code);
    }
  });
});
