import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../adapters/config.ts';
import { optionOf, questionnaire } from '../bot/suitability/questionnaire.ts';
import {
  inkOf,
  type Look,
  launchChromium,
  looks,
  noChromium,
  openPage,
} from '../fakes/chromium.ts';
import { type Keel, start } from '../main.ts';
import { personas } from './answers.ts';
import { type PagePerson, pagePerson, stickingOut, tabStops } from './page-person.ts';

/**
 * The whole conversation as a person has it: a real Keel, a real Chromium, real buttons. Screenshots
 * of every look go to out/screens; with PICTURES=docs/pictures the README's pictures are made anew.
 */
const why = noChromium && ` (skipped: ${noChromium})`;
const panel = '../shared/market/core/core_panel_adjclose.csv.gz';
const screens = 'out/screens';
const pictures = process.env.PICTURES;
const [phoneLight, phoneDark, desktopLight, desktopDark] = looks;

const goal = '90k towards a house by June 2032, adding 500 a month';
const holdings = '12 SPY, 0.05 BTC, 40 AGG, 15k cash';
/** What is worth looking at, by the words its message begins with. */
const moments = {
  disclosure: 'Hello, I am Keel',
  profile: 'Your risk profile',
  recommendation: 'What I recommend',
  why: 'How it was found',
  backtest: 'Tested against history',
  stress: 'In hard times',
  fills: 'Done: your portfolio is rebalanced',
} as const;

