import { byId, element, icon } from './element.ts';

/** Closer to the end than this counts as being there. */
const nearPx = 140;

/** Follows the end of the conversation while the reader is there, and never past what is unread. */
export function createScroller() {
  const box = byId('scroller', HTMLElement);
  const button = byId('newest', HTMLButtonElement);
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const label = element('span', { class: 'sr-only' }, 'Go to the newest message');
  button.prepend(icon('down'), label);
  let unseen = false;

  const fromEnd = () => box.scrollHeight - box.clientHeight - box.scrollTop;
  const refresh = () => {
    const near = fromEnd() < nearPx;
    if (near) unseen = false;
    button.hidden = near;
    label.textContent = unseen ? 'New message' : 'Go to the newest message';
    label.classList.toggle('sr-only', !unseen);
  };
  const to = (top: number, smooth: boolean) =>
    box.scrollTo({ top, behavior: smooth && !calm.matches ? 'smooth' : 'instant' });

  box.addEventListener('scroll', refresh, { passive: true });
  new ResizeObserver(refresh).observe(box);
  button.addEventListener('click', () => to(box.scrollHeight, true));

  return {
    atEnd: (): boolean => fromEnd() < nearPx,
    toEnd: (smooth = false) => {
      to(box.scrollHeight, smooth);
      refresh();
    },
    /** Follows a message that has changed: from its beginning while that is in view, else its end. */
    toReplaced(article: HTMLElement): void {
      const inView = article.getBoundingClientRect().top >= box.getBoundingClientRect().top;
      if (inView) this.toMessage(article);
      else this.toEnd();
    },
    /** Shows a new message from its beginning: a long answer is read from the top. */
    toMessage(article: HTMLElement): void {
      const above = article.previousElementSibling;
      const start = above instanceof HTMLElement && above.matches('.you') ? above : article;
      const top = start.getBoundingClientRect().top - box.getBoundingClientRect().top;
      to(Math.min(box.scrollTop + top - 12, box.scrollHeight - box.clientHeight), true);
      refresh();
    },
    /** Keeps what is being read in place while older messages are put above it. */
    async keeping(change: () => Promise<void>): Promise<void> {
      const before = fromEnd();
      await change();
      to(box.scrollHeight - box.clientHeight - before, false);
    },
    /** Something new stands below what is being read. */
    below(): void {
      unseen = true;
      refresh();
    },
  };
}
