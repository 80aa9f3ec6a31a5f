import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { settled, waitFor } from '../trials/settled.ts';
import { type Drawing, discordSitter, slackSitter } from './drawn-platforms.ts';
import { transcript } from './transcript.ts';

/**
 * Plays the transcript and more on one platform and takes a picture of every card, at phone and
 * desktop size, light and dark: `npx node demo/chat-pictures.ts discord out/discord`.
 */
const [platform, out = `out/${platform}`] = process.argv.slice(2);
const open = { discord: discordSitter, slack: slackSitter }[platform];
if (open === undefined) {
  console.error('Say which platform: discord or slack. Telegram has demo/telegram-pictures.ts.');
  process.exit(1);
}
mkdirSync(out, { recursive: true });
const sitter = await open();
const shots: { readonly name: string; readonly drawing: Drawing }[] = [];
const shoot = (name: string, count: number) => shots.push({ name, drawing: sitter.last(count) });

/** What is drawn after a turn: its name, and how many messages back. */
const drawn: Readonly<Record<string, readonly [string, number]>> = {
  hello: ['hello', 2],
  'No debt': ['question', 1],
  'A fall by a fifth': ['profile', 1],
  'holdings.csv': ['holdings', 2],
  '/recommend': ['recommend', 2],
  '/why': ['why', 2],
  flibbertigibbet: ['unknown', 2],
  '/stress': ['stress', 2],
  '/rebalance': ['rebalance', 1],
  Confirm: ['confirmed', 1],
  'Done: your portfolio': ['done', 2],
  '/portfolio': ['portfolio', 2],
  '/history': ['history', 2],
  '/help': ['help', 1],
};
const more = ['/frontier', '/compare', '/method', '/limits at most 5 % crypto', '/views', '/link'];

for (const turn of transcript) {
  if ('say' in turn) await sitter.say(turn.say);
  else if ('press' in turn) await sitter.press(turn.press);
  else if ('file' in turn) await sitter.upload(turn.file, Buffer.from(turn.content));
  else {
    const person = sitter.last;
    await waitFor(turn.until, () =>
      person(3)({ theme: 'light', width: 'phone' }).includes(turn.until),
    );
    await settled(sitter.stage.keel());
  }
  const did = Object.values(turn)[0];
  if (did === 'I have read this and agree') {
    shots.push({ name: 'form-questions', drawing: await sitter.form('Answer these 5 at once') });
  }
  const shot = drawn[did];
  if (shot !== undefined) shoot(...shot);
}
for (const text of more) {
  await sitter.say(text);
  shoot(text.slice(1).split(' ')[0], 1);
}
await sitter.say('/goal');
shots.push({ name: 'form-goal', drawing: await sitter.form('Fill in a form') });
await sitter.say('/holdings');
shots.push({ name: 'form-holdings', drawing: await sitter.form('Fill in a form') });
const home = await sitter.home();
if (home !== null) shots.push({ name: 'home', drawing: home });
const violations = sitter.stage.platform.violations();
await sitter.stage.stop();
await sitter.stage.clear();

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const [size, width] of [
  ['phone', 390],
  ['desktop', 900],
] as const) {
  const page = await browser.newPage({
    viewport: { width, height: 300 },
    deviceScaleFactor: size === 'phone' ? 2 : 1,
  });
  for (const { name, drawing } of shots) {
    for (const theme of ['light', 'dark'] as const) {
      await page.setContent(drawing({ theme, width: size }), { waitUntil: 'load' });
      await page.screenshot({ path: join(out, `${name}-${size}-${theme}.png`), fullPage: true });
    }
  }
}
await browser.close();
writeFileSync(join(out, 'violations.txt'), violations.join('\n'));
console.log(`${4 * shots.length} pictures are in ${out}; violations: ${violations.length}`);
