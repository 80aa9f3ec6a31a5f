import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Why browser tests cannot run here, to be said where they are skipped; '' when they can. */
export const noChromium = existsSync(executablePath) ? '' : `no Chromium at ${executablePath}`;

export const looks = [
  { name: 'phone-light', width: 390, height: 844, colorScheme: 'light' },
  { name: 'phone-dark', width: 390, height: 844, colorScheme: 'dark' },
  { name: 'desktop-light', width: 1280, height: 900, colorScheme: 'light' },
  { name: 'desktop-dark', width: 1280, height: 900, colorScheme: 'dark' },
] as const;
export type Look = (typeof looks)[number];

/** A headless Chromium that makes no requests of its own. */
export function launchChromium(): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args });
}

/** Opens the web chat in one look, noting every error and every request that leaves it. */
export async function openPage(
  browser: Browser,
  url: string,
  look: Look,
  complaints: string[],
  prepare?: (context: BrowserContext) => Promise<void>,
): Promise<Page> {
  const phone = look.width < 600;
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.colorScheme,
    deviceScaleFactor: phone ? 2 : 1,
    hasTouch: phone,
    isMobile: phone,
    reducedMotion: 'reduce',
  });
  await prepare?.(context);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const refused = /status of (4|5)\d\d|ERR_CONNECTION|ERR_INCOMPLETE/;
    if (message.type() === 'error' && !refused.test(message.text())) {
      complaints.push(message.text());
    }
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('blob:')) {
      complaints.push(`foreign request: ${request.url()}`);
    }
  });
  await page.goto(url);
  return page;
}

/** Share of the last such canvas that is drawn on. In-page code is text: browser types are not ours. */
export function inkOf(page: Page, selector: string): Promise<number> {
  return page.evaluate<number>(`(() => {
    const canvas = [...document.querySelectorAll(${JSON.stringify(selector)})].at(-1);
    const { width, height } = canvas ?? { width: 0, height: 0 };
    if (width === 0 || height === 0) return 0;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    let drawn = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 0) drawn += 1;
    return drawn / (width * height);
  })()`);
}
