import { z } from 'zod';
import { cut, type PricePanel, pricePanel } from '../../engine/panel.ts';
import { PortError } from '../errors.ts';
import { sha256 } from './canonical.ts';

/**
 * Twenty years of trading days: what advice may look at, and what its record keeps. A bad year is
 * one in twenty, so ten years would as likely as not hold none.
 */
export const WINDOW_ROWS = 5_040;

/** The last rows of a panel as a panel of its own; assets without a price in them are left out. */
export function lastRows(panel: PricePanel, rows: number): PricePanel {
  const columns = panel.assets
    .map((_, j) => j)
    .filter((j) => panel.firstRow[j] < panel.days.length);
  return cut(panel, columns, Math.max(0, panel.days.length - rows));
}

const headerSchema = z.object({
  assets: z.array(z.string()).min(1),
  rows: z.number().int().positive(),
});

/** A panel as bytes: a line of JSON, the days, the prices, little endian. The same panel, the same bytes. */
export function encodePanel(panel: PricePanel): Uint8Array {
  const header = Buffer.from(
    `${JSON.stringify({ assets: panel.assets, rows: panel.days.length })}\n`,
  );
  const { days, prices } = panel;
  return Buffer.concat([
    header,
    Buffer.from(days.buffer, days.byteOffset, days.byteLength),
    Buffer.from(prices.buffer, prices.byteOffset, prices.byteLength),
  ]);
}

/** @throws {PortError} 'damaged' when the bytes are not what `hash` names */
export function decodePanel(bytes: Uint8Array, hash: string): PricePanel {
  if (sha256(bytes) !== hash) {
    throw new PortError('store', 'damaged', `The stored prices ${hash} have been altered.`);
  }
  const buffer = Buffer.from(bytes);
  const end = buffer.indexOf(10);
  const { assets, rows } = headerSchema.parse(JSON.parse(buffer.subarray(0, end).toString('utf8')));
  // A copy starts at an aligned offset, which typed arrays need.
  const body = new Uint8Array(buffer.subarray(end + 1)).buffer;
  const days = new Int32Array(body, 0, rows);
  const prices = new Float64Array(body.slice(rows * 4));
  return pricePanel(assets, days, prices);
}
