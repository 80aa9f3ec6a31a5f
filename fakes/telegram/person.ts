import type { FakeTelegram } from './server.ts';
import { wireMessage, wireUser } from './wire.ts';
import type { FakeMessage, FakeUpdate } from './world.ts';

/** Somebody with Telegram on their phone: what they do becomes updates for the bot. */
export function createPerson(fake: FakeTelegram, id: number, options: { language?: string } = {}) {
  const { world, delivery } = fake;
  world.users.set(id, { id, ...(options.language ? { language_code: options.language } : {}) });

  function entitiesOf(text: string) {
    const command = /^\/\w+(@\w+)?/.exec(text);
    return command ? [{ type: 'bot_command', offset: 0, length: command[0].length }] : [];
  }

  function write(chat: number, message: Partial<FakeMessage>): FakeUpdate {
    const kept = world.put({
      chat,
      from: id,
      kind: 'text',
      text: '',
      entities: [],
      keyboard: [],
      silent: false,
      ...message,
    });
    return world.nextUpdate({ message: wireMessage(world, kept) });
  }

  function membership(status: string, before: string): FakeUpdate {
    const user = world.self;
    return world.nextUpdate({
      my_chat_member: {
        chat: { id, type: 'private', first_name: `Person ${id}` },
        from: wireUser(world, id),
        date: Math.floor(world.now() / 1_000),
        old_chat_member: { user, status: before },
        new_chat_member: { user, status },
      },
    });
  }

  function pressed(button: { message: FakeMessage; data: string }): FakeUpdate {
    return world.nextUpdate({
      callback_query: {
        id: `q${world.changes()}-${id}-${button.data.length}`,
        from: wireUser(world, id),
        message: wireMessage(world, button.message),
        chat_instance: '1',
        data: button.data,
      },
    });
  }

  const person = {
    id,
    /** What stands in the direct chat, oldest first. */
    messages: (): FakeMessage[] =>
      [...world.chat(id).messages.values()].sort((a, b) => a.id - b.id),
    /** Writes in the direct chat; the first words open it. */
    typed(text: string): FakeUpdate {
      world.chat(id).open = true;
      return write(id, { text, entities: entitiesOf(text) });
    },
    typedIn(chat: number, text: string, topic?: number): FakeUpdate {
      world.chat(chat);
      const where = topic === undefined ? {} : { topic };
      return write(chat, { text, entities: entitiesOf(text), ...where });
    },
    sentFile(name: string, bytes: Uint8Array): FakeUpdate {
      world.chat(id).open = true;
      const update = write(id, { kind: 'document', file: { name, bytes } });
      const { document } = update.message as { document: { file_id: string } };
      world.files.set(document.file_id, bytes);
      return update;
    },
    /** The newest button whose words are, or begin with, these; a cut label counts when it begins them. */
    find(label: string): { message: FakeMessage; data: string } {
      const newest = person.messages().reverse();
      const ways = [
        (text: string) => text === label,
        (text: string) => text.endsWith('…') && label.startsWith(text.slice(0, -1)),
        (text: string) => text.startsWith(label),
      ];
      for (const matches of ways) {
        for (const message of newest) {
          const button = message.keyboard.flat().find((each) => matches(each.text));
          if (button?.callback_data !== undefined) return { message, data: button.callback_data };
        }
      }
      const offered = newest.flatMap((each) => each.keyboard.flat().map((one) => one.text));
      throw new Error(`There is no button "${label}"; there are: ${offered.join(', ')}`);
    },
    pressed: (label: string): FakeUpdate => pressed(person.find(label)),
    blocks(): FakeUpdate {
      world.chat(id).open = false;
      return membership('kicked', 'member');
    },
    unblocks(): FakeUpdate {
      world.chat(id).open = true;
      return membership('member', 'kicked');
    },
    say: (text: string) => delivery.push(person.typed(text)),
    press: (label: string) => delivery.push(person.pressed(label)),
    upload: (name: string, bytes: Uint8Array) => delivery.push(person.sentFile(name, bytes)),
  };
  return person;
}

export type Person = ReturnType<typeof createPerson>;
