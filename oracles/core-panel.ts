import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { dayNumber } from '../engine/calendar.ts';
import { type PricePanel, pricePanel } from '../engine/panel.ts';

const file = new URL('../../shared/market/core/core_panel_adjclose.csv.gz', import.meta.url);

/** False on a machine without ../shared/market; tests that need it skip and say so. */
export const corePanelPresent = existsSync(file);

let whole: { days: Int32Array; columns: Map<string, Float64Array> } | undefined;

/**
 * The named columns of the real core panel, for tests only; blank before inception as in the file.
 */
export function corePanel(assets: readonly string[]): PricePanel {
  whole ??= read();
  const { days, columns } = whole;
  const prices = new Float64Array(days.length * assets.length);
  for (const [j, asset] of assets.entries()) {
    const column = columns.get(asset)!;
    for (let t = 0; t < days.length; t++) prices[t * assets.length + j] = column[t];
  }
  return pricePanel(assets, days, prices);
}

function read(): { days: Int32Array; columns: Map<string, Float64Array> } {
  const [head, ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  const rows = lines.map((line) => line.trim().split(','));
  const days = Int32Array.from(rows, (cells) => {
    const [year, month, day] = cells[0].split('-').map(Number);
    return dayNumber(year, month, day);
  });
  const columns = new Map(
    head
      .trim()
      .split(',')
      .slice(1)
      .map((name, j) => [
        name,
        Float64Array.from(rows, (cells) =>
          (cells[j + 1] ?? '') === '' ? Number.NaN : Number(cells[j + 1]),
        ),
      ]),
  );
  return { days, columns };
}
