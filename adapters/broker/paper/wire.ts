import { z } from 'zod';

/** The paper broker's API as both sides read it. Whole numbers travel as decimal strings: they are 64 bits wide. */

const whole = z
  .string()
  .regex(/^-?\d{1,18}$/)
  .transform(BigInt);
const text = (most: number) => z.string().min(1).max(most);
const asset = text(40);
const account = text(200);
const price = z.number().positive().max(1e7);
const bps = z.number().min(0).max(5_000);

export const orderSchema = z.strictObject({
  clientOrderId: z.string().regex(/^[0-9a-f]{32}$/),
  account,
  asset,
  side: z.enum(['buy', 'sell']),
  units: whole.refine((units) => units > 0n, 'must be positive'),
});
export type WireOrder = z.output<typeof orderSchema>;

export const transferSchema = z.strictObject({
  id: text(200),
  account,
  asset: asset.nullable(),
  units: whole,
  cashMinor: whole,
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type WireTransfer = z.output<typeof transferSchema>;

export const quoteSchema = z.strictObject({
  asset,
  price,
  day: z.number().int(),
  /** Smallest tradable step, in scaled units. */
  step: whole.refine((step) => step > 0n, 'must be positive'),
  /** What the venue charges for this asset. */
  costs: z.strictObject({ commissionBps: bps, halfSpreadBps: bps, slippageBps: bps }),
});
export const quotesSchema = z.strictObject({ quotes: z.array(quoteSchema).max(5_000) });
export type WireQuote = z.output<typeof quoteSchema>;

export const fillSchema = z.object({
  id: text(100),
  units: whole,
  price,
  amountMinor: whole,
  commissionMinor: whole,
  currency: z.string(),
  at: z.number().int(),
});

export const statusSchema = z.object({
  clientOrderId: z.string(),
  state: z.enum(['accepted', 'partly-filled', 'filled', 'rejected', 'cancelled']),
  filledUnits: whole,
  fills: z.array(fillSchema),
  reason: z.string().nullable(),
});
export type WireStatus = z.output<typeof statusSchema>;

export const accountSchema = z.object({
  account: z.string(),
  cashMinor: whole,
  currency: z.string(),
  positions: z.array(z.object({ asset: z.string(), units: whole })),
});
export type WireAccount = z.output<typeof accountSchema>;

export const refusalSchema = z.object({ code: z.string(), message: z.string() });

/** What a test can make the broker do. `after` spares the first calls, `times` bounds the rest. */
export const faultSchema = z.strictObject({
  on: z.enum(['submit', 'find', 'cancel', 'account', 'transfer', 'quotes']).default('submit'),
  after: z.number().int().min(0).default(0),
  times: z.number().int().min(1).default(1),
  fault: z.discriminatedUnion('kind', [
    /** Answers 503 and does nothing. */
    z.strictObject({ kind: z.literal('unavailable') }),
    /** Answers a look-up as if the order had never been seen, as a lagging replica does. */
    z.strictObject({ kind: z.literal('not-found') }),
    /** Waits before doing anything. */
    z.strictObject({ kind: z.literal('delay'), ms: z.number().int().min(0).max(60_000) }),
    /** Does it, then answers late. */
    z.strictObject({ kind: z.literal('answer-late'), ms: z.number().int().min(0).max(60_000) }),
    /** Does it and never answers. */
    z.strictObject({ kind: z.literal('never-answer') }),
    /** Does it and drops the connection. */
    z.strictObject({ kind: z.literal('drop-answer') }),
    /** Answers with something that is not the API. */
    z.strictObject({ kind: z.literal('garble-answer') }),
    /** Accepts the order, fills this part of it in steps, and waits. 0 fills nothing. */
    z.strictObject({ kind: z.literal('fill-part'), part: z.number().min(0).max(1) }),
    z.strictObject({ kind: z.literal('reject'), reason: text(200) }),
  ]),
});
export type Fault = z.output<typeof faultSchema>;

export const controlSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('fault'), rule: faultSchema }),
  z.strictObject({ do: z.literal('clear') }),
  /** Market halted or open again; null for every asset. */
  z.strictObject({ do: z.literal('halt'), asset: asset.nullable(), halted: z.boolean() }),
  /** Whether a repeated client id is refused even when its content is the same, as some brokers do. */
  z.strictObject({ do: z.literal('strict-ids'), strict: z.boolean() }),
  /** Fills the rest of an order that waits. */
  z.strictObject({ do: z.literal('release'), clientOrderId: z.string() }),
  /** How often each endpoint was called, and submit by client order id. */
  z.strictObject({ do: z.literal('calls') }),
]);
export type Control = z.output<typeof controlSchema>;

/** Plain JSON with whole numbers as strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'bigint' ? each.toString() : each,
  );
}
