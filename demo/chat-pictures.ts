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
  '/recommend': ['recommend', 1],
  '/why': ['why', 1],
  flibbertigibbet: ['unknown', 2],
  '/stress': ['stress', 1],
  '/rebalance': ['rebalance', 1],
  Confirm: ['confirmed', 1],
  'Done: your portfolio': ['done', 1],
  '/portfolio': ['portfolio', 1],
  '/history': ['history', 1],
  '/help': ['help', 1],
};
const more = [
  '/profile',
  '/frontier',
  '/compare',
  '/method',
  '/limits at most 5 % crypto',
  '/views',
  '/link',
  '/links',
];

const add = (name: string, drawing: Drawing | null) => {
  if (drawing !== null) shots.push({ name, drawing });
};
add('home-before', await sitter.home());
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
    add('form-questions', await sitter.form('Answer these 5 at once'));
  }
  const shot = drawn[did];
  if (shot !== undefined) shoot(...shot);
}
for (const text of more) {
  await sitter.say(text);
  shoot(text.slice(1).split(' ')[0], 1);
}
add('waiting', await sitter.waiting('backtest'));
const says = (words: string) => sitter.last(1)({ theme: 'light', width: 'phone' }).includes(words);
const finished = () => says('Tested against history');
await waitFor('how far the backtest is', () => says('▱') || finished());
if (!finished()) shoot('progress', 1);
await waitFor('the backtest', finished);
shoot('backtest', 1);
add('among', await sitter.among('portfolio'));
await sitter.say('/goal');
add('form-goal', await sitter.form('Fill in a form'));
add(
  'form-goal-mistaken',
  await sitter.mistaken('Fill in a form', {
    'By when': 'some day',
    'Amount, and what for': '20k for a house',
  }),
);
await sitter.say('/holdings');
add('form-holdings', await sitter.form('Fill in a form'));
add(
  'form-holdings-mistaken',
  await sitter.mistaken('Fill in a form', {
    'Investments, one per line': '-5 SPY',
  }),
);
add('home', await sitter.home());
const violations = sitter.stage.platform.violations();
await sitter.stage.stop();
await sitter.stage.clear();

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const [size, width] of [
  ['phone', 390],
  ['desktop', 860],
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