describe.skipIf(noChromium !== '')(`the conversation in Chromium${why}`, () => {
  const home = mkdtempSync(join(tmpdir(), 'keel-browser-'));
  const complaints: string[] = [];
  let browser: Browser;
  let keel: Keel;
  let page: Page;
  let person: PagePerson;

  beforeAll(async () => {
    for (const folder of [screens, ...(pictures ? [pictures] : [])]) {
      mkdirSync(folder, { recursive: true });
    }
    const prices = existsSync(panel) ? `csv:${panel}` : 'sandbox';
    keel = await start(
      readConfig({ KEEL_HOME: home, KEEL_PRICES: prices, KEEL_CLOCK: 'panel', KEEL_PORT: '0' }),
    );
    browser = await launchChromium();
    page = await openPage(browser, keel.address!, phoneLight, complaints);
    person = pagePerson(page);
  });
  afterAll(async () => {
    await browser?.close();
    await keel?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  async function shot(of: Page, look: Look, name: string): Promise<void> {
    await of.screenshot({ path: join(screens, `${look.name}-${name}.png`) });
  }

  async function picture(of: Page, name: string): Promise<void> {
    if (pictures) await of.screenshot({ path: join(pictures, `${name}.png`) });
  }

  async function answerQuestions(by: PagePerson, count: number): Promise<void> {
    const answers: Readonly<Record<string, string>> = personas.balanced;
    for (const [i, question] of questionnaire.questions.slice(0, count).entries()) {
      const next = questionnaire.questions[i + 1]?.text ?? moments.profile;
      await by.press(optionOf(question, answers[question.name])!.label, next);
    }
  }

  it('goes from hello to a told portfolio by its own buttons', async () => {
    await page.getByRole('button', { name: 'Say hello' }).waitFor();
    await shot(page, phoneLight, 'welcome');
    await person.press('Say hello', moments.disclosure);
    await shot(page, phoneLight, 'disclosure');
    expect(await stickingOut(page)).toEqual([]);
    const [first] = questionnaire.questions;
    await person.press('I have read this and agree', first.text);
    await shot(page, phoneLight, 'question');
    await answerQuestions(person, questionnaire.questions.length);
    // Each press was answered in the place of its question, so it is not told twice.
    expect(await page.locator('.message.you .bubble').allInnerTexts()).toEqual(['/start']);
    await person.readFrom(moments.profile);
    await shot(page, phoneLight, 'profile');
    await person.say(goal, 'I understood:');
    await person.press('Yes', 'Your goal is set');
    await person.say(holdings, 'Is that right?');
    await person.answer('Total').waitFor();
    await shot(page, phoneLight, 'holdings');
    await person.press('Yes', 'worth $');
    expect(await stickingOut(page)).toEqual([]);
  });

  it('shows the recommendation with its chart and reasons, fitting a phone', async () => {
    await person.say('/recommend', moments.recommendation);
    await expect.poll(() => inkOf(page, '.chart-bars canvas')).toBeGreaterThan(0.01);
    await shot(page, phoneLight, 'recommendation');
    expect(await stickingOut(page)).toEqual([]);
    const answer = person.answer(moments.recommendation);
    for (const said of ['Expected return', 'Volatility', 'A bad year', 'Why this mix']) {
      expect(await answer.innerText()).toContain(said);
    }
    await person.press('Why?', moments.why);
  });

  it('reaches the answer, its buttons and the field by Tab, in the order they stand in', async () => {
    const buttons = await person.answer(moments.why).locator('.actions button').all();
    const labels = await Promise.all(buttons.map((button) => button.innerText()));
    expect(labels.length).toBeGreaterThan(1);
    await buttons[0].focus();
    // The way down stands between them while the end is out of view.
    const names = (await tabStops(page, labels.length + 2)).filter(
      (name) => !/newest message/i.test(name),
    );
    expect(names.slice(0, labels.length + 1)).toEqual([
      ...labels.slice(1),
      'Attach a CSV file of holdings',
      'Message to Keel',
    ]);
    await page.evaluate('document.activeElement.blur()');
    await page.focus('.skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('composer-text');
  });

  it('shows how far the backtest is, then its result, then hard times', async () => {
    await page.evaluate(`
      window.progressSeen = [];
      new MutationObserver(() => {
        for (const bar of document.querySelectorAll('progress')) progressSeen.push(bar.value);
      }).observe(document.body, { childList: true, subtree: true, attributes: true });
    `);
    await person.press('Backtest', moments.backtest);
    expect(await page.evaluate<number>('progressSeen.length')).toBeGreaterThan(0);
    await expect.poll(() => inkOf(page, '.chart-lines canvas')).toBeGreaterThan(0.005);
    expect(await person.answer(moments.backtest).innerText()).toContain('Hypothetical');
    await person.say('/stress', moments.stress);
    await expect.poll(() => inkOf(page, '.chart-bars canvas')).toBeGreaterThan(0.01);
    expect(await stickingOut(page)).toEqual([]);
  });

  it('rebalances by Confirm and shows the fills', async () => {
    await person.press('Rebalance now', 'Proposed trades').catch(async () => {
      throw new Error(`There is no proposal: ${await page.locator('.message').last().innerText()}`);
    });
    await shot(page, phoneLight, 'proposal');
    await person.press('Confirm', moments.fills);
    await shot(page, phoneLight, 'fills');
    const fills = person.answer(moments.fills);
    const rows = await fills.locator('tbody tr').allInnerTexts();
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(row).toMatch(/^(Bought|Sold) .*\$[\d,.]+/s);
    expect(await page.getByRole('button', { name: 'Confirm', exact: true }).count()).toBe(0);
    expect(await stickingOut(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(looks)('is the same on every device of the person: $name', async (look) => {
    const cookies = await page.context().cookies();
    const other = await openPage(browser, keel.address!, look, complaints, (context) =>
      context.addCookies(cookies),
    );
    const reader = pagePerson(other);
    await reader.answer(moments.fills).waitFor();
    const texts = (of: Page) => of.locator('.bubble, .sheet').allInnerTexts();
    expect((await texts(other)).length).toBe((await texts(page)).length);
    expect(await stickingOut(other)).toEqual([]);
    for (const [name, words] of Object.entries(moments)) {
      await reader.readFrom(words);
      await shot(other, look, name);
      if (look === phoneLight && name === 'recommendation')
        await picture(other, `phone-${name}-light`);
      if (look === desktopLight && name === 'recommendation')
        await picture(other, 'desktop-conversation-light');
      if (look === desktopDark && name === 'backtest') await picture(other, `desktop-${name}-dark`);
    }
    await other.context().close();
    expect(complaints).toEqual([]);
  });

  it('asks its questions in the dark too', async () => {
    const other = await openPage(browser, keel.address!, phoneDark, complaints);
    const newcomer = pagePerson(other);
    await newcomer.press('Say hello', moments.disclosure);
    await newcomer.press('I have read this and agree', questionnaire.questions[0].text);
    await answerQuestions(newcomer, 6);
    await shot(other, phoneDark, 'question');
    await picture(other, 'phone-questionnaire-dark');
    expect(await stickingOut(other)).toEqual([]);
    await other.context().close();
  });
});
