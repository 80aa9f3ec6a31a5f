/**
 * Which eigenvalues of a correlation stand out of noise. The largest that m returns of n assets
 * without any structure would give is s^2 (1 + sqrt(n / m))^2, where s^2 is the mean of the
 * eigenvalues that belong to noise; it is found by taking out signals until none is left above.
 *
 * @param values n eigenvalues, rising
 * @param m number of observations
 * @source Marchenko and Pastur (1967); Laloux, Cizeau, Bouchaud and Potters (1999)
 */
export function noiseEdge(
  values: Float64Array,
  m: number,
): { readonly edge: number; readonly signals: number } {
  const n = values.length;
  const spread = (1 + Math.sqrt(n / m)) ** 2;
  let noise = n;
  for (;;) {
    let mean = 0;
    for (let k = 0; k < noise; k++) mean += values[k] / noise;
    const edge = mean * spread;
    let below = noise;
    while (below > 0 && values[below - 1] > edge) below--;
    // The least eigenvalue is never above their mean, so noise keeps at least one.
    if (below === noise) return { edge, signals: n - noise };
    noise = below;
  }
}
