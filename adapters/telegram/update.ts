import { z } from 'zod';

/** The parts of Bot API updates that Keel reads; everything else passes by. */
const userSchema = z.object({
  id: z.number().int(),
  is_bot: z.boolean(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});

const chatSchema = z.object({
  id: z.number().int(),
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
});

const entitySchema = z.object({
  type: z.string(),
  offset: z.number().int().nonnegative(),
  length: z.number().int().nonnegative(),
});

const documentSchema = z.object({
  file_id: z.string().min(1),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  file_size: z.number().int().nonnegative().optional(),
});

const messageSchema = z.object({
  message_id: z.number().int(),
  message_thread_id: z.number().int().optional(),
  is_topic_message: z.boolean().optional(),
  from: userSchema.optional(),
  /** Set when somebody writes as a channel or group; then `from` is a stand-in. */
  sender_chat: z.object({ id: z.number().int() }).optional(),
  chat: chatSchema,
  date: z.number().int(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z.array(entitySchema).optional(),
  document: documentSchema.optional(),
  reply_to_message: z
    .object({ message_id: z.number().int(), from: userSchema.optional() })
    .optional(),
});

const callbackSchema = z.object({
  id: z.string().min(1),
  from: userSchema,
  data: z.string().optional(),
  message: z
    .object({
      message_id: z.number().int(),
      chat: chatSchema,
      message_thread_id: z.number().int().optional(),
      is_topic_message: z.boolean().optional(),
    })
    .optional(),
});

const memberSchema = z.object({ status: z.string() });

export const updateSchema = z.object({
  update_id: z.number().int().nonnegative(),
  message: messageSchema.optional(),
  edited_message: z.object({ chat: chatSchema }).optional(),
  callback_query: callbackSchema.optional(),
  my_chat_member: z
    .object({
      chat: chatSchema,
      from: userSchema,
      date: z.number().int(),
      old_chat_member: memberSchema,
      new_chat_member: memberSchema,
    })
    .optional(),
});

export type Update = z.infer<typeof updateSchema>;
export type Message = z.infer<typeof messageSchema>;
export type Document = z.infer<typeof documentSchema>;

/** What Telegram is asked to deliver. */
export const allowedUpdates = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
] as const;
