import type { Hono } from 'hono';
import type { Reply } from '../../bot/reply.ts';
import { quiet } from '../../fakes/store.ts';
import { createMemoryWebLog } from '../../fakes/web-log.ts';
import { createWebChat } from '../web/index.ts';
import { limits } from '../web/limits.ts';
import { type Operation, operationSchema } from '../web/operation.ts';
import { parseButton, parseFile, parseForm, parseMessage, parseSelect } from '../web/parse.ts';
import { render } from '../web/render.ts';
import { pixels } from './pixels.ts';
import type { ChatSubject, Press, RunningChat, Shown } from './subject.ts';

const id = '0b9f7a52-5d36-4c8f-9d0e-6a2f0f5f7c11';
const sender = { identity: 'p1', languages: 'de-AT,en;q=0.5', at: 1_780_000_000_000 };
const token = 'v1.AAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBB';
const file = {
  id,
  name: 'a.csv',
  mediaType: 'text/csv',
  content: new Uint8Array([49]),
  caption: '',
};

/** What the page sends, by its own contract. */
const payloads: ChatSubject['payloads'] = [
  ['words', 'text', parseMessage({ id, text: 'hello' }, sender)],
  ['a command', 'command', parseMessage({ id, text: '/why now' }, sender)],
  ['a button', 'button', parseButton({ id, message: 3, token }, sender)],
  ['a select', 'select', parseSelect({ id, message: 3, token, value: 'SPY' }, sender)],
  ['a form', 'form', parseForm({ id, message: 3, token, values: { cash: '4000' } }, sender)],
  ['a file', 'file', parseFile(file, sender)],
  ['an empty message', null, parseMessage({ id, text: ' ' }, sender)],
].map(([name, kind, parsed]) => ({
  name,
  kind,
  read: () => (parsed as { event?: never }).event ?? null,
})) as never;

function wordsOf(operation: Operation): string {
  const leaves = (value: unknown): readonly string[] => {
    if (typeof value === 'string') return [value];
    if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
    return [];
  };
  return [operation.blocks, operation.actions].flatMap(leaves).join('\n');
}

function show(reply: Reply): Shown {
  const operation = render(reply);
  const checked = operationSchema.safeParse(JSON.parse(JSON.stringify(operation)));
  const forms = reply.actions.filter((action) => action.kind === 'form');
  const broken = checked.success ? [] : [checked.error.message];
  const presses = operation.actions.flatMap((action): readonly Press[] => {
    const given = { id, message: 3, token: 'token' in action ? action.token : '' };
    if (action.kind === 'link') return [{ action: 'link', url: action.url }];
    if (action.kind === 'form') {
      return [{ action: 'form', token: action.token, form: forms.shift()?.form ?? '' }];
    }
    const parsed =
      action.kind === 'choice'
        ? [parseButton(given, sender)]
        : action.options.map(({ value }) => parseSelect({ ...given, value }, sender));
    return parsed.flatMap((one): readonly Press[] => {
      if (!one.ok) broken.push(one.problem);
      return one.ok ? [{ action: 'event', body: one.event.body }] : [];
    });
  });
  const kinds = operation.blocks.map((block) => block.kind);
  return {
    words: wordsOf(operation),
    attached: '',
    presses,
    files: operation.blocks.flatMap((block) => (block.kind === 'file' ? [block.content] : [])),
    pictures: kinds.filter((kind) => kind === 'chart').length,
    broken,
  };
}

async function open(): Promise<RunningChat> {
  const messages = createMemoryWebLog();
  const adapter = createWebChat({
    http: { mount: (_: string, __: Hono) => undefined },
    keys: { session: new Uint8Array(32) },
    log: quiet,
    random: { bytes: (count) => new Uint8Array(count) },
    clock: { now: () => 1_780_000_000_000 },
    images: { png: async (spec) => pixels(JSON.stringify(spec)) },
    messages,
    simulated: true,
  });
  return {
    adapter,
    to: (person) => ({
      platform: 'web',
      installation: 'local',
      conversation: `p${person}`,
      identity: `p${person}`,
    }),
    inGroup: () => null,
    standing: async (conversation) =>
      (await messages.page(conversation, null, limits.historyPage)).map(({ operation }) => {
        const read = operationSchema.parse(operation);
        const found = read.blocks.find((block) => block.kind === 'file');
        return {
          words: wordsOf(read),
          labels: read.actions.map(({ label }) => label),
          file: found?.kind === 'file' ? found.content : null,
        };
      }),
    violations: () => [],
    stop: async () => adapter.close(),
  };
}

export const webSubject = (): ChatSubject => ({ platform: 'web', payloads, show, open });
