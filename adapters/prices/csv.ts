import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PortError } from '../../bot/errors.ts';
import type { PriceProvider } from '../../bot/ports.ts';
import { type CsvTable, readTable } from './csv-table.ts';

/** Daily prices from a file, plain or .gz; see csv-table.ts for its two shapes. Read once. */
export function csvPrices(path: string): PriceProvider {
  let read: CsvTable | null = null;
  const table = () => {
    read ??= readFile(path);
    return read;
  };
  return {
    source: `csv:${basename(path)}`,
    simulated: false,
    async symbols() {
      return table().assets;
    },
    async fetch(assets, fromDay, toDay) {
      const { bars, actions, problems, assets: known } = table();
      const asked = new Set(assets);
      const wanted = (one: { asset: string; day: number }) =>
        asked.has(one.asset) && one.day >= fromDay && one.day <= toDay;
      const absent = assets.filter((asset) => !known.includes(asset));
      return {
        bars: bars.filter(wanted),
        actions: actions.filter(wanted),
        missing: [
          ...absent.map((asset) => ({ asset, reason: `${asset} is not in ${basename(path)}` })),
          ...problems.filter(
            (one) =>
              (one.asset === '' || asked.has(one.asset)) &&
              (one.day === undefined || (one.day >= fromDay && one.day <= toDay)),
          ),
        ],
      };
    },
  };
}

function readFile(path: string): CsvTable {
  try {
    const bytes = readFileSync(path);
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const table = readTable((zipped ? gunzipSync(bytes) : bytes).toString('utf8'));
    if (table.bars.length > 0) return table;
    throw new Error('it holds no price');
  } catch (error) {
    throw new PortError(
      'prices',
      'bad-answer',
      `The price file ${path} cannot be used: ${(error as Error).message}.`,
      { cause: error },
    );
  }
}
