import type { Problem } from '../problem.ts';

const times = (values: Float64Array, by: number) => values.map((v) => v * by);

/** The same problem with returns counted in another unit, `unit` to the old one: no weight may change. */
export function inUnits(p: Problem, unit: number): Problem {
  const scaled = (value: number | undefined) => (value === undefined ? undefined : value * unit);
  return {
    ...p,
    expectedReturns: times(p.expectedReturns, unit),
    covariance: times(p.covariance, unit ** 2),
    riskFree: p.riskFree * unit,
    riskAversion: p.riskAversion! / unit,
    targetReturn: scaled(p.targetReturn),
    targetVolatility: scaled(p.targetVolatility),
    targetRisk: scaled(p.targetRisk),
    covarianceRadius: p.covarianceRadius! * unit ** 2,
    ...(p.tradingCosts && { tradingCosts: times(p.tradingCosts, unit) }),
    ...(p.meanUncertainty?.kind === 'ellipsoid' && {
      meanUncertainty: { ...p.meanUncertainty, shape: times(p.meanUncertainty.shape, unit ** 2) },
    }),
    beliefs: p.beliefs!.map((one) => ({
      expectedReturns: times(one.expectedReturns, unit),
      covariance: times(one.covariance, unit ** 2),
    })),
    scenarios: { ...p.scenarios!, returns: times(p.scenarios!.returns, unit) },
  };
}

/**
 * The same problem with its first asset listed twice, half of it each: half its bounds and present
 * weight. What can be held of the two together is what could be held of the one.
 */
export function withTwin(p: Problem): Problem {
  const n = p.assets.length;
  const from = (i: number) => (i === n ? 0 : i);
  const list = (values: Float64Array) =>
    Float64Array.from({ length: n + 1 }, (_, i) => values[from(i)]);
  const halved = (values: Float64Array) => list(values).map((v, i) => (from(i) === 0 ? v / 2 : v));
  const square = (values: Float64Array) =>
    Float64Array.from({ length: (n + 1) ** 2 }, (_, at) => {
      const i = Math.floor(at / (n + 1));
      return values[from(i) * n + from(at % (n + 1))];
    });
  const { lower, upper, linear } = p.limits;
  const { returns, count } = p.scenarios!;
  return {
    ...p,
    assets: [...p.assets, 'TWIN'],
    expectedReturns: list(p.expectedReturns),
    covariance: square(p.covariance),
    limits: {
      lower: halved(lower),
      upper: halved(upper),
      linear: linear.map((one) => ({ ...one, coefficients: list(one.coefficients) })),
    },
    // A doubt that counts each weight by itself would tell the two from the one.
    covarianceRadius: 0,
    benchmark: halved(p.benchmark!),
    ...(p.current && { current: halved(p.current), tradingCosts: list(p.tradingCosts!) }),
    ...(p.meanUncertainty?.kind === 'ellipsoid' && {
      meanUncertainty: { ...p.meanUncertainty, shape: square(p.meanUncertainty.shape) },
    }),
    beliefs: p.beliefs!.map((one) => ({
      expectedReturns: list(one.expectedReturns),
      covariance: square(one.covariance),
    })),
    scenarios: {
      ...p.scenarios!,
      returns: Float64Array.from({ length: count * (n + 1) }, (_, at) => {
        const t = Math.floor(at / (n + 1));
        return returns[t * n + from(at % (n + 1))];
      }),
    },
  };
}
