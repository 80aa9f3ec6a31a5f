import type { Locator, Page } from 'playwright-core';

/** A person in front of the page: types, presses what is there, reads what appears. */
export function pagePerson(page: Page) {
  /** The newest message of Keel that says this. */
  const answer = (text: string | RegExp): Locator =>
    page.locator('.message.keel').filter({ hasText: text }).last();

  return {
    answer,
    async say(text: string, expected: string | RegExp): Promise<void> {
      await page.fill('#composer-text', text);
      await page.click('#send');
      await answer(expected).waitFor();
    },
    /** Presses the newest button with this label. */
    async press(label: string, expected: string | RegExp): Promise<void> {
      await page.getByRole('button', { name: label, exact: true }).last().click();
      await answer(expected).waitFor();
    },
    /** Brings the beginning of a message to the top of the view, with the words it answers. */
    async readFrom(text: string | RegExp): Promise<void> {
      const position = Number(await answer(text).getAttribute('data-position'));
      // In-page code is text: browser types are not ours.
      await page.evaluate(`(() => {
        const message = document.querySelector('[data-position="${position}"]');
        const above = message.previousElementSibling;
        const start = above?.matches('.you') ? above : message;
        start.scrollIntoView({ block: 'start' });
      })()`);
    },
  };
}

export type PagePerson = ReturnType<typeof pagePerson>;

/** What sticks out of the view to the right; tables may, because they scroll inside their frame. */
export function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`
    [...document.querySelectorAll('body *')]
      .filter((each) => !each.closest('.table-frame table, .sr-only, .skip, [hidden]'))
      .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5)
      .map((each) => each.tagName + '.' + each.className + ': ' + each.textContent.slice(0, 60))
  `);
}

/** Names of what the Tab key reaches from here on, in order. */
export async function tabStops(page: Page, count: number): Promise<string[]> {
  const names: string[] = [];
  for (let i = 0; i < count; i++) {
    await page.keyboard.press('Tab');
    names.push(
      await page.evaluate<string>(`(() => {
        const at = document.activeElement;
        return (at.getAttribute('aria-label') ?? at.textContent ?? '').trim();
      })()`),
    );
  }
  return names;
}
