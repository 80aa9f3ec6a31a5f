import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { drawConversation } from '../fakes/telegram/draw.ts';
import { createPerson } from '../fakes/telegram/person.ts';
import type { FakeMessage } from '../fakes/telegram/world.ts';
import { chatStage } from '../trials/chat-stage.ts';
import { settled } from '../trials/settled.ts';
import { openTelegram } from '../trials/telegram-platform.ts';
import { transcript } from './transcript.ts';

/** Plays the transcript and takes pictures of what the phone shows, light and dark: `npx node demo/telegram-pictures.ts out`. */
const out = process.argv[2] ?? 'out/telegram';
mkdirSync(out, { recursive: true });
const stage = await chatStage(openTelegram('webhook'));
const { fake } = stage.platform;
const person = createPerson(fake, 77);
const shots: { name: string; messages: readonly FakeMessage[] }[] = [];
const last = (count: number) => person.messages().slice(-count);
for (const turn of transcript) {
  if ('until' in turn) {
    while (!person.messages().some(({ text }) => text.startsWith(turn.until))) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } else if ('say' in turn) person.say(turn.say);
  else if ('press' in turn) person.press(turn.press);
  else person.upload(turn.file, Buffer.from(turn.content));
  await fake.delivery.posted();
  await settled(stage.keel());
  const did = Object.values(turn)[0];
  if (did === 'hello') shots.push({ name: 'hello', messages: last(2) });
  if (did === 'No debt') shots.push({ name: 'question', messages: last(1) });
  if (did === 'holdings.csv') shots.push({ name: 'holdings', messages: last(2) });
  if (did === '/recommend') shots.push({ name: 'recommend', messages: last(3) });
  if (did === '/why') shots.push({ name: 'why', messages: last(3) });
  if (did === '/stress') shots.push({ name: 'stress', messages: last(3) });
  if (did === '/rebalance') shots.push({ name: 'rebalance', messages: last(2) });
  if (did === '/portfolio') shots.push({ name: 'portfolio', messages: last(3) });
  if (did === '/help') shots.push({ name: 'help', messages: last(2) });
  if (did === 'In 6 to 10 years') shots.push({ name: 'cut', messages: last(1) });
  if (did === '/history') shots.push({ name: 'history', messages: last(2) });
}
shots.push({ name: 'whole', messages: person.messages() });
await stage.stop();
await stage.clear();

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 390, height: 300 }, deviceScaleFactor: 2 });
for (const { name, messages } of shots) {
  writeFileSync(join(out, `${name}.html`), drawConversation(messages, 'Keel'));
  if (name === 'whole') continue;
  for (const theme of ['light', 'dark'] as const) {
    await page.setContent(drawConversation(messages, 'Keel', theme), { waitUntil: 'load' });
    const file = theme === 'light' ? `telegram-${name}.png` : `telegram-${name}-dark.png`;
    await page.screenshot({ path: join(out, file), fullPage: true });
  }
}
await browser.close();
console.log(
  `${2 * (shots.length - 1)} pictures are in ${out}; violations: ${fake.world.violations.length}`,
);
