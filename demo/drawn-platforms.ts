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

/** Somebody in front of a fake that can be drawn. */
export interface Sitter {
  readonly stage: ChatStage;
  say(text: string): Promise<void>;
  press(label: string): Promise<void>;
  upload(name: string, content: Uint8Array): Promise<void>;
  /** Drawn at once, because messages are edited later. */
  last(count: number): (look: Look) => string;
  /** Presses a button that opens a form, draws the form and closes it. */
  form(label: string): Promise<Drawing>;
  /** The home page, where the platform has one. */
  home(): Promise<Drawing | null>;
}

export async function discordSitter(): Promise<Sitter> {
  const stage = await chatStage(openDiscord('gateway'));
  const { fake } = stage.platform;
  await fake.gateway.connected();
  const person = createDiscordPerson(fake, '900000000000000501');
  const after = async () => {
    await fake.delivery.heard();
    await fake.delivery.posted();
    await settled(stage.keel());
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
    last(count) {
      const messages = structuredClone(person.messages().slice(-count));
      return (look) => drawDiscord(fake.world, messages, 'Keel', look);
    },
    async form(label) {
      const act = person.press(label);
      await fake.interactions.answered(act.interaction);
      const modal = structuredClone(person.modal());
      person.cancel();
      return (look) => drawDiscordModal(modal, look);
    },
    home: async () => null,
  };
}

export async function slackSitter(): Promise<Sitter> {
  const stage = await chatStage(openSlack('http'));
  const { fake } = stage.platform;
  const person = createSlackPerson(fake, 'T0001', 'U00000501');
  const after = async (act: Promise<unknown>) => {
    await act;
    await settled(stage.keel());
  };
  return {
    stage,
    say: (text) =>
      after(text.startsWith('/') ? person.command('/keel', text.slice(1)) : person.say(text)),
    press: (label) => after(person.press(label)),
    upload: (name, content) => after(person.upload(name, content)),
    last(count) {
      const messages = structuredClone(person.messages().slice(-count));
      return ({ theme }) => drawSlack(fake.world, messages, { theme });
    },
    async form(label) {
      await person.press(label);
      const shown = person.modal.shown();
      if (shown === null) throw new Error(`"${label}" opened no form.`);
      const kept = structuredClone(shown);
      await person.modal.close();
      return ({ theme }) => drawSlackModal(fake.world, kept, { theme });
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
