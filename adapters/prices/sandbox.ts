import { assetOf, catalogue } from '../../bot/catalogue.ts';
import type { Bar, PriceProvider } from '../../bot/ports.ts';
import { civilDate, dayNumber } from '../../engine/calendar.ts';
import { type RandomSource, randomSource } from '../../engine/random.ts';
import { type SandboxAsset, sandboxAsset } from './sandbox-assets.ts';

const firstDay = dayNumber(2007, 1, 3);
const firstCryptoDay = dayNumber(2015, 1, 1);
const daysPerYear = 252;

/** A crisis starts about every three years and lasts about five months of trading. */
const crisisStarts = 1 / 800;
const crisisEnds = 1 / 105;
/** In a crisis everything moves more, and what moves more moves together. */
const crisisVolatility = 2.3;
const crisisStockDrift = -0.75;
const crisisLoading = 0.55;
/** Degrees of freedom of the common Student t shock: a common one, so that tails come together. */
const tails = 5;

/** What every asset feels on one day. */
interface Weather {
  readonly day: number;
  readonly weekday: boolean;
  readonly crisis: boolean;
  /** One over the root of a chi-square, scaled to unit variance. */
  readonly shock: number;
  readonly stocks: number;
  readonly rates: number;
  readonly commodities: number;
  readonly crypto: number;
}

/**
 * A simulated market with calm and crisis, fat tails, and correlations that rise in a crisis. Days
 * are drawn in order from the first, each asset from a stream of its own, so a price depends only on
 * the seed, the asset and the day: never on what else was asked, or when.
 */
export function sandboxPrices(seed: number): PriceProvider {
  const common = randomSource(seed);
  const weather: Weather[] = [];
  const paths = new Map<string, Path>();

  const weatherUntil = (day: number) => {
    while (firstDay + weather.length <= day) {
      weather.push(nextDay(common, firstDay + weather.length, weather.at(-1)?.crisis ?? false));
    }
  };

  const pathOf = (symbol: string): Path | null => {
    const traits = sandboxAsset(symbol);
    if (!traits) return null;
    const path = paths.get(symbol) ?? startPath(symbol, traits, seed);
    paths.set(symbol, path);
    return path;
  };

  return {
    source: `sandbox:${seed}`,
    simulated: true,
    symbols: async () => catalogue.map((asset) => asset.symbol),
    async fetch(assets, fromDay, toDay) {
      weatherUntil(toDay);
      const bars: Bar[] = [];
      const missing: { asset: string; reason: string }[] = [];
      for (const symbol of assets) {
        const path = pathOf(symbol);
        if (!path) {
          missing.push({ asset: symbol, reason: `the simulated market has no ${symbol}` });
          continue;
        }
        walk(path, weather, toDay);
        for (const bar of path.bars) if (bar.day >= fromDay && bar.day <= toDay) bars.push(bar);
      }
      return { bars, actions: [], missing };
    },
  };
}

function nextDay(random: RandomSource, day: number, wasCrisis: boolean): Weather {
  const weekday = isTradingDay(day);
  // Every day draws the same kinds of numbers, so that calendars do not shift the sequence.
  const turn = random.uniform();
  let chiSquare = 0;
  for (let i = 0; i < tails; i++) chiSquare += random.normal() ** 2;
  const [stocks, rates, commodities, crypto] = Array.from({ length: 4 }, () => random.normal());
  const crisis = !weekday ? wasCrisis : wasCrisis ? turn >= crisisEnds : turn < crisisStarts;
  const shock = Math.sqrt((tails - 2) / Math.max(chiSquare, 0.3));
  return { day, weekday, crisis, shock, stocks, rates, commodities, crypto };
}

interface Path {
  readonly symbol: string;
  readonly traits: SandboxAsset;
  readonly random: RandomSource;
  readonly allDays: boolean;
  readonly starts: number;
  readonly bars: Bar[];
  /** Natural logarithm of the price, unrounded. */
  log: number;
  walked: number;
}

function startPath(symbol: string, traits: SandboxAsset, seed: number): Path {
  const allDays = assetOf(symbol)?.calendar === '24/7';
  let mixed = seed;
  for (const char of symbol) mixed = (Math.imul(mixed, 31) + char.charCodeAt(0) + 0x9e37) | 0;
  return {
    symbol,
    traits,
    random: randomSource(mixed),
    allDays,
    starts: allDays ? firstCryptoDay : firstDay,
    bars: [],
    log: Math.log(traits.start),
    walked: firstDay - 1,
  };
}

function walk(path: Path, weather: readonly Weather[], toDay: number): void {
  const { traits, random } = path;
  for (let day = path.walked + 1; day <= toDay; day++) {
    const today = weather[day - firstDay];
    const own = random.normal();
    if (day < path.starts || !(today.weekday || path.allDays)) continue;
    path.log += dailyReturn(traits, today, own, path.allDays ? 365 : daysPerYear);
    path.bars.push({
      asset: path.symbol,
      day,
      open: null,
      close: Math.max(0.01, Math.round(Math.exp(path.log) * 100) / 100),
      volume: null,
    });
  }
  path.walked = Math.max(path.walked, toDay);
}

function dailyReturn(traits: SandboxAsset, today: Weather, own: number, perYear: number): number {
  // A crisis pulls every risky loading on stocks towards one; government bonds move against it.
  const risky = traits.stocks > 0.1;
  const pull = today.crisis ? crisisLoading : 0;
  const stocks = risky
    ? traits.stocks + (1 - traits.stocks) * pull
    : traits.stocks - (today.crisis && traits.rates > 0.5 ? 0.2 : 0);
  const rest = Math.sqrt(Math.max(0, 1 - stocks ** 2) / Math.max(1e-9, 1 - traits.stocks ** 2));
  const { rates, commodities, crypto } = traits;
  const alone = Math.sqrt(
    Math.max(0, 1 - traits.stocks ** 2 - rates ** 2 - commodities ** 2 - crypto ** 2),
  );
  const mix =
    stocks * today.stocks +
    rest *
      (rates * today.rates + commodities * today.commodities + crypto * today.crypto + alone * own);
  const scale = risky ? crisisVolatility : 1 + (crisisVolatility - 1) * 0.4;
  const volatility = traits.volatility * (today.crisis ? scale : 1);
  const drift = today.crisis
    ? risky
      ? crisisStockDrift * traits.stocks * Math.min(2, traits.volatility / 0.13)
      : traits.drift + 0.5 * traits.volatility * Math.max(0, rates)
    : traits.drift;
  return (
    (drift - volatility ** 2 / 2) / perYear + (volatility / Math.sqrt(perYear)) * today.shock * mix
  );
}

/** Monday to Friday except 1 January, 4 July and 25 December: near enough for a simulated market. */
function isTradingDay(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  if (weekday === 0 || weekday === 6) return false;
  const { month, day: date } = civilDate(day);
  return !(
    (month === 1 && date === 1) ||
    (month === 7 && date === 4) ||
    (month === 12 && date === 25)
  );
}
