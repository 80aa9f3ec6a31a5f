import { writeFileSync } from 'node:fs';
import { sandboxPrices } from '../adapters/prices/sandbox.ts';
import { civilDate } from '../engine/calendar.ts';

const assets = ['SPY', 'EFA', 'AGG', 'TLT', 'SHY', 'GLD', 'BTC-USD'];
/** Simulated days 18,000 to 20,454: 14 April 2019 to the end of 2025. */
const [firstDay, lastDay] = [18_000, 20_454];

/** A close in the file, or what stands there in its place; null keeps it. */
export type Spoil = (asset: string, daysBeforeEnd: number) => string | null;

/** Writes a small price file, so that a process that is started a hundred times starts quickly. */
export async function writePanel(path: string, spoil: Spoil = () => null): Promise<void> {
  const { bars } = await sandboxPrices(1).fetch(assets, firstDay, lastDay);
  const days = [...new Set(bars.map((bar) => bar.day))].sort((a, b) => a - b);
  const closes = new Map(bars.map((bar) => [`${bar.asset} ${bar.day}`, String(bar.close)]));
  const lines = days.map((day, i) =>
    [
      isoDate(day),
      ...assets.map(
        (asset) => spoil(asset, days.length - 1 - i) ?? closes.get(`${asset} ${day}`) ?? '',
      ),
    ].join(','),
  );
  writeFileSync(path, [`date,${assets.join(',')}`, ...lines, ''].join('\n'));
}

function isoDate(day: number): string {
  const { year, month, day: date } = civilDate(day);
  return [year, String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-');
}
