import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Reply } from '../../bot/reply.ts';
import { quiet } from '../../fakes/store.ts';
import { createPerson } from '../../fakes/telegram/person.ts';
import { formatted, keyboardOf } from '../../fakes/telegram/rules.ts';
import { startTelegram } from '../../fakes/telegram/server.ts';
import { createLeapingTimer } from '../../fakes/telegram/timer.ts';
import { createTelegram } from '../telegram/index.ts';
import { readPressed } from '../telegram/keyboard.ts';
import { parse } from '../telegram/parse.ts';
import { type Part, render } from '../telegram/render.ts';
import { updateSchema } from '../telegram/update.ts';
import { pixels } from './pixels.ts';
import type { ChatSubject, Press, RunningChat, Shown } from './subject.ts';

const recorded = fileURLToPath(
  new URL('../../../shared/specs/inbound-samples/telegram.json', import.meta.url),
);
const own = new URL('../telegram/fixtures/updates.json', import.meta.url);

interface Recorded {
  readonly botName: string;
  readonly botUserId: string;
}

function payloads(): ChatSubject['payloads'] {
  const ours = JSON.parse(readFileSync(own, 'utf8')) as {
    readonly self: { readonly id: number; readonly username: string };
    readonly updates: readonly { name: string; kind: null; update: unknown }[];
  };
  const found: ChatSubject['payloads'][number][] = ours.updates.map(({ name, kind, update }) => ({
    name,
    kind,
    read: () => read(update, ours.self),
  }));
  if (existsSync(recorded)) {
    const theirs = JSON.parse(readFileSync(recorded, 'utf8')) as Recorded & Record<string, unknown>;
    const self = { id: Number(theirs.botUserId), username: theirs.botName };
    for (const name of ['mention', 'followUp']) {
      found.push({ name, kind: 'text', read: () => read(theirs[name], self) });
    }
  }
  return found;
}

function read(update: unknown, self: { readonly id: number; readonly username: string }) {
  const parsed = parse(updateSchema.parse(update), self, 1_780_000_000_000);
  return 'event' in parsed && parsed.kind !== 'unreadable' ? parsed.event : null;
}

function show(reply: Reply): Shown {
  const parts = render(reply);
  const broken: string[] = [];
  const words: string[] = [];
  for (const part of parts) {
    const field = part.kind === 'text' ? 'text' : 'caption';
    try {
      words.push(formatted({ [field]: part.html, parse_mode: 'HTML' }, field).text);
      keyboardOf({ reply_markup: { inline_keyboard: part.keyboard } });
    } catch (error) {
      broken.push(`${String(error)}: ${JSON.stringify(part).slice(0, 300)}`);
    }
  }
  const buttons = parts.flatMap((part) => part.keyboard.flat());
  const moved = parts.filter((part) => part.kind === 'document' && part.name === 'answer.txt');
  return {
    words: [...words, ...buttons.map((button) => button.text)].join('\n'),
    attached: moved.map((part) => (part.kind === 'document' ? part.content : '')).join('\n'),
    presses: buttons.flatMap(pressOf),
    files: parts.flatMap((part) => (part.kind === 'document' ? [part.content] : [])),
    pictures: parts.filter((part) => part.kind === 'photo').length,
    broken,
  };
}

function pressOf(button: Part['keyboard'][number][number]): Press[] {
  if ('url' in button) return [{ action: 'link', url: button.url }];
  const meant = readPressed(button.callback_data);
  if (meant.kind === 'header') return [];
  if (meant.kind === 'form') return [{ action: 'form', token: meant.token, form: meant.form }];
  return [{ action: 'event', body: meant }];
}

async function open(): Promise<RunningChat> {
  const timer = createLeapingTimer();
  const fake = await startTelegram({ paceNow: timer.now });
  const people = [1, 2].map((id) => createPerson(fake, id));
  for (const person of people) fake.world.chat(person.id).open = true;
  const group = -1_001;
  fake.world.chat(group);
  const adapter = createTelegram({
    token: fake.token,
    mode: 'polling',
    apiRoot: fake.url,
    log: quiet,
    clock: { now: () => 1_780_000_000_000 },
    images: { png: async (spec) => pixels(JSON.stringify(spec)) },
    commands: [],
    timer,
  });
  const place = { platform: 'telegram', installation: '7000001' };
  return {
    adapter,
    to: (id) => ({ ...place, conversation: String(id), identity: String(id) }),
    inGroup: (id) => ({ ...place, conversation: String(group), identity: String(id) }),
    standing: async (conversation) =>
      [...fake.world.chat(Number(conversation)).messages.values()]
        .filter((message) => message.from === null)
        .map((message) => ({
          words: message.text,
          labels: message.keyboard.flat().map((button) => button.text),
          file:
            message.kind === 'document' ? Buffer.from(message.file!.bytes).toString('utf8') : null,
        })),
    violations: () => fake.world.violations,
    stop: () => fake.stop(),
  };
}

export const telegramSubject = (): ChatSubject => ({
  platform: 'telegram',
  formless: true,
  payloads: payloads(),
  show,
  open,
});
