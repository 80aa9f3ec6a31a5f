import { createHash } from 'node:crypto';
import type { Action, Block, Reply } from '../../bot/reply.ts';
import type { Operation, OperationAction, OperationBlock } from './operation.ts';

/** A reply as the operation that shows it. The web has a form for every block, so nothing is dropped. */
export function render(reply: Reply): Operation {
  const links = reply.actions.filter((action) => action.kind === 'link' && !opens(action.url));
  return {
    from: 'keel',
    notify: reply.notify,
    blocks: [
      ...reply.blocks.map(block),
      ...links.map((link) => fallback(link as Extract<Action, { kind: 'link' }>)),
    ],
    actions: reply.actions.filter((action) => !links.includes(action)).map(action),
  };
}

function block(given: Block): OperationBlock {
  switch (given.kind) {
    case 'text':
      return { kind: 'text', text: wellFormed(given.text), style: given.style ?? 'body' };
    case 'facts':
      return {
        kind: 'facts',
        facts: given.facts.map(({ label, value }) => ({
          label: wellFormed(label),
          value: wellFormed(value),
        })),
      };
    case 'table':
      return {
        kind: 'table',
        ...(given.title === undefined ? {} : { title: wellFormed(given.title) }),
        columns: given.columns.map(({ label, align }) => ({ label: wellFormed(label), align })),
        rows: given.rows.map((row) => row.map(wellFormed)),
      };
    case 'image':
      return {
        kind: 'chart',
        chart: structuredClone(given.chart) as Extract<OperationBlock, { kind: 'chart' }>['chart'],
        hash: createHash('sha256').update(JSON.stringify(given.chart)).digest('hex'),
        alt: wellFormed(given.alt),
      };
    case 'file':
      return {
        kind: 'file',
        name: wellFormed(given.name),
        mediaType: given.mediaType,
        content: wellFormed(given.content),
      };
    case 'notice':
      return { kind: 'notice', tone: given.tone, text: wellFormed(given.text) };
    case 'progress':
      return {
        kind: 'progress',
        label: wellFormed(given.label),
        done: given.done,
        total: given.total,
      };
  }
}

function action(given: Action): OperationAction {
  const look = { label: wellFormed(given.label), ...(given.style ? { style: given.style } : {}) };
  switch (given.kind) {
    case 'choice':
      return { kind: 'choice', ...look, token: given.do };
    case 'link':
      return { kind: 'link', ...look, url: given.url };
    case 'select':
      return {
        kind: 'select',
        ...look,
        token: given.do,
        options: given.options.map(({ label, value, note }) => ({
          label: wellFormed(label),
          value,
          ...(note === undefined ? {} : { note: wellFormed(note) }),
        })),
      };
    case 'form':
      return { kind: 'form', ...look, token: given.do };
  }
}

/** Only web and mail addresses are followed: never javascript: or data:. */
function opens(url: string): boolean {
  const protocol = URL.parse(url)?.protocol;
  return protocol === 'https:' || protocol === 'http:' || protocol === 'mailto:';
}

/** The declared fallback of an address that is not followed: it is shown in full. */
function fallback(link: Extract<Action, { kind: 'link' }>): OperationBlock {
  return { kind: 'facts', facts: [{ label: wellFormed(link.label), value: wellFormed(link.url) }] };
}

/** The log is JSON in a database that refuses NUL and half a surrogate pair. */
function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
