import { openWebClient } from '../demo/web-client.ts';
import { createPerson } from '../fakes/telegram/person.ts';
import type { FakeTelegram } from '../fakes/telegram/server.ts';
import type { Keel } from '../main.ts';
import { settled, waitFor } from './settled.ts';

/** Somebody in front of a platform; each act resolves when everything it caused has been delivered. */
export interface Speaker {
  say(text: string): Promise<void>;
  press(label: string): Promise<void>;
  upload(name: string, content: Uint8Array): Promise<void>;
  /** Waits until a message begins with this. */
  until(text: string): Promise<void>;
  close(): void;
}

export async function webSpeaker(keel: Keel): Promise<Speaker> {
  const client = await openWebClient(keel.address!);
  const after = async (act: Promise<unknown>) => {
    await act;
    await settled(keel);
  };
  return {
    say: (text) => after(client.say(text)),
    press: (label) => after(client.press(label)),
    upload: (name, content) => after(client.upload(name, content, 'text/csv')),
    until: (words) => after(client.until((text) => text.startsWith(words))),
    close: () => client.close(),
  };
}

export function telegramSpeaker(keel: Keel, fake: FakeTelegram, id: number): Speaker {
  const person = createPerson(fake, id);
  /** An update that the bot has confirmed is stored. */
  const after = async (act: () => void) => {
    act();
    await waitFor('an update taken in', () => fake.world.updates.length === 0);
    await settled(keel);
  };
  return {
    say: (text) => after(() => person.say(text)),
    press: (label) => after(() => person.press(label)),
    upload: (name, content) => after(() => person.upload(name, content)),
    async until(words) {
      await waitFor(words, () => person.messages().some((one) => one.text.startsWith(words)));
      await settled(keel);
    },
    close: () => undefined,
  };
}
