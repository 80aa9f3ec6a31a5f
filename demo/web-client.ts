import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { OperationAction, PageBlock, PageMessage } from '../adapters/web/operation.ts';
import { followEvents } from './event-feed.ts';

/** How long an answer may take before the client gives up. */
const PATIENCE_MS = 60_000;
/** An answer counts as complete when nothing has come for this long and no progress bar is open. */
const QUIET_MS = 40;
/** How often what has come is looked at. */
const LOOK_MS = 4;

/** A person in front of the web chat, as the page would speak for them: over HTTP, by the same doors. */
export interface WebClient {
  /** The session, as a browser sends it: whoever has it is the same person. */
  readonly cookie: string;
  /** Every message that stands, in order of position. */
  messages(): readonly PageMessage[];
  say(text: string): Promise<readonly PageMessage[]>;
  /** Presses the newest button whose label is, or begins with, these words. */
  press(label: string): Promise<readonly PageMessage[]>;
  choose(label: string, option: string): Promise<readonly PageMessage[]>;
  submit(label: string, values: Readonly<Record<string, string>>): Promise<readonly PageMessage[]>;
  upload(name: string, content: Uint8Array, mediaType: string): Promise<readonly PageMessage[]>;
  /** Waits until a message says this. */
  until(matches: (text: string) => boolean): Promise<PageMessage>;
  png(message: PageMessage, hash: string): Promise<Uint8Array>;
  close(): void;
}

/** Opens a session with the web chat at an address. */
export async function openWebClient(address: string): Promise<WebClient> {
  const opened = await fetch(`${address}/web/session`, {
    method: 'POST',
    headers: { origin: address },
  });
  if (!opened.ok) throw new Error(`The web chat refused a session: ${await opened.text()}`);
  const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0];
  const shown = new Map<number, PageMessage>();
  const aborted = new AbortController();
  let cursor = 0;
  let lastChange = performance.now();
  const headers = { cookie, origin: address };

  let refused: unknown = null;
  const feed = followEvents(
    address,
    { headers, after: 0, signal: aborted.signal },
    {
      message(message) {
        shown.set(message.position, message);
        cursor = Math.max(cursor, message.cursor);
        lastChange = performance.now();
      },
      reset: () => shown.clear(),
    },
  );
  feed.catch((error: unknown) => {
    refused = error;
  });

  /** Looks again and again at what has come, for a minute. */
  async function seen<T>(what: () => T | undefined, otherwise: string): Promise<T> {
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      if (refused !== null) throw refused;
      const found = what();
      if (found !== undefined) return found;
      await pause(LOOK_MS);
    }
    throw new Error(otherwise);
  }

  /** The bot's messages that are new or changed since a cursor, once they have settled. */
  function settled(since: number): Promise<readonly PageMessage[]> {
    return seen(() => {
      const fresh = [...shown.values()].filter(
        (message) => message.cursor > since && message.operation.from === 'keel',
      );
      const working = fresh.some(
        (message) =>
          message.operation.actions.length === 0 &&
          message.operation.blocks.some((block) => block.kind === 'progress'),
      );
      const quiet = performance.now() - lastChange > QUIET_MS;
      if (fresh.length === 0 || working || !quiet) return undefined;
      return fresh.sort((a, b) => a.position - b.position);
    }, 'No answer came within a minute.');
  }

  async function post(path: string, body: string | FormData, type?: string) {
    const since = cursor;
    const response = await fetch(`${address}/web/${path}`, {
      method: 'POST',
      headers: type === undefined ? headers : { ...headers, 'content-type': type },
      body,
    });
    if (response.status !== 202) {
      throw new Error(`The web chat answered ${response.status}: ${await response.text()}`);
    }
    return settled(since);
  }

  const json = (path: string, value: unknown) =>
    post(path, JSON.stringify(value), 'application/json');

  function find(label: string, kind: OperationAction['kind']) {
    const newest = [...shown.values()].sort((a, b) => b.position - a.position);
    for (const exact of [true, false]) {
      for (const message of newest) {
        for (const action of message.operation.actions) {
          const fits = exact ? action.label === label : action.label.startsWith(label);
          if (action.kind === kind && fits) return { message, action };
        }
      }
    }
    const offered = newest.flatMap((each) => each.operation.actions.map((a) => a.label));
    throw new Error(`There is no ${kind} "${label}"; there are: ${offered.join(', ')}`);
  }

  function tokenOf(label: string, kind: 'choice' | 'select' | 'form') {
    const { message, action } = find(label, kind);
    if (action.kind === 'link') throw new Error(`"${label}" is a link.`);
    return { id: randomUUID(), message: message.position, token: action.token };
  }

  return {
    cookie,
    messages: () => [...shown.values()].sort((a, b) => a.position - b.position),
    say: (text) => json('messages', { id: randomUUID(), text }),
    press: (label) => json('buttons', tokenOf(label, 'choice')),
    choose(label, option) {
      const { action } = find(label, 'select');
      const value =
        action.kind === 'select'
          ? action.options.find((each) => each.label === option)?.value
          : undefined;
      if (value === undefined) throw new Error(`"${label}" has no option "${option}".`);
      return json('selects', { ...tokenOf(label, 'select'), value });
    },
    submit: (label, values) => json('forms', { ...tokenOf(label, 'form'), values }),
    upload(name, content, mediaType) {
      const form = new FormData();
      form.set('id', randomUUID());
      form.set('file', new File([new Uint8Array(content)], name, { type: mediaType }));
      return post('files', form);
    },
    until: (matches) =>
      seen(
        () =>
          [...shown.values()].find(
            (message) => message.operation.from === 'keel' && matches(textOf(message)),
          ),
        'What was waited for did not come within a minute.',
      ),
    async png(message, hash) {
      const response = await fetch(
        `${address}/web/images/${hash}.png?message=${message.position}&theme=light`,
        { headers },
      );
      if (!response.ok) throw new Error(`The chart ${hash} could not be drawn.`);
      return new Uint8Array(await response.arrayBuffer());
    },
    close: () => aborted.abort(),
  };
}

/** A message as the plain text a terminal shows. */
export function textOf(message: PageMessage): string {
  return message.operation.blocks.map(blockText).join('\n');
}

function blockText(block: PageBlock): string {
  switch (block.kind) {
    case 'text':
    case 'notice':
      return block.text;
    case 'facts':
      return block.facts.map((fact) => `${fact.label}: ${fact.value}`).join('\n');
    case 'table':
      return [block.columns.map((column) => column.label), ...block.rows]
        .map((row) => row.join(' | '))
        .join('\n');
    case 'chart':
      return `[chart: ${block.alt}]`;
    case 'file':
      return `[file: ${block.name}, ${block.bytes} bytes]`;
    case 'upload':
      return `[upload: ${block.name}]`;
    case 'progress':
      return `[${block.label}: ${block.done} of ${block.total}]`;
  }
}
