import { amountMinor } from '../advice/fill.ts';
import type { Holdings, LedgerEntry } from '../advice/types.ts';
import type { Quote } from '../ports.ts';
import type { PendingTransfer, Scope } from '../store.ts';
import type { Portfolio } from './portfolio-edit.ts';
import { priceOf } from './portfolio-edit.ts';

/** What a declaration writes: exact differences to the ledger, and what the broker is owed for them. */
export interface Declaration {
  readonly entries: readonly LedgerEntry[];
  readonly transfers: readonly PendingTransfer[];
}

/**
 * The differences between the ledger and what was declared. Ids come from the person and the ledger
 * version they start from, so the same declaration written twice is one.
 *
 * @throws {RangeError} when a position grows that has no price: the echo must have left it out
 */
export function declaration(
  scope: Scope,
  holdings: Holdings,
  declared: Portfolio,
  quotes: ReadonlyMap<string, Quote>,
  now: number,
): Declaration {
  const reference = String(holdings.version);
  const line = (asset: string | null, change: Partial<LedgerEntry>): LedgerEntry => ({
    id: `declared:${scope.person}:${reference}:${asset ?? 'cash'}`,
    at: now,
    kind: 'declared',
    asset,
    units: 0n,
    cashMinor: 0n,
    costMinor: 0n,
    currency: 'USD',
    reference,
    ...change,
  });

  const before = new Map(holdings.positions.map((each) => [each.asset, each]));
  const symbols = [...new Set([...before.keys(), ...declared.units.keys()])].toSorted();
  const entries = symbols.flatMap((asset) => {
    const held = before.get(asset) ?? { units: 0n, costMinor: 0n };
    const units = (declared.units.get(asset) ?? 0n) - held.units;
    if (units === 0n) return [];
    return [line(asset, { units, costMinor: costOf(asset, units, held, quotes) })];
  });
  const cashMinor = declared.cashMinor - holdings.cash.minor;
  if (cashMinor !== 0n) entries.push(line(null, { cashMinor }));

  const { workspace, person } = scope;
  return {
    entries,
    transfers: entries.map(({ id, asset, units, cashMinor, currency }) => ({
      id,
      workspace,
      person,
      asset,
      units,
      cashMinor,
      currency,
    })),
  };
}

/** What was put in: market value of what is new, and its share of the former cost for what leaves. */
function costOf(
  asset: string,
  change: bigint,
  held: { readonly units: bigint; readonly costMinor: bigint },
  quotes: ReadonlyMap<string, Quote>,
): bigint {
  if (change < 0n) return (held.costMinor * change) / held.units;
  const quote = priceOf(quotes, asset);
  if (quote === null) throw new RangeError(`${asset} has no price; leave it out of a declaration.`);
  return amountMinor(change, quote.price);
}
