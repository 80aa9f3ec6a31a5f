import { z } from 'zod';
import type { Constraint } from '../engine/constraints/index.ts';
import { assetClasses } from './catalogue.ts';

/**
 * Ways to choose a mix that a person can pick. 'goal' is Keel's own: the method follows from the goal.
 */
export const ways = [
  'goal',
  'least-risk',
  'best-ratio',
  'equal-risk',
  'most-diversified',
  'mild-tails',
  'doubtful',
] as const;
export type Way = (typeof ways)[number];

/** A symbol, "CASH", or a class as limits are written in. */
export const subjectSchema = z.union([
  z.object({ kind: z.literal('asset'), symbol: z.string().min(1).max(20) }),
  z.object({ kind: z.literal('class'), name: z.enum(assetClasses) }),
]);
export type Subject = z.infer<typeof subjectSchema>;

const termSchema = z.object({ of: subjectSchema, factor: z.number() });

/** As the person wrote it, cleaned; shown back, never computed with. */
const textSchema = z.string().max(120);

/** A limit of the person's own, beside those of the profile: the engine's constraint, as plain data. */
export const ownLimitSchema: z.ZodType<Constraint> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('weight'),
    name: z.string().min(1).max(200),
    coefficients: z.record(z.string().max(20), z.number()),
    lower: z.number().nullable(),
    upper: z.number().nullable(),
  }),
  z.object({
    kind: z.literal('each-weight'),
    most: z.number(),
    except: z.array(z.string().max(20)),
  }),
  z.object({
    kind: z.enum(['turnover', 'volatility', 'tracking-error', 'conditional-value-at-risk']),
    most: z.number(),
  }),
  z.object({ kind: z.literal('holdings'), most: z.number() }),
  z.object({ kind: z.literal('smallest-holding'), least: z.number() }),
]);
export type OwnLimit = Constraint;

/** What the person expects of returns: the sum of terms earns this a year, with this confidence. */
export const viewSchema = z.object({
  text: textSchema,
  terms: z.array(termSchema).min(1).max(4),
  /** Per year. */
  annualReturn: z.number(),
  /** Share of the way that the view alone moves the estimate, above 0, at most 1. */
  confidence: z.number(),
});
export type OwnView = z.infer<typeof viewSchema>;

/** At most this many of each: more would leave nothing to choose. */
export const MOST_WISHES = 8;

/** What a person asked of the method itself. */
export const wishesSchema = z.object({
  way: z.enum(ways),
  limits: z.array(ownLimitSchema).max(MOST_WISHES),
  views: z.array(viewSchema).max(MOST_WISHES),
});
export type Wishes = z.infer<typeof wishesSchema>;

export const noWishes: Wishes = { way: 'goal', limits: [], views: [] };
