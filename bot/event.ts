import { z } from 'zod';

/**
 * What a person or platform did. `id` is the platform's own delivery id, unique within the
 * platform and installation; handling it twice changes nothing. Adapters parse purely and know no
 * accounts: the bot resolves workspace and person from `source`.
 */
export const sourceSchema = z.object({
  platform: z.string().min(1).max(20),
  /** Which bot, team or guild the platform delivered for; one installation belongs to one workspace. */
  installation: z.string().min(1).max(100),
  conversation: z.string().min(1).max(200),
  /** Who did it, in the platform's own terms. Empty only for lifecycle events without a person. */
  identity: z.string().max(200),
});

/**
 * The platform's own permission to answer one delivery: a Discord interaction token, a Slack
 * response_url. Secret, and worth nothing after `until`; without it a private reply in a group, or an
 * edit of one, is impossible there.
 */
export const ticketSchema = z.object({
  value: z.string().min(1).max(2_000),
  /** Milliseconds since the epoch. */
  until: z.number().int(),
});

export const fileSchema = z.object({
  name: z.string().max(255),
  mediaType: z.string().max(127),
  bytes: z.number().int().nonnegative(),
  /** Base64 of the content; adapters refuse files above the limit before they get here. */
  content: z.string(),
});

export const bodySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('command'), name: z.string(), args: z.string() }),
  z.object({ kind: z.literal('button'), token: z.string().max(200) }),
  /** A select's token with the chosen option's value. */
  z.object({ kind: z.literal('select'), token: z.string().max(200), value: z.string().max(100) }),
  z.object({
    kind: z.literal('form'),
    token: z.string().max(200),
    values: z.record(z.string(), z.string()),
    /** By the name of the form's file field; its value is the file's name. */
    files: z.record(z.string(), fileSchema).optional(),
  }),
  z.object({ kind: z.literal('file'), file: fileSchema, caption: z.string() }),
  z.object({
    kind: z.literal('lifecycle'),
    what: z.enum(['installed', 'uninstalled', 'blocked', 'unblocked', 'home-opened']),
  }),
]);

export const eventSchema = z.object({
  id: z.string().min(1).max(200),
  source: sourceSchema,
  surface: z.enum(['direct', 'group', 'thread']),
  /** Others could read it where it was said, although it is answered in the direct chat. */
  overheard: z.literal(true).optional(),
  /** The platform's id of the message that was clicked, edited or replied to. */
  message: z.string().max(200).optional(),
  ticket: ticketSchema.optional(),
  /** BCP 47, e.g. "en-GB". */
  locale: z.string().max(35),
  /** Milliseconds since the epoch, by the platform's clock where it says one. */
  at: z.number().int(),
  body: bodySchema,
});

export type Ticket = z.infer<typeof ticketSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type EventFile = z.infer<typeof fileSchema>;
export type Body = z.infer<typeof bodySchema>;
export type Event = z.infer<typeof eventSchema>;

/** The key under which a conversation's events are queued and answered in order. */
export function conversationKey(source: Source): string {
  return `${source.platform}:${source.installation}:${source.conversation}`;
}

/** The key under which a delivery is stored once. */
export function updateKey(event: Event): string {
  return `${event.source.platform}:${event.source.installation}:${event.id}`;
}
