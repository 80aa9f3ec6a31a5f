/** Exact money: integers in minor units with a currency. Never a float. */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

/** Units of an asset, scaled by 10^8, so that a satoshi is exact. */
export type Units = bigint;
export const UNIT_SCALE = 100_000_000n;

/** Rounds a float amount of money half away from zero to minor units (cents). */
export function toMinor(amount: number): bigint {
  if (!Number.isFinite(amount)) throw new RangeError(`Not an amount of money: ${amount}.`);
  return BigInt(Math.sign(amount) * Math.round(Math.abs(amount) * 100));
}

export function fromMinor(minor: bigint): number {
  return Number(minor) / 100;
}

/** Rounds a float number of units half away from zero to scaled units. */
export function toUnits(units: number): Units {
  if (!Number.isFinite(units)) throw new RangeError(`Not a number of units: ${units}.`);
  return BigInt(Math.sign(units) * Math.round(Math.abs(units) * Number(UNIT_SCALE)));
}

export function fromUnits(units: Units): number {
  return Number(units) / Number(UNIT_SCALE);
}
