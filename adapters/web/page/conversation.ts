import type { PageMessage } from '../operation.ts';
import { actionsView, markChosen, type Pressed } from './action-view.ts';
import { blocksView } from './block-view.ts';
import { releaseCharts } from './chart-view.ts';
import type { Delivery } from './deliveries.ts';
import { element } from './element.ts';
import { dayInWords, timeInWords } from './words.ts';

/** The list of messages: each stands at its position and is replaced there. */
export function createConversation(
  log: HTMLElement,
  pressed: Pressed,
  sendAgain: (message: PageMessage) => void,
) {
  const shown = new Map<number, { message: PageMessage; article: HTMLElement }>();
  const pending = new Map<string, HTMLElement>();
  const chosen = new Map<string, string | undefined>();

  /** Shows a message, or what has become of it. @returns its element; null when nothing is new */
  function show(message: PageMessage): HTMLElement | null {
    const before = shown.get(message.position);
    if (before !== undefined && before.message.cursor >= message.cursor) return null;
    const article = articleOf(message);
    pending.get(message.key)?.remove();
    pending.delete(message.key);
    if (before === undefined) insert(article, message.position);
    else {
      const focused = before.article.contains(document.activeElement);
      releaseCharts(before.article);
      before.article.replaceWith(article);
      if (focused) article.focus({ preventScroll: true });
    }
    shown.set(message.position, { message, article });
    for (const one of shown.values()) if (answeredInPlace(one.message)) one.article.remove();
    const { chose } = message.operation;
    if (chose) {
      chosen.set(chose.token, chose.value);
      markChosen(log, chose.token, chose.value);
    }
    for (const [token, value] of chosen) markChosen(article, token, value);
    nameDay(article);
    nameDay(article.nextElementSibling);
    markCurrent();
    return article;
  }

  /** A press whose answer took the place of what was pressed: what stands there tells it already. */
  function answeredInPlace({ cursor, operation }: PageMessage): boolean {
    const at = operation.chose?.position;
    const answer = at === undefined ? undefined : shown.get(at)?.message;
    return answer !== undefined && answer.cursor > cursor;
  }

  function articleOf(message: PageMessage): HTMLElement {
    const { operation, at, position } = message;
    const mine = operation.from === 'you';
    const article = element(
      'article',
      { class: `message ${operation.from}`, tabindex: -1, 'data-position': position },
      element(
        'header',
        { class: 'meta' },
        element('span', { class: mine ? 'sr-only' : 'author' }, mine ? 'You' : 'Keel'),
        element('time', { datetime: new Date(at).toISOString() }, timeInWords(at)),
      ),
      element(
        'div',
        { class: mine ? 'bubble' : 'sheet' },
        ...blocksView(operation.blocks, position),
        ...actionsView(operation.actions, position, pressed),
      ),
    );
    article.dataset.day = dayInWords(at);
    if (operation.undelivered) article.append(undelivered(message));
    return article;
  }

  function undelivered(message: PageMessage): HTMLElement {
    const note = element('p', { class: 'delivery failed' }, 'Not delivered. ');
    const plain = message.operation.blocks.every((block) => block.kind === 'text');
    if (plain && !message.operation.chose) {
      const again = element('button', { type: 'button', class: 'text-button' }, 'Send again');
      again.addEventListener('click', () => sendAgain(message));
      note.append(again);
    }
    return note;
  }

  function insert(article: HTMLElement, position: number): void {
    let next: Element | null = null;
    for (let last = log.lastElementChild; last !== null; last = last.previousElementSibling) {
      const at = Number((last as HTMLElement).dataset.position ?? Number.POSITIVE_INFINITY);
      if (at < position) break;
      next = last;
    }
    log.insertBefore(article, next);
  }

  /** A message that begins a day carries the date above it. */
  function nameDay(article: Element | null): void {
    if (!(article instanceof HTMLElement) || !article.dataset.day) return;
    article.querySelector(':scope > .day')?.remove();
    const previous = article.previousElementSibling as HTMLElement | null;
    if (previous?.dataset.day === article.dataset.day) return;
    const today = article.dataset.day === dayInWords(Date.now());
    article.prepend(element('p', { class: 'day' }, today ? 'Today' : article.dataset.day));
  }

  /** Only the newest answer's buttons stand out; earlier ones still work, quietly. */
  function markCurrent(): void {
    const answers = [...log.querySelectorAll('.message.keel')];
    for (const [i, answer] of answers.entries()) {
      answer.classList.toggle('current', i === answers.length - 1);
    }
  }

  return {
    show,
    /** Shows what the person did before the server has it. */
    queue(delivery: Delivery): void {
      const key = `you:${delivery.id}`;
      pending.get(key)?.remove();
      const article = element(
        'article',
        { class: `message you pending${delivery.path === 'messages' ? '' : ' press'}` },
        element('div', { class: 'bubble' }, element('p', { dir: 'auto' }, delivery.label)),
        element('p', { class: 'delivery' }, 'Sending…'),
      );
      pending.set(key, article);
      log.append(article);
    },
    unqueue(delivery: Delivery): void {
      pending.get(`you:${delivery.id}`)?.remove();
      pending.delete(`you:${delivery.id}`);
    },
    clear(): void {
      releaseCharts(log);
      log.replaceChildren(...pending.values());
      shown.clear();
      chosen.clear();
    },
    first: (): number | null => (shown.size === 0 ? null : Math.min(...shown.keys())),
    has: (position: number): boolean => shown.has(position),
    isEmpty: (): boolean => shown.size === 0 && pending.size === 0,
  };
}
