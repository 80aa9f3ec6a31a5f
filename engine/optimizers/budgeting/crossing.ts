/** A miss this small is rounding. */
const nothing = 1e-14;
const mostSteps = 100;
/** How far from its start the place is looked for. */
const farthest = 1e15;

/**
 * The positive place at which a function that rises through 0 does so, by false position in the
 * logarithm of the place with the stale side's value halved (Illinois). The function is evaluated last at
 * the place that is returned.
 *
 * @param miss the function; may keep state that makes near places cheap
 * @param start where to look first, positive
 * @returns null when it does not change sign within fifteen orders of magnitude
 * @source Dowell and Jarratt (1971)
 */
export function crossing(miss: (place: number) => number, start: number): number | null {
  let here = start;
  let value = miss(here);
  if (Math.abs(value) <= nothing) return here;
  let low = Number.NaN;
  let high = Number.NaN;
  let lowMiss = 0;
  let highMiss = 0;
  let last = 0;
  for (let step = 0; step < mostSteps; step++) {
    if (value < 0) {
      low = here;
      lowMiss = value;
      if (last < 0) highMiss /= 2;
      last = -1;
    } else {
      high = here;
      highMiss = value;
      if (last > 0) lowMiss /= 2;
      last = 1;
    }
    if (Number.isNaN(high)) here *= 2;
    else if (Number.isNaN(low)) here /= 2;
    else {
      if (high - low <= 4e-16 * high) break;
      const share = lowMiss / (lowMiss - highMiss);
      here = low * (high / low) ** Math.min(Math.max(share, 1e-9), 1 - 1e-9);
      if (!(here > low && here < high)) break;
    }
    if (!(here < farthest * start && here > start / farthest)) return null;
    value = miss(here);
    if (Math.abs(value) <= nothing) break;
  }
  return here;
}
