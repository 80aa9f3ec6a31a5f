/**
 * Standard normal distribution function, to about 1e-15.
 *
 * @source Hart (1968) as given by West, "Better approximations to cumulative normal functions" (2005)
 */
export function normalCdf(x: number): number {
  const z = Math.abs(x);
  let tail = 0;
  if (z < 37) {
    const e = Math.exp((-z * z) / 2);
    if (z < 7.07106781186547) {
      let top = 3.52624965998911e-2 * z + 0.700383064443688;
      top = top * z + 6.37396220353165;
      top = top * z + 33.912866078383;
      top = top * z + 112.079291497871;
      top = top * z + 221.213596169931;
      top = top * z + 220.206867912376;
      let bottom = 8.83883476483184e-2 * z + 1.75566716318264;
      bottom = bottom * z + 16.064177579207;
      bottom = bottom * z + 86.7807322029461;
      bottom = bottom * z + 296.564248779674;
      bottom = bottom * z + 637.333633378831;
      bottom = bottom * z + 793.826512519948;
      bottom = bottom * z + 440.413735824752;
      tail = (e * top) / bottom;
    } else {
      const fraction = z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))));
      tail = e / (fraction * 2.506628274631);
    }
  }
  return x > 0 ? 1 - tail : tail;
}

/** Standard normal density. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * Standard normal quantile, to about 1e-14 inside (1e-300, 1 - 1e-16): a rational start and two
 * Halley steps on {@link normalCdf}.
 *
 * @param p between 0 and 1; 0 gives -Infinity and 1 gives Infinity
 * @source Acklam (2003), refined
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  let x = 0;
  if (p < 0.02425 || p > 1 - 0.02425) {
    const q = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
    const tail =
      (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q -
        2.549732539343734) *
        q +
        4.374664141464968) *
        q +
        2.938163982698783) /
      ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q +
        3.754408661907416) *
        q +
        1);
    x = p < 0.5 ? tail : -tail;
  } else {
    const q = p - 0.5;
    const r = q * q;
    x =
      ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r +
        138.357751867269) *
        r -
        30.66479806614716) *
        r +
        2.506628277459239) *
        q) /
      (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r +
        66.80131188771972) *
        r -
        13.28068155288572) *
        r +
        1);
  }
  for (let i = 0; i < 2; i++) {
    const density = normalDensity(x);
    if (density === 0) break;
    const error = (normalCdf(x) - p) / density;
    x -= error / (1 + (x * error) / 2);
  }
  return x;
}
