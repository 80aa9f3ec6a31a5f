import type { PageBlock } from '../operation.ts';
import { element } from './element.ts';
import { words } from './words.ts';

type Table = Omit<Extract<PageBlock, { kind: 'table' }>, 'kind'>;

/** Cells with more characters than this may wrap. */
const longCell = 12;

/** A table that scrolls inside itself, so that the page never scrolls sideways on a phone. */
export function tableView({ title, columns, rows }: Table): HTMLElement {
  const align = (i: number) => (columns[i]?.align === 'right' ? 'number' : undefined);
  const look = (cell: string, i: number) =>
    [align(i), cell.length > longCell ? 'long' : undefined].filter(Boolean).join(' ') || undefined;
  const head = element(
    'tr',
    {},
    ...columns.map((column, i) => element('th', { scope: 'col', class: align(i) }, column.label)),
  );
  const body = rows.map((row) =>
    element(
      'tr',
      {},
      ...row.map((cell, i) =>
        i === 0
          ? element('th', { scope: 'row', class: look(cell, i), dir: 'auto' }, ...words(cell))
          : element('td', { class: look(cell, i), dir: 'auto' }, ...words(cell)),
      ),
    ),
  );
  const table = element(
    'table',
    {},
    ...(title ? [element('caption', {}, title)] : []),
    element('thead', {}, head),
    element('tbody', {}, ...body),
  );
  // Focusable, so that the arrow keys can scroll it.
  const frame = element(
    'div',
    { class: 'table-frame', tabindex: 0, role: 'region', 'aria-label': title ?? 'Table' },
    table,
  );
  const box = element('div', { class: 'table-box' }, frame);
  // A soft edge says that there is more to the right.
  const refresh = () => {
    const rest = frame.scrollWidth - frame.clientWidth - frame.scrollLeft;
    box.classList.toggle('more', rest > 4);
  };
  frame.addEventListener('scroll', refresh, { passive: true });
  new ResizeObserver(refresh).observe(frame);
  return box;
}
