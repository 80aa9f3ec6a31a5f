import type { Delivery, Outcome } from './delivery.ts';
import { filledValue, initialValues, type Values } from './form-state.ts';
import type { Actor, Submitted } from './interactions.ts';
import { createModalHand } from './modal-hand.ts';
import type { FakeSlack } from './server.ts';
import { type Pressable, picturesOf, pressables, shownText, wordsOf } from './visible.ts';
import { uploadedBy, wireFile, wireView } from './wire.ts';
import type { Block, Json, SlackMessage, SlackView } from './world.ts';

/** A message as it stands on somebody's screen. */
export interface StandingMessage {
  readonly ts: string;
  readonly thread: string | null;
  readonly bot: boolean;
  readonly words: string;
  readonly labels: readonly string[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly pictures: readonly { readonly alt: string; readonly bytes: Uint8Array | null }[];
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly ephemeral: boolean;
  readonly edits: number;
}

export interface PersonOptions {
  readonly locale?: string;
  readonly timezone?: string;
}

/** Somebody with Slack open: what they do becomes events and interactions for the app. */
export function createSlackPerson(
  fake: FakeSlack,
  teamId: string,
  id: string,
  options: PersonOptions = {},
) {
  const { world, delivery, events, interactions, views } = fake;
  const team = world.team(teamId);
  team.user(id, options);
  const actor: Actor = { team, user: id };
  const dm = team.dm(id).id;
  /** What was chosen in messages and on the App Home, but not yet sent. */
  const states = new Map<string, Values>();

  function write(channel: string, text: string, more: Partial<SlackMessage> = {}): SlackMessage {
    team.channel(channel, { members: [id] });
    const content = { text, blocks: [], attachments: [], files: [], ...more };
    return world.put(teamId, { channel, user: id, bot: false, ...content });
  }

  function messageEvent(message: SlackMessage, type: 'message' | 'app_mention'): Delivery {
    const rich = [{ type: 'text', text: message.text }];
    const block = { type: 'rich_text_section', elements: rich };
    return events.wrap(team, {
      type,
      user: id,
      ts: message.ts,
      client_msg_id: `c-${message.ts}`,
      text: message.text,
      team: teamId,
      ...(message.thread === undefined ? {} : { thread_ts: message.thread }),
      ...(message.files.length === 0
        ? { blocks: [{ type: 'rich_text', block_id: `r${message.change}`, elements: [block] }] }
        : {
            subtype: 'file_share',
            upload: false,
            files: message.files.map((file) => wireFile(world.files.get(file)!, fake.url)),
          }),
      channel: message.channel,
      event_ts: message.ts,
      ...(type === 'message' ? { channel_type: 'im' } : {}),
    });
  }

  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

  function sees(message: SlackMessage): boolean {
    return message.ephemeralTo === undefined || message.ephemeralTo === id;
  }

  const homeView = (): SlackView | undefined => views.home(teamId, id);

  /** The newest whose words are these; a cut label counts when it begins them; then by beginning. */
  function find<T extends Pressable>(label: string, all: readonly T[]): T | undefined {
    return (
      all.find((one) => one.label === label) ??
      all.find((one) => one.label.endsWith('…') && label.startsWith(one.label.slice(0, -1))) ??
      all.find((one) => one.label.startsWith(label))
    );
  }

  function actionOf({ block, element, option }: Pressable, value: Json | null): Json {
    const { type, action_id, text, style } = element;
    return {
      type,
      action_id,
      block_id: block.block_id,
      ...(text === undefined ? {} : { text }),
      ...(element.value === undefined ? {} : { value: element.value }),
      ...(style === undefined ? {} : { style }),
      ...(option === undefined ? {} : (value ?? { selected_option: option })),
      action_ts: world.ts(),
    };
  }

  /** The state of a surface after a choice; only inputs have one. */
  function choose(key: string, blocks: readonly Block[], pressed: Pressable) {
    const values = states.get(key) ?? initialValues(blocks);
    const { block, element, option } = pressed;
    let value: Json | null = null;
    if (option !== undefined) {
      value = filledValue(element, String((option.text as Json).text));
      if (element.type !== 'overflow') {
        values[block.block_id] = { ...values[block.block_id], [element.action_id]: value };
        states.set(key, values);
      }
    }
    return { values, value };
  }

  const hand = createModalHand(fake, actor);

  const person = {
    id,
    team: teamId,
    dm,
    modal: hand,
    /** What stands in a conversation, oldest first; ephemeral messages only when they are theirs. */
    messages: (channel = dm): SlackMessage[] =>
      [...(team.channels.get(channel)?.messages.values() ?? [])]
        .filter(sees)
        .sort((a, b) => Number(a.ts) - Number(b.ts)),
    standing: (channel = dm): StandingMessage[] =>
      person.messages(channel).map((message) => {
        const blocks = [
          ...message.blocks,
          ...message.attachments.flatMap((one) => (one.blocks ?? []) as Block[]),
        ];
        const presses = pressables(blocks);
        // Where there are blocks, the text is only for notifications.
        const words = blocks.length > 0 ? blocks.flatMap(wordsOf) : [shownText(message.text)];
        return {
          ts: message.ts,
          thread: message.thread ?? null,
          bot: message.bot,
          words: words.join('\n'),
          labels: presses.map(({ label }) => label),
          links: presses.flatMap(({ label, url }) => (url === undefined ? [] : [{ label, url }])),
          pictures: picturesOf(world, blocks),
          files: message.files.map((file) => {
            const { name, bytes } = world.files.get(file)!;
            return { name, bytes: bytes ?? new Uint8Array() };
          }),
          ephemeral: message.ephemeralTo !== undefined,
          edits: message.edits,
        };
      }),
    /** Words and labels of the App Home as it was published for this person; null before that. */
    home() {
      const view = homeView();
      if (view === undefined) return null;
      const { blocks } = view.payload;
      return {
        words: blocks.flatMap(wordsOf).join('\n'),
        labels: pressables(blocks).map(({ label }) => label),
        pictures: picturesOf(world, blocks),
        view,
      };
    },
    /** Starts Slack anew: what only this person saw is gone. */
    reload(): void {
      for (const channel of team.channels.values()) {
        for (const message of channel.messages.values()) {
          if (message.ephemeralTo === id) world.remove(teamId, message);
        }
      }
    },
    typed: (text: string, thread?: string): Delivery =>
      messageEvent(write(dm, escaped(text), thread === undefined ? {} : { thread }), 'message'),
    /** Words in a channel that name the bot; without the name the app hears nothing. */
    mentioned(channel: string, text: string, thread?: string): Delivery {
      const said = `<@${team.botUser}> ${escaped(text)}`;
      const more = thread === undefined ? {} : { thread };
      return messageEvent(write(channel, said, more), 'app_mention');
    },
    /** A file in the direct chat: the message that carries it, and the event that it is there. */
    sentFile(name: string, bytes: Uint8Array, text = ''): readonly Delivery[] {
      const { id: file } = uploadedBy(world, teamId, id, name, bytes, [dm]);
      const message = write(dm, escaped(text), { files: [file] });
      const shared = events.wrap(team, {
        type: 'file_shared',
        channel_id: dm,
        file_id: file,
        user_id: id,
        file: { id: file },
        event_ts: message.ts,
      });
      return [messageEvent(message, 'message'), shared];
    },
    opened: (tab: 'home' | 'messages' = 'home'): Delivery => {
      const view = homeView();
      return events.wrap(team, {
        type: 'app_home_opened',
        user: id,
        channel: dm,
        tab,
        ...(view === undefined || tab === 'messages' ? {} : { view: wireView(world, view) }),
      });
    },
    commanded: (command: string, text = '', channel = dm): Delivery => {
      team.channel(channel, { members: [id] });
      return interactions.command(actor, channel, command, text);
    },
    /** A shortcut from the lightning menu, or from the menu of a message. */
    shortcutTaken: (callback: string, message?: SlackMessage): Delivery =>
      interactions.shortcut(actor, callback, message),
    /** A press, or a choice by the option's words, on the newest message that offers it. */
    pressed(label: string, channel = dm): Delivery {
      const newest = person.messages(channel).reverse();
      const all = newest.flatMap((message) =>
        pressables(message.blocks).map((one) => ({ ...one, message })),
      );
      const found = find(label, all);
      if (found !== undefined) {
        const { message } = found;
        const { values, value } = choose(message.ts, message.blocks, found);
        return interactions.onMessage(actor, message, actionOf(found, value), values);
      }
      const offered = all.map((one) => one.label);
      throw new Error(`There is no button "${label}"; there are: ${offered.join(', ')}`);
    },
    pressedAtHome(label: string): Delivery {
      const view = homeView();
      const all = pressables(view?.payload.blocks ?? []);
      const found = find(label, all);
      if (view === undefined || found === undefined) {
        const offered = all.map((one) => one.label).join(', ');
        throw new Error(`There is no button "${label}" on the App Home; there are: ${offered}`);
      }
      const { values, value } = choose(view.id, view.payload.blocks, found);
      return interactions.onView(actor, view, actionOf(found, value), values);
    },
    say: (text: string, thread?: string): Promise<Outcome> =>
      delivery.push(person.typed(text, thread)),
    mention: (channel: string, text: string, thread?: string): Promise<Outcome> =>
      delivery.push(person.mentioned(channel, text, thread)),
    upload: (name: string, bytes: Uint8Array, text = ''): Promise<Outcome[]> =>
      Promise.all(person.sentFile(name, bytes, text).map((one) => delivery.push(one))),
    openHome: (): Promise<Outcome> => delivery.push(person.opened('home')),
    openMessages: (): Promise<Outcome> => delivery.push(person.opened('messages')),
    command: (command: string, text = '', channel = dm): Promise<Outcome> =>
      interactions.push(person.commanded(command, text, channel)),
    shortcut: (callback: string, message?: SlackMessage): Promise<Outcome> =>
      interactions.push(person.shortcutTaken(callback, message)),
    press: (label: string, channel = dm): Promise<Outcome> =>
      interactions.push(person.pressed(label, channel)),
    pressAtHome: (label: string): Promise<Outcome> =>
      interactions.push(person.pressedAtHome(label)),
  };
  return person;
}

export type SlackPerson = ReturnType<typeof createSlackPerson>;
export type { Submitted };
