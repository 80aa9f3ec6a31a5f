import { setTimeout as pause } from 'node:timers/promises';
import { openWebClient } from '../demo/web-client.ts';
import { createPerson } from '../fakes/telegram/person.ts';
import type { FakeTelegram } from '../fakes/telegram/server.ts';
import type { Keel } from '../main.ts';

/** Somebody in front of a platform; each act resolves when everything it caused has been delivered. */
export interface Speaker {
  say(text: string): Promise<void>;
  press(label: string): Promise<void>;
  upload(name: string, content: Uint8Array): Promise<void>;
  /** Waits until a message begins with this. */
  until(text: string): Promise<void>;
  close(): void;
}

const patienceMs = 30_000;

/** Waits until nothing stored is unanswered, undelivered or owed to the broker. */
export async function settled(keel: Keel): Promise<void> {
  const deadline = performance.now() + patienceMs;
  let later: readonly string[] = [];
  while (performance.now() < deadline) {
    await keel.bot.idle();
    const { inbox, outbox, transfers } = keel.store.read;
    const open = [
      ...(await inbox.waiting()),
      ...(await outbox.waiting(keel.clock.now())),
      ...(await transfers.pending(1)),
    ];
    // A reply that is being sent right now is claimed: it waits for later too, but not for long.
    later = open.length === 0 ? await outbox.waiting(Number.MAX_SAFE_INTEGER) : [];
    if (open.length === 0 && later.length === 0) return;
    await pause(5);
  }
  throw new Error(
    later.length > 0
      ? `A reply could not be delivered and waits: ${later.join(', ')}`
      : 'Something stayed unanswered for half a minute.',
  );
}

async function waitFor(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}`);
    await pause(5);
  }
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
