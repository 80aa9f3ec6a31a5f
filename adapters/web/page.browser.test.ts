import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  inkOf,
  type Look,
  launchChromium,
  looks,
  noChromium,
  openPage,
} from '../../fakes/chromium.ts';
import { createMemoryWebLog } from '../../fakes/web-log.ts';
import { says } from './fixtures/replies.ts';
import { type ScriptedChat, startScriptedChat } from './fixtures/scripted-chat.ts';

const why = noChromium && ` (skipped: ${noChromium})`;

describe.skipIf(noChromium !== '')(`the web page in Chromium${why}`, () => {
  let browser: Browser;
  let chat: ScriptedChat;
  const complaints: string[] = [];

  beforeAll(async () => {
    mkdirSync('out/web', { recursive: true });
    browser = await launchChromium();
    chat = await startScriptedChat();
  });
  afterAll(async () => {
    await browser?.close();
    await chat?.stop();
  });

  const open = (url: string, look: Look = looks[0]) => openPage(browser, url, look, complaints);
  const press = (page: Page, name: string) => page.getByRole('button', { name }).last().click();
  const texts = (page: Page) => page.locator('.bubble, .sheet').allInnerTexts();
  async function say(page: Page, text: string): Promise<void> {
    await page.fill('#composer-text', text);
    await page.keyboard.press('Enter');
  }

  it.each(looks)('carries a conversation from hello to the backtest: $name', async (look) => {
    const page = await open(chat.url, look);
    const shot = (step: string) => page.screenshot({ path: `out/web/${look.name}-${step}.png` });
    await page.getByRole('button', { name: 'Say hello' }).waitFor();
    expect(await page.locator('#simulated').isVisible()).toBe(true);
    await shot('1-welcome');
    await press(page, 'Say hello');
    await page.getByText('Hello, I am Keel').waitFor();
    expect(await page.locator('#welcome').isVisible()).toBe(false);
    await shot('2-hello');
    await press(page, 'I agree');
    await page.getByRole('button', { name: 'Sell everything' }).waitFor();
    expect(await page.locator('.button.chosen').innerText()).toContain('I agree');
    await shot('3-question');
    await press(page, 'Wait');

    await press(page, 'Fill in the form');
    const dialog = page.locator('#form-dialog');
    await dialog.waitFor();
    expect(await page.inputValue('#field-by')).toBe('June 2032');
    await press(page, 'Save goal');
    await page.getByText('Write an amount').waitFor();
    const focused = () => page.evaluate('document.activeElement.id');
    expect(await focused()).toBe('field-amount');
    expect(await page.getAttribute('#field-amount', 'aria-invalid')).toBe('true');
    await shot('4-form');
    await page.fill('#field-amount', '$20,000');
    await page.getByLabel('Every month').check();
    await press(page, 'Save goal');
    await dialog.waitFor({ state: 'hidden' });

    await page.getByText('Move 28 %').waitFor();
    await expect.poll(() => inkOf(page, '.chart-bars canvas')).toBeGreaterThan(0.01);
    await shot('5-recommendation');
    // In-page code is text here: this file is checked without the browser's types.
    const overflow = (selector: string) =>
      page.evaluate<number>(
        `Math.max(...[...document.querySelectorAll('${selector}')].map((e) => e.scrollWidth - e.clientWidth))`,
      );
    expect(await overflow('html')).toBe(0);
    if (look.width < 600) expect(await overflow('.table-frame')).toBeGreaterThan(0);
    await press(page, 'Show as table');
    await page.locator('.chart-table').getByText('62.0 %').waitFor();

    await press(page, 'Backtest');
    await page.getByText('How it would have done').waitFor();
    await expect.poll(() => inkOf(page, '.chart-lines canvas')).toBeGreaterThan(0.005);
    await expect.poll(() => inkOf(page, '.chart-doughnut canvas')).toBeGreaterThan(0.1);
    await shot('6-backtest');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows the same after a reload, with what was chosen', async () => {
    const page = await open(chat.url);
    await press(page, 'Say hello');
    await press(page, 'I agree');
    await page.getByText('Question 6').waitFor();
    const before = await texts(page);
    await page.reload();
    await page.getByText('Question 6').waitFor();
    expect(await texts(page)).toEqual(before);
    expect(await page.locator('.button.chosen').count()).toBe(1);
    await page.context().close();
  });

  it('updates progress in place and puts the result where it was', async () => {
    const page = await open(chat.url);
    await say(page, 'hello');
    await page.getByText('You said: hello').waitFor();
    const to = chat.events.at(-1)!.source;
    const step = (done: number) =>
      chat.chat.deliver(
        to,
        { ...says('job', ''), blocks: [{ kind: 'progress', label: 'Testing', done, total: 100 }] },
        null,
      );
    await step(25);
    await page.getByText('25 %').waitFor();
    await step(80);
    await page.getByText('80 %').waitFor();
    expect(await page.locator('progress').count()).toBe(1);
    await chat.chat.deliver(to, { ...says('result', 'Finished'), replaces: 'job' }, null);
    await page.getByText('Finished').waitFor();
    expect(await page.locator('progress').count()).toBe(0);
    expect(await texts(page)).toEqual(['hello', 'You said: hello', 'Finished']);
    await page.context().close();
  });

  it('works by keyboard alone: commands, dialog, buttons', async () => {
    const page = await open(chat.url, looks[2]);
    await page.locator('#hello').waitFor();
    await page.focus('#composer-text');
    await page.keyboard.type('/re');
    expect(await page.getByRole('option').count()).toBe(2);
    await page.keyboard.press('ArrowDown');
    const active = await page.getAttribute('#composer-text', 'aria-activedescendant');
    expect(await page.locator(`#${active}`).innerText()).toContain('/rebalance');
    await page.keyboard.press('Escape');
    expect(await page.locator('#suggestions').isVisible()).toBe(false);
    await page.fill('#composer-text', '');
    await page.keyboard.type('/sta');
    await page.keyboard.press('Enter');
    const agree = page.getByRole('button', { name: 'I agree' });
    await agree.waitFor();
    await agree.focus();
    await page.keyboard.press('Enter');
    const wait = page.getByRole('button', { name: 'Wait' });
    await wait.focus();
    await page.keyboard.press('Space');
    const opener = page.getByRole('button', { name: 'Fill in the form' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.locator('#form-dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#form-dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Fill in the form');
    await page.context().close();
  });

  it('sends a chosen and a dropped file, and refuses one that is too large', async () => {
    const page = await open(chat.url);
    await page.locator('#hello').waitFor();
    const file = { name: 'holdings.csv', mimeType: 'text/csv', buffer: Buffer.from('SPY,12') };
    await page.setInputFiles('#file', file);
    expect(await page.locator('#attached').innerText()).toContain('holdings.csv');
    await page.click('#send');
    await page.getByText('I read holdings.csv: 6 bytes.').waitFor();
    await page.evaluate(`
      const data = new DataTransfer();
      data.items.add(new File(['BTC,1'], 'dropped.csv', { type: 'text/csv' }));
      dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
    `);
    await page.click('#send');
    await page.getByText('I read dropped.csv: 5 bytes.').waitFor();
    const large = { ...file, buffer: Buffer.alloc(1024 * 1024 + 1) };
    await page.setInputFiles('#file', large);
    await page.getByText('holdings.csv is too large').waitFor();
    expect(await page.locator('#attached').isVisible()).toBe(false);
    await page.context().close();
  });

  it('shows hostile text as text', async () => {
    const page = await open(chat.url);
    const hostile = '<img src=x onerror=alert(1)> **bold** <script>alert(2)</script>';
    await say(page, hostile);
    await page.getByText('You said:').waitFor();
    expect(await page.locator('#log img, #log script').count()).toBe(0);
    expect((await texts(page))[1]).toContain('<script>alert(2)</script>');
    expect(await page.locator('.sheet strong').innerText()).toBe('bold');
    await page.context().close();
  });

  it('keeps what is typed while the server is away, and loses and doubles nothing', async () => {
    const messages = createMemoryWebLog();
    const first = await startScriptedChat({ messages });
    const page = await open(first.url, looks[2]);
    await say(page, 'one');
    await page.getByText('You said: one').waitFor();
    const to = first.events.at(-1)!.source;
    await first.stop();
    await say(page, 'two');
    await page.getByText('No connection to Keel').waitFor();
    await page.screenshot({ path: 'out/web/desktop-light-offline.png' });
    const port = Number(new URL(first.url).port);
    const second = await startScriptedChat({ messages, port });
    await second.chat.deliver(to, says('missed', 'While you were away'), null);
    await page.getByText('You said: two').waitFor();
    await page.locator('#offline').waitFor({ state: 'hidden' });
    const shown = await texts(page);
    expect(shown.toSorted()).toEqual(
      ['one', 'You said: one', 'two', 'You said: two', 'While you were away'].toSorted(),
    );
    expect(second.events.map(({ body }) => body)).toEqual([{ kind: 'text', text: 'two' }]);
    await page.reload();
    await page.getByText('You said: two').waitFor();
    expect(await texts(page)).toEqual(shown);
    await page.context().close();
    await second.stop();
  });

  it('lets the person choose the colours, and remembers', async () => {
    const page = await open(chat.url, looks[2]);
    const theme = () => page.evaluate('document.documentElement.dataset.theme');
    expect(await theme()).toBe('light');
    await page.click('#theme');
    await page.click('#theme');
    expect(await theme()).toBe('dark');
    await page.reload();
    expect(await theme()).toBe('dark');
    await page.context().close();
    expect(complaints).toEqual([]);
  });
});
