import { z } from 'zod';

/** The parts of Discord's payloads that Keel reads; everything else passes by. */
const id = z.string().regex(/^[\w-]{1,60}$/);

const userSchema = z.object({ id, bot: z.boolean().nullish() });

const attachmentSchema = z.object({
  id,
  filename: z.string(),
  size: z.number().int().nonnegative(),
  url: z.string().max(4_000),
  content_type: z.string().nullish(),
});

const optionSchema = z.object({
  name: z.string(),
  type: z.number().int(),
  value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  focused: z.boolean().nullish(),
});

/** What somebody put into a field of a form. */
const filledSchema = z.object({
  custom_id: z.string().max(100).nullish(),
  value: z.union([z.string(), z.boolean()]).nullish(),
  values: z.array(z.string()).nullish(),
});

const dataSchema = z.object({
  name: z.string().nullish(),
  /** Of the command: 1 is a slash command. */
  type: z.number().int().nullish(),
  options: z.array(optionSchema).nullish(),
  custom_id: z.string().max(100).nullish(),
  component_type: z.number().int().nullish(),
  values: z.array(z.string().max(200)).nullish(),
  components: z
    .array(
      z.object({
        component: filledSchema.nullish(),
        components: z.array(filledSchema).nullish(),
      }),
    )
    .nullish(),
  resolved: z.object({ attachments: z.record(z.string(), attachmentSchema).nullish() }).nullish(),
});

export const interactionSchema = z.object({
  id,
  application_id: id,
  /** 1 ping, 2 command, 3 component, 4 autocomplete, 5 modal. */
  type: z.number().int(),
  token: z.string().regex(/^[\w.~+=-]{1,1500}$/),
  guild_id: id.nullish(),
  channel_id: id.nullish(),
  channel: z.object({ type: z.number().int() }).nullish(),
  /** Where: 0 a server, 1 the direct chat with the bot, 2 another private chat. */
  context: z.number().int().nullish(),
  locale: z.string().max(35).nullish(),
  user: userSchema.nullish(),
  member: z.object({ user: userSchema }).nullish(),
  message: z.object({ id, flags: z.number().int().nullish() }).nullish(),
  data: dataSchema.nullish(),
});

export const messageSchema = z.object({
  id,
  channel_id: id,
  guild_id: id.nullish(),
  /** 0 an ordinary message, 19 a reply; everything else is news of the place. */
  type: z.number().int(),
  author: userSchema,
  webhook_id: id.nullish(),
  content: z.string(),
  timestamp: z.string().max(40),
  mentions: z.array(userSchema),
  attachments: z.array(attachmentSchema),
  message_reference: z.object({ message_id: id.nullish() }).nullish(),
});

export type Interaction = z.infer<typeof interactionSchema>;
export type Message = z.infer<typeof messageSchema>;
export type Attachment = z.infer<typeof attachmentSchema>;
