import type { Driver } from './driver.ts';

/** Kinds in the order they are told, and how many of each at most. */
const rounds: readonly (readonly Driver['kind'][])[] = [
  ['change', 'market-move', 'binding-limit', 'risk-share', 'diversification', 'held-back-by-cost'],
  ['change', 'binding-limit', 'risk-share'],
];

/**
 * The three to five drivers that matter most, in a fixed way: the first of each kind that is
 * material, then a second change, limit and risk share; when that leaves fewer than three, the next
 * best of any kind. The lists they come from are already ordered by size.
 *
 * @param drivers changes and allocation drivers, each kind largest first
 * @param most at most this many
 * @returns changes first, the rest in the order of their kinds
 */
export function leadingDrivers(drivers: readonly Driver[], most = 5): readonly Driver[] {
  const chosen: Driver[] = [];
  const take = (driver: Driver | undefined): void => {
    if (driver !== undefined && chosen.length < most && !repeats(driver, chosen)) {
      chosen.push(driver);
    }
  };
  const rest = (kind: Driver['kind'], suits: (driver: Driver) => boolean): Driver | undefined =>
    drivers.find(
      (driver) =>
        driver.kind === kind &&
        suits(driver) &&
        !chosen.includes(driver) &&
        !repeats(driver, chosen),
    );
  for (const kinds of rounds) {
    for (const kind of kinds) take(rest(kind, (driver) => isMaterial(driver, chosen)));
  }
  const anything = (driver: Driver): boolean => driver.kind !== 'market-move';
  for (const kind of rounds[0]) {
    if (chosen.length < Math.min(3, most)) take(rest(kind, anything));
  }
  const order = (driver: Driver): number => rounds[0].indexOf(driver.kind);
  return chosen
    .map((driver, i) => ({ driver, i }))
    .sort((a, b) => order(a.driver) - order(b.driver) || a.i - b.i)
    .map(({ driver }) => driver);
}

function isMaterial(driver: Driver, chosen: readonly Driver[]): boolean {
  switch (driver.kind) {
    case 'change':
      return Math.abs(driver.to - driver.from) >= 0.01;
    case 'market-move': {
      // Worth telling only as the reason of a change that is told.
      const cause = driver.what === 'volatility' ? 'volatility' : 'expected-returns';
      return chosen.some(
        (each) => each.kind === 'change' && each.causes.slice(0, 2).some((c) => c.cause === cause),
      );
    }
    case 'binding-limit':
      return driver.binding.shadowPrice > 0;
    case 'risk-share':
      return driver.share >= 0.2;
    case 'diversification':
      return driver.ratio >= 1.1;
    case 'held-back-by-cost':
      return driver.weight >= 0.01;
  }
}

/** A change of an asset that is the whole change of a class told already says nothing new. */
function repeats(driver: Driver, chosen: readonly Driver[]): boolean {
  if (driver.kind !== 'change') return false;
  return chosen.some(
    (each) =>
      each.kind === 'change' &&
      Math.abs(each.from - driver.from) < 1e-9 &&
      Math.abs(each.to - driver.to) < 1e-9,
  );
}
