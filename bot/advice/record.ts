import { z } from 'zod';
import type { Driver } from '../../engine/drivers/driver.ts';
import type { Allocation } from '../../engine/optimizers/problem.ts';
import { assetClasses } from '../catalogue.ts';
import { goalSchema } from '../goal.ts';
import { type Policy, profileNames } from '../suitability/policy.ts';
import { noWishes, type Wishes, wishesSchema } from '../wishes.ts';
import { fromCanonical } from './canonical.ts';
import type { Recommendation } from './types.ts';

/** Everything a recommendation was computed from, beside the price window it names. */
export interface AdviceInputs {
  /** SHA-256 of the price window (an artifact). */
  readonly panelHash: string;
  /** UTC day number of the advice. */
  readonly today: number;
  readonly policy: Policy;
  readonly goal: z.infer<typeof goalSchema>;
  /** Value in cents: what a goal by a date starts from. */
  readonly totalMinor: number;
  /** Fractions of value by symbol, CASH included, sorted by symbol. */
  readonly current: readonly (readonly [string, number])[];
  /** What cash earns when the window holds no Treasury bill fund, per year. */
  readonly cashRate: number;
  readonly simulated: boolean;
  /** The advice before, whose change is explained; null for a first one. */
  readonly previous: string | null;
  /** What the person asked of the method itself. */
  readonly wishes: Wishes;
}

const assetClass = z.enum(assetClasses);

const policySchema: z.ZodType<Policy> = z.object({
  profile: z.enum(profileNames),
  version: z.string(),
  volatilityBudget: z.number(),
  maxPerAsset: z.record(assetClass, z.number()),
  classLimits: z.record(assetClass, z.tuple([z.number(), z.number()])),
  riskAversion: z.number(),
  maxPriceAgeDays: z.number(),
  minimumTradeMinor: z.number(),
});

const inputsSchema = z.object({
  panelHash: z.string().length(64),
  today: z.number().int(),
  policy: policySchema,
  goal: goalSchema,
  totalMinor: z.number(),
  current: z.array(z.tuple([z.string(), z.number()])),
  cashRate: z.number(),
  simulated: z.boolean(),
  previous: z.string().nullable(),
  // Records from before people could ask for anything have none.
  wishes: wishesSchema.default(noWishes),
});

export function readInputs(text: string): AdviceInputs {
  return inputsSchema.parse(fromCanonical(text));
}

/** How a goal by a date stands. */
export interface Outlook {
  /** Money wanted and by when (UTC day). */
  readonly amount: number;
  readonly byDay: number;
  /** Return per year that would just reach it; null when there is enough already or nothing reaches it. */
  readonly requiredReturn: number | null;
  /** Of reaching it, if returns behave as estimated. */
  readonly probability: number;
  /** The same at the lower and upper end of the expected return's 90 % interval. */
  readonly low: number;
  readonly high: number;
  /** Expected worth at the date. */
  readonly expected: number;
}

/** What came out, as it is shown and compared by replay. */
export interface AdviceResult {
  readonly allocation: Allocation;
  readonly assets: readonly string[];
  /** Per year: standard error of the expected return. */
  readonly returnError: number;
  /** Years of history behind the estimates. */
  readonly years: number;
  readonly volatilityError: number;
  readonly badYear: {
    readonly loss: number;
    readonly method: 'historical' | 'parametric';
    readonly windows: number;
    readonly years: number;
  };
  readonly riskShares: readonly (readonly [string, number])[];
  readonly cashRate: number;
  readonly outlook: Outlook | null;
  /** What had to be said: an unreachable target, assets left out, a rate that was assumed. */
  readonly remarks: readonly string[];
}

const allocationSchema = z.object({
  method: z.string(),
  weights: z.instanceof(Float64Array),
  expectedReturn: z.number(),
  volatility: z.number(),
  tradingCost: z.number(),
  binding: z.array(z.any()),
  residual: z.number(),
  iterations: z.number(),
  solvedBy: z.string(),
  certificate: z.enum(['optimality', 'gap', 'rule']).optional(),
  repairs: z.array(z.string()).optional(),
});

const resultSchema = z.object({
  allocation: allocationSchema,
  assets: z.array(z.string()),
  returnError: z.number(),
  years: z.number(),
  volatilityError: z.number(),
  badYear: z.object({
    loss: z.number(),
    method: z.enum(['historical', 'parametric']),
    windows: z.number(),
    years: z.number(),
  }),
  riskShares: z.array(z.tuple([z.string(), z.number()])),
  cashRate: z.number(),
  outlook: z
    .object({
      amount: z.number(),
      byDay: z.number(),
      requiredReturn: z.number().nullable(),
      probability: z.number(),
      low: z.number(),
      high: z.number(),
      expected: z.number(),
    })
    .nullable(),
  remarks: z.array(z.string()),
});

/** The result of a stored recommendation. Canonical JSON is kept as text, so that its bits survive. */
export function resultOf(recommendation: Recommendation): AdviceResult {
  return resultSchema.parse(fromCanonical(recommendation.result)) as AdviceResult;
}

export function policyOf(recommendation: Recommendation): Policy {
  return policySchema.parse(fromCanonical(recommendation.policy));
}

export function driversOf(recommendation: Recommendation): readonly Driver[] {
  return z
    .array(z.looseObject({ kind: z.string() }))
    .parse(fromCanonical(recommendation.drivers)) as unknown as readonly Driver[];
}

/** Target weights by symbol, CASH included. */
export function targetWeightsOf(result: AdviceResult): ReadonlyMap<string, number> {
  return new Map(result.assets.map((asset, i) => [asset, result.allocation.weights[i]]));
}
