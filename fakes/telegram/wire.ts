import type { FakeMessage, World } from './world.ts';

/** A message as the Bot API writes it. */
export function wireMessage(world: World, message: FakeMessage): Readonly<Record<string, unknown>> {
  const chat = world.chat(message.chat);
  const text = message.kind === 'text' ? 'text' : 'caption';
  const entities = message.kind === 'text' ? 'entities' : 'caption_entities';
  return {
    message_id: message.id,
    date: Math.floor(message.at / 1_000),
    chat: {
      id: chat.id,
      type: chat.type,
      ...(chat.type === 'private' ? { first_name: `Person ${chat.id}` } : { title: 'A group' }),
    },
    from: message.from === null ? world.self : wireUser(world, message.from),
    ...(message.topic === undefined
      ? {}
      : { message_thread_id: message.topic, is_topic_message: true }),
    ...(message.text === '' ? {} : { [text]: message.text }),
    ...(message.entities.length === 0 ? {} : { [entities]: message.entities }),
    ...(message.kind === 'photo'
      ? {
          photo: [
            {
              file_id: `photo-${message.id}`,
              file_unique_id: `p${message.id}`,
              width: 960,
              height: 720,
            },
          ],
        }
      : {}),
    ...(message.kind === 'document'
      ? {
          document: {
            file_id: `file-${message.id}`,
            file_unique_id: `f${message.id}`,
            file_name: message.file?.name,
            mime_type: 'text/csv',
            file_size: message.file?.bytes.length,
          },
        }
      : {}),
    ...(message.keyboard.length === 0
      ? {}
      : { reply_markup: { inline_keyboard: message.keyboard } }),
  };
}

export function wireUser(world: World, id: number): Readonly<Record<string, unknown>> {
  const user = world.users.get(id);
  return {
    id,
    is_bot: false,
    first_name: `Person ${id}`,
    ...(user?.language_code === undefined ? {} : { language_code: user.language_code }),
  };
}
