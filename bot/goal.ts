import { z } from 'zod';

/** What the money is for, as it is stored. Amounts are whole cents, rates fractions per year. */
export const goalSchema = z.discriminatedUnion('kind', [
  /** The most return that the risk profile allows. */
  z.object({ kind: z.literal('max-return') }),
  z.object({ kind: z.literal('target-return'), annualReturn: z.number().positive().max(1) }),
  /** Keep what there is: the least volatility. */
  z.object({ kind: z.literal('preserve') }),
  z.object({
    kind: z.literal('by-date'),
    amountMinor: z.number().int().positive(),
    currency: z.literal('USD'),
    /** UTC day number. */
    byDay: z.number().int(),
    contribution: z
      .object({
        minor: z.number().int().positive(),
        every: z.enum(['week', 'month', 'quarter', 'year']),
      })
      .nullable(),
    /** The person's own word for it, cleaned and at most 40 characters: "house". */
    purpose: z.string().max(40).nullable(),
  }),
]);

export type Goal = z.infer<typeof goalSchema>;
