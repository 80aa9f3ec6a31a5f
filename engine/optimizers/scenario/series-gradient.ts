import type { RiskData } from './risk-data.ts';
import type { RiskModel } from './risk-model.ts';

/**
 * Slopes of the risk over the variables of a model.
 *
 * @param shares one per period: what one more unit of loss adds to the shape
 * @returns M numbers
 */
export function seriesGradient(
  { count, series, unit }: RiskData,
  model: RiskModel,
  shares: Float64Array,
): Float64Array {
  const n = model.assets;
  const gradient = new Float64Array(model.lower.length);
  for (let i = 0; i < n; i++) {
    const from = i * count;
    let sum = 0;
    for (let t = 0; t < count; t++) sum += series[from + t] * shares[t];
    gradient[i] = -unit * sum;
  }
  model.holdings.forEach((holding, e) => {
    if (holding === null) return;
    for (let i = 0; i < n; i++) gradient[n + e] += holding[i] * gradient[i];
  });
  return gradient;
}
