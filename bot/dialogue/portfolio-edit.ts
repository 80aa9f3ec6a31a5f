import { amountMinor } from '../advice/fill.ts';
import type { Holdings } from '../advice/types.ts';
import { assetOf } from '../catalogue.ts';
import { formatMinor, formatUnits } from '../language/format.ts';
import { fromMinor, toUnits, type Units } from '../money.ts';
import type { Quote } from '../ports.ts';
import type { HoldingsEdit } from './holdings-reading.ts';

/** What somebody says they hold: exact, before it is written to the ledger. */
export interface Portfolio {
  readonly cashMinor: bigint;
  /** Positions that are not zero, by symbol. */
  readonly units: ReadonlyMap<string, Units>;
}

type Quotes = ReadonlyMap<string, Quote>;

/** More than this in one line is taken for a slip: $100 billion. */
const MOST_MINOR = 10_000_000_000_000n;

export function portfolioOf(holdings: Holdings): Portfolio {
  return {
    cashMinor: holdings.cash.minor,
    units: new Map(holdings.positions.map(({ asset, units }) => [asset, units])),
  };
}

/** A usable last price, or null. */
export function priceOf(quotes: Quotes, asset: string): Quote | null {
  const quote = quotes.get(asset);
  return quote && quote.price > 0 && Number.isFinite(quote.price) ? quote : null;
}

/**
 * A portfolio after some edits. An edit that cannot be carried out is left out and named; the rest
 * is kept.
 */
export function edited(
  portfolio: Portfolio,
  edits: readonly HoldingsEdit[],
  quotes: Quotes,
): { readonly portfolio: Portfolio; readonly problems: readonly string[] } {
  let cashMinor = portfolio.cashMinor;
  const units = new Map(portfolio.units);
  const problems: string[] = [];
  for (const edit of edits) {
    if (edit.kind === 'clear') {
      cashMinor = 0n;
      units.clear();
      continue;
    }
    if (edit.kind === 'cash') {
      const next = BigInt(edit.minor) + (edit.mode === 'add' ? cashMinor : 0n);
      if (next < 0n) {
        problems.push(
          `You have ${formatMinor(cashMinor)} in cash, so less than nothing would be left.`,
        );
      } else if (next > MOST_MINOR) {
        problems.push(`${formatMinor(next)} in cash is more than I can keep track of.`);
      } else cashMinor = next;
      continue;
    }
    const held = units.get(edit.asset) ?? 0n;
    const next = unitsAfter(edit, held, quotes);
    if (typeof next === 'string') problems.push(next);
    else if (next === 0n) units.delete(edit.asset);
    else units.set(edit.asset, next);
  }
  return { portfolio: { cashMinor, units }, problems };
}

/** Units held after one edit, or the sentence that says why not. */
function unitsAfter(
  edit: Exclude<HoldingsEdit, { kind: 'cash' | 'clear' }>,
  held: Units,
  quotes: Quotes,
): Units | string {
  if (edit.kind === 'remove') {
    return held === 0n ? `You hold no ${edit.asset}, so there is nothing to remove.` : 0n;
  }
  const { asset } = edit;
  const quote = priceOf(quotes, asset);
  const less = (edit.kind === 'value' ? edit.minor : edit.units) < 0;
  // Units taken away need no price; everything else must be valued.
  if (quote === null && (edit.kind === 'value' || !less)) return noPrice(asset);
  const stated =
    edit.kind === 'value'
      ? toUnits(fromMinor(BigInt(edit.minor)) / quote!.price)
      : toUnits(edit.units);
  const adds = edit.kind === 'add' || (edit.kind === 'value' && edit.mode === 'add');
  const next = adds ? held + stated : stated;
  if (next < 0n) {
    return held === 0n
      ? `You hold no ${asset}, so there is nothing to take away.`
      : `You hold ${formatUnits(held)} ${asset}, so ${formatUnits(held - next)} cannot be taken away.`;
  }
  if (quote !== null && amountMinor(next, quote.price) > MOST_MINOR) {
    return `${formatUnits(next)} ${asset} is more than I can keep track of.`;
  }
  return next;
}

function noPrice(asset: string): string {
  const name = assetOf(asset)?.name;
  return `I have no price for ${asset}${name ? ` (${name})` : ''} here, so I left it out.`;
}

/** Whether two portfolios hold the same. */
export function same(a: Portfolio, b: Portfolio): boolean {
  return (
    a.cashMinor === b.cashMinor &&
    a.units.size === b.units.size &&
    [...a.units].every(([asset, units]) => b.units.get(asset) === units)
  );
}
