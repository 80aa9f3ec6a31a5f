import { z } from 'zod';
import type { Portfolio } from './portfolio-edit.ts';

const scaled = z.string().regex(/^-?\d{1,30}$/);

/** A portfolio as JSON keeps it: exact integers as digits. */
const portfolioSchema = z
  .object({ cash: scaled, units: z.array(z.tuple([z.string(), scaled])) })
  .transform(
    ({ cash, units }): Portfolio => ({
      cashMinor: BigInt(cash),
      units: new Map(units.map(([asset, count]) => [asset, BigInt(count)])),
    }),
  );

const editSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set'), asset: z.string(), units: z.number() }),
  z.object({ kind: z.literal('add'), asset: z.string(), units: z.number() }),
  z.object({ kind: z.literal('remove'), asset: z.string() }),
  z.object({
    kind: z.literal('value'),
    asset: z.string(),
    minor: z.number(),
    mode: z.enum(['set', 'add']),
  }),
  z.object({ kind: z.literal('cash'), minor: z.number(), mode: z.enum(['set', 'add']) }),
  z.object({ kind: z.literal('clear') }),
]);

/** What a holdings dialogue keeps between messages. */
export const holdingsDraftSchema = z.object({
  /** Buttons carry it: one of an earlier list is refused. */
  id: z.string(),
  /** The ledger version that `portfolio` started from. */
  version: z.number().int(),
  /** While clarifying, what was there before the words; in the echo, what they come to. */
  portfolio: portfolioSchema,
  /** Name of the file the text came from; null when typed. */
  file: z.string().nullable(),
  /** Words left out on request. */
  skipped: z.array(z.string()),
  /** Answers to the reading's questions, in its order. */
  answers: z.array(z.array(editSchema)),
});

export type HoldingsDraft = z.infer<typeof holdingsDraftSchema>;

/** A draft as it is saved. */
export function savedDraft(draft: HoldingsDraft): unknown {
  const { cashMinor, units } = draft.portfolio;
  return {
    ...draft,
    portfolio: {
      cash: String(cashMinor),
      units: [...units].map(([asset, count]) => [asset, String(count)]),
    },
  };
}
