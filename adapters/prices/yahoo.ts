import YahooFinance from 'yahoo-finance2';
import { z } from 'zod';
import { PortError } from '../../bot/errors.ts';
import type { Bar, CorporateAction, PriceBatch, PriceProvider } from '../../bot/ports.ts';

const msPerDay = 86_400_000;
/** New York closes at 20:00 or 21:00 UTC; a bar before that is still moving. */
const closedAfterMs = 21.25 * 3_600_000;

const chartSchema = z.object({
  meta: z.object({ currency: z.string().optional(), gmtoffset: z.number() }),
  quotes: z.array(
    z.object({
      date: z.date(),
      open: z.number().nullish(),
      close: z.number().nullish(),
      volume: z.number().nullish(),
    }),
  ),
  events: z
    .object({
      dividends: z.array(z.object({ date: z.date(), amount: z.number() })).optional(),
      splits: z
        .array(z.object({ date: z.date(), numerator: z.number(), denominator: z.number() }))
        .optional(),
    })
    .optional(),
});

type Chart = z.infer<typeof chartSchema>;

/**
 * Daily prices from Yahoo. Its closes and dividends are divided by every later split, so each fetch
 * asks up to today, learns those splits, and multiplies them back: what is stored is as traded, and
 * a split tomorrow does not restate the past.
 */
export function yahooPrices(
  outside: { fetch?: typeof fetch; now?: () => number } = {},
): PriceProvider {
  const now = outside.now ?? Date.now;
  const silent = () => {};
  const client = new YahooFinance({
    fetch: refusing(outside.fetch ?? fetch),
    suppressNotices: ['yahooSurvey', 'ripHistorical'],
    queue: { concurrency: 4 },
    logger: { info: silent, warn: silent, error: silent, debug: silent, dir: silent },
    validation: { logErrors: false, logOptionsErrors: false },
  });
  return {
    source: 'yahoo',
    simulated: false,
    symbols: async () => null,
    async fetch(assets, fromDay, toDay) {
      const until = Math.max(toDay, Math.floor(now() / msPerDay)) + 1;
      const batches = await Promise.all(
        assets.map(async (asset) => {
          try {
            const answer = await client.chart(asset, {
              period1: new Date(fromDay * msPerDay),
              period2: new Date(until * msPerDay),
              interval: '1d',
              events: 'div|split',
            });
            return batchOf(asset, chartSchema.parse(answer), fromDay, toDay, now());
          } catch (error) {
            return nothing(asset, error);
          }
        }),
      );
      return {
        bars: batches.flatMap((batch) => batch.bars),
        actions: batches.flatMap((batch) => batch.actions),
        missing: batches.flatMap((batch) => batch.missing),
      };
    },
  };
}

function batchOf(
  asset: string,
  chart: Chart,
  fromDay: number,
  toDay: number,
  now: number,
): PriceBatch {
  const currency = chart.meta.currency;
  if (currency !== 'USD') {
    return {
      bars: [],
      actions: [],
      missing: [
        { asset, reason: `${asset} is priced in ${currency ?? 'an unknown currency'}, not in USD` },
      ],
    };
  }
  const dayOf = (date: Date) => Math.floor((date.getTime() / 1000 + chart.meta.gmtoffset) / 86_400);
  const splits = (chart.events?.splits ?? []).map((one) => ({
    day: dayOf(one.date),
    ratio: one.numerator / one.denominator,
  }));
  // On its own day a split is already in the price.
  const later = (day: number) => splits.reduce((f, one) => (one.day > day ? f * one.ratio : f), 1);
  const inRange = (day: number) => day >= fromDay && day <= toDay;
  const bars: Bar[] = [];
  const missing: { asset: string; day: number; reason: string }[] = [];
  for (const quote of chart.quotes) {
    const day = dayOf(quote.date);
    // Coins trade round the clock: their day ends with the day.
    const closed =
      (day + (chart.meta.gmtoffset === 0 ? 1 : 0)) * msPerDay +
      (chart.meta.gmtoffset === 0 ? 0 : closedAfterMs);
    if (!inRange(day) || now < closed) continue;
    const { close, open, volume } = quote;
    if (!(close != null && close > 0)) {
      missing.push({ asset, day, reason: 'Yahoo has no close for this day' });
    } else if (bars.at(-1)?.day === day) {
      missing.push({ asset, day, reason: 'Yahoo gave this day twice; the first is used' });
    } else {
      const factor = later(day);
      bars.push({
        asset,
        day,
        open: open != null && open > 0 ? cleaned(open * factor) : null,
        close: cleaned(close * factor),
        volume: volume == null ? null : volume / factor,
      });
    }
  }
  return {
    bars,
    actions: actionsOf(asset, chart, splits, dayOf, later).filter((one) => inRange(one.day)),
    missing,
  };
}

function actionsOf(
  asset: string,
  chart: Chart,
  splits: readonly { day: number; ratio: number }[],
  dayOf: (date: Date) => number,
  later: (day: number) => number,
): CorporateAction[] {
  const byDay = new Map<number, CorporateAction>();
  for (const { day, ratio } of splits) byDay.set(day, { asset, day, dividend: 0, split: ratio });
  for (const { date, amount } of chart.events?.dividends ?? []) {
    const day = dayOf(date);
    const split = byDay.get(day)?.split ?? 1;
    // Per unit held before a split of the same day, as the store keeps it.
    byDay.set(day, { asset, day, split, dividend: cleaned(amount * later(day) * split) });
  }
  return [...byDay.values()].sort((a, b) => a.day - b.day);
}

/** Yahoo sends 32-bit floats: 129.0399932861328 was 129.04. */
const cleaned = (value: number) => Number(value.toPrecision(7));

/** Tells refusals by their status before the client sees them, which would print them. */
function refusing(inner: typeof fetch): typeof fetch {
  return async (input, init) => {
    const answer = await inner(input, init);
    // A 404 carries the sentence about an unknown symbol.
    if (answer.ok || answer.status === 404) return answer;
    if (answer.status === 429) {
      throw new PortError(
        'prices',
        'rate-limited',
        'Yahoo asks to wait before fetching more prices.',
        { retryAfterMs: 1000 * (Number(answer.headers.get('retry-after')) || 60) },
      );
    }
    const code = answer.status < 500 ? 'refused' : 'unreachable';
    throw new PortError('prices', code, `Yahoo answered with status ${answer.status}.`);
  };
}

/** Said no for one asset is a missing asset; not reached at all is a failure of the whole fetch. */
function nothing(asset: string, error: unknown): PriceBatch {
  const words = error instanceof Error ? error.message : String(error);
  if (/no data found|not found|delisted|data doesn't exist/i.test(words)) {
    return {
      bars: [],
      actions: [],
      missing: [{ asset, reason: `Yahoo has no prices for ${asset}` }],
    };
  }
  if (error instanceof PortError) throw error;
  const network = /fetch failed|network|socket|timed? ?out|aborted|E(CONN|NOTFOUND|AI_AGAIN|PIPE)/i;
  if (network.test(words)) {
    throw new PortError('prices', 'unreachable', `Yahoo could not be reached for ${asset}.`, {
      cause: error,
    });
  }
  throw new PortError(
    'prices',
    'bad-answer',
    `Yahoo answered about ${asset} in a form that cannot be read.`,
    { cause: error },
  );
}
