/**
 * A fraction as people read it: "12.3 %"; with as many decimals as it takes to tell it where a tenth of
 * a percent says too little: "9.93 %", "0.0001 %".
 */
export function percent(fraction: number): string {
  const points = 100 * fraction;
  const isTenths = Math.abs(Math.round(10 * points) - 10 * points) < 1e-7 * Math.abs(points);
  return written(points, isTenths || points === 0 ? 1 : Math.max(2, decimals(points, 4)));
}

/**
 * What a bound has to move to: "10.21 % instead of 9.93 % for volatility at most 9.93 %", rounded to the
 * side that works.
 */
export function instead(limit: string, bound: number, to: number): string {
  const points = 100 * to;
  const digits = Math.max(2, decimals(points - 100 * bound, 2));
  const unit = 10 ** digits;
  // Rounding must not ask for more than a whole number that works.
  const rounded =
    (to > bound ? Math.ceil(points * unit - 1e-4) : Math.floor(points * unit + 1e-4)) / unit;
  return `${written(rounded, digits)} instead of ${percent(bound)} for ${limit}`;
}

/** Decimals that show so many digits of a number. */
function decimals(value: number, digits: number): number {
  if (value === 0 || !Number.isFinite(value)) return 1;
  return Math.min(Math.max(digits - 1 - Math.floor(Math.log10(Math.abs(value))), 1), 15);
}

/** With one decimal at least, and no zeros beyond. */
function written(points: number, decimals: number): string {
  return `${points.toFixed(decimals).replace(/(\.\d+?)0+$/, '$1')} %`;
}
