import type { LedgerEntry } from './advice/types.ts';
import type { CorporateAction } from './ports.ts';

const ratioScale = 1_000_000n;
const msPerDay = 86_400_000;

/** A change of units that a split owes the ledger; it moves no cash and no cost. */
export type SplitChange = Pick<
  LedgerEntry,
  'id' | 'at' | 'asset' | 'units' | 'cashMinor' | 'costMinor' | 'reference'
>;

/**
 * What splits since each entry owe a person's ledger, so that units fit the raw closes of after the
 * split and nothing drifts overnight. Give it every entry of the ledger: a split that already has its
 * entry (the id is derived from asset and day) is not owed again.
 */
export function owedSplits(
  entries: readonly Pick<LedgerEntry, 'id' | 'at' | 'asset' | 'units'>[],
  actions: readonly CorporateAction[],
): readonly SplitChange[] {
  const written = new Set(entries.map((entry) => entry.id));
  const splits = actions.filter((one) => one.split !== 1).sort((a, b) => a.day - b.day);
  const owed: SplitChange[] = [];
  for (const { asset, day, split } of splits) {
    const id = `split:${asset}:${day}`;
    if (written.has(id)) continue;
    // Before the open of that day: what was entered on it is counted in new units already.
    const at = day * msPerDay;
    const held = [...entries, ...owed]
      .filter((entry) => entry.asset === asset && entry.at < at)
      .reduce((sum, entry) => sum + entry.units, 0n);
    if (held === 0n) continue;
    const ratio = BigInt(Math.round(split * Number(ratioScale)));
    const units = (held * ratio + ratioScale / 2n) / ratioScale - held;
    owed.push({ id, at, asset, units, cashMinor: 0n, costMinor: 0n, reference: id });
  }
  return owed;
}
