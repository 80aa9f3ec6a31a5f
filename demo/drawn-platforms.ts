import { drawConversation as drawDiscord } from '../fakes/discord/draw.ts';
import { drawModal as drawDiscordModal } from '../fakes/discord/draw-modal.ts';
import { createDiscordPerson } from '../fakes/discord/person.ts';
import {
  drawHome,
  drawConversation as drawSlack,
  drawModal as drawSlackModal,
} from '../fakes/slack/draw.ts';
import { createSlackPerson } from '../fakes/slack/person.ts';
import { type ChatStage, chatStage } from '../trials/chat-stage.ts';
import { openDiscord } from '../trials/discord-platform.ts';
import { settled } from '../trials/settled.ts';
import { openSlack } from '../trials/slack-platform.ts';

/** How a picture is taken. */
export interface Look {
  readonly theme: 'light' | 'dark';
  readonly width: 'phone' | 'desktop';
}

/** A page of HTML in a look. */
export type Drawing = (look: Look) => string;

/** Somebody in front of a fake that can be drawn. Drawings are made at once: messages are edited later. */
export interface Sitter {
  readonly stage: ChatStage;
  say(text: string): Promise<void>;
  press(label: string): Promise<void>;
  upload(name: string, content: Uint8Array): Promise<void>;
  last(count: number): Drawing;
  /** What stands when a command has been taken in and its answer is not there yet. */
  waiting(command: string): Promise<Drawing | null>;
  /** The same command where others read along: what this person alone sees. */
  among(command: string): Promise<Drawing>;
  /** Presses a button that opens a form, draws the form and closes it. */
  form(label: string): Promise<Drawing>;
  /** Opens a form, fills it in wrongly, submits it and draws what is said then. */
  mistaken(label: string, values: Readonly<Record<string, string>>): Promise<Drawing>;
  /** The home page, where the platform has one. */
  home(): Promise<Drawing | null>;
}

const server = { guild: '900000000000000900', channel: '900000000000000901' };

export async function discordSitter(): Promise<Sitter> {
  const stage = await chatStage(openDiscord('gateway'));
  const { fake } = stage.platform;
  await fake.gateway.connected();
  fake.world.channelIn(server.guild, server.channel);
  fake.delivery.join(fake.world.guild(server.guild));
  const person = createDiscordPerson(fake, '900000000000000501');
  const after = async () => {
    // The fake counts frames by its clock, which would stand still.
    stage.clock.set(stage.clock.now() + 2_000);
    await fake.delivery.heard();
    await fake.delivery.posted();
    await settled(stage.keel());
  };
  const drawn = (messages: ReturnType<typeof person.messages>): Drawing => {
    const kept = structuredClone(messages);
    return (look) => drawDiscord(fake.world, kept, 'Keel', look);
  };
  const open = async (label: string) => {
    const act = person.press(label);
    await fake.interactions.answered(act.interaction);
  };
  return {
    stage,
    async say(text) {
      const [, name, rest] = /^\/(\w+) ?([\s\S]*)$/.exec(text) ?? [];
      if (name === undefined) person.say(text);
      else person.run(name, rest === '' ? {} : { text: rest });
      await after();
    },
    async press(label) {
      person.press(label);
      await after();
    },
    async upload(name, content) {
      person.upload(name, content);
      await after();
    },
    last: (count) => drawn(person.messages().slice(-count)),
    async waiting(command) {
      const { interaction } = person.run(command);
      await fake.interactions.answered(interaction);
      return drawn(person.messages().slice(-1));
    },
    async among(command) {
      person.run(command, {}, server.channel);
      await after();
      return drawn(person.messages(server.channel));
    },
    async form(label) {
      await open(label);
      const modal = structuredClone(person.modal());
      person.cancel();
      return (look) => drawDiscordModal(modal, look);
    },
    async mistaken(label, values) {
      await open(label);
      await fake.interactions.answered(person.submit(values).interaction);
      return drawn(person.messages().slice(-1));
    },
    home: async () => null,
  };
}

export async function slackSitter(): Promise<Sitter> {
  const stage = await chatStage(openSlack('http'));
  const { fake } = stage.platform;
  const person = createSlackPerson(fake, 'T0001', 'U00000501');
  const channel = 'C00000901';
  fake.world.team('T0001').channel(channel, { members: [person.id] });
  const after = async (act: Promise<unknown>) => {
    await act;
    await settled(stage.keel());
  };
  const drawn = (messages: ReturnType<typeof person.messages>): Drawing => {
    const kept = structuredClone(messages);
    return ({ theme }) => drawSlack(fake.world, kept, { theme });
  };
  const shown = (label: string): Drawing => {
    const modal = person.modal.shown();
    if (modal === null) throw new Error(`"${label}" opened no form.`);
    const kept = structuredClone(modal);
    return ({ theme }) => drawSlackModal(fake.world, kept, { theme });
  };
  return {
    stage,
    say: (text) =>
      after(text.startsWith('/') ? person.command('/keel', text.slice(1)) : person.say(text)),
    press: (label) => after(person.press(label)),
    upload: (name, content) => after(person.upload(name, content)),
    last: (count) => drawn(person.messages().slice(-count)),
    async waiting(command) {
      await person.command('/keel', command);
      return null;
    },
    async among(command) {
      await after(person.command('/keel', command, channel));
      return drawn(person.messages(channel));
    },
    async form(label) {
      await person.press(label);
      const drawing = shown(label);
      await person.modal.close();
      return drawing;
    },
    async mistaken(label, values) {
      await person.press(label);
      await person.modal.fill(values);
      await person.modal.submit();
      const drawing = shown(label);
      await person.modal.close();
      return drawing;
    },
    async home() {
      await after(person.openHome());
      const view = person.home()?.view;
      if (view === undefined) return null;
      const kept = structuredClone(view);
      return ({ theme }) => drawHome(fake.world, kept, { theme });
    },
  };
}
