import type { PageBlock } from '../operation.ts';
import { chartView } from './chart-view.ts';
import { element, icon } from './element.ts';
import { tableView } from './table-view.ts';
import { paragraphs, sizeInWords, words } from './words.ts';

/** Facts with a value longer than this stand one below the other. */
const longFact = 28;

/** Blocks as elements; notices of one tone that follow each other share a frame. */
export function blocksView(blocks: readonly PageBlock[], position: number): HTMLElement[] {
  const views: HTMLElement[] = [];
  for (const [i, block] of blocks.entries()) {
    const before = blocks[i - 1];
    if (block.kind === 'notice' && before?.kind === 'notice' && before.tone === block.tone) {
      views.at(-1)?.append(...paragraphs(block.text, 'notice-text'));
    } else views.push(...blockView(block, position));
  }
  return views;
}

function blockView(block: PageBlock, position: number): HTMLElement[] {
  switch (block.kind) {
    case 'text':
      if (block.style === 'title') {
        return [element('h3', { class: 'title', dir: 'auto' }, ...words(block.text))];
      }
      return paragraphs(block.text, block.style);
    case 'facts':
      return [
        element(
          'dl',
          { class: block.facts.some(isLong) ? 'facts rows' : 'facts' },
          ...block.facts.map(({ label, value }) =>
            element(
              'div',
              {},
              element('dt', { dir: 'auto' }, label),
              element('dd', { dir: 'auto' }, ...words(value)),
            ),
          ),
        ),
      ];
    case 'table':
      return [tableView(block)];
    case 'chart':
      return [chartView(block, position)];
    case 'file':
      return [
        element(
          'a',
          {
            class: 'file',
            href: `/web/files/${block.index}?message=${position}`,
            download: block.name,
          },
          icon('download'),
          element('span', { class: 'file-name' }, block.name),
          element('span', { class: 'file-size' }, sizeInWords(block.bytes)),
        ),
      ];
    case 'upload':
      return [
        element(
          'p',
          { class: 'file' },
          icon('file'),
          element('span', { class: 'file-name' }, block.name),
          element('span', { class: 'file-size' }, sizeInWords(block.bytes)),
        ),
      ];
    case 'notice':
      return [
        element(
          'div',
          { class: `notice ${block.tone}`, role: block.tone === 'error' ? 'alert' : 'note' },
          element('span', { class: 'notice-name' }, noticeNames[block.tone]),
          ...paragraphs(block.text, 'notice-text'),
        ),
      ];
    case 'progress':
      return [progressView(block)];
  }
}

const noticeNames = {
  disclosure: 'Please note',
  warning: 'Take care',
  error: 'Something went wrong',
} as const;

function isLong({ value }: { readonly value: string }): boolean {
  return value.length > longFact;
}

function progressView({ label, done, total }: Extract<PageBlock, { kind: 'progress' }>) {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  const bar = element('progress', { max: 1, value: share, 'aria-label': label });
  return element(
    'div',
    { class: 'progress' },
    element(
      'div',
      { class: 'progress-text' },
      element('span', {}, label),
      element('span', { class: 'progress-share' }, `${Math.round(share * 100)} %`),
    ),
    bar,
  );
}
