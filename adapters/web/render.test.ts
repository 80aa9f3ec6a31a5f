import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, Block, Reply } from '../../bot/reply.ts';
import * as replies from './fixtures/replies.ts';
import { operationSchema } from './operation.ts';
import { render } from './render.ts';
import { toPage } from './view.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const token = fc.string({ minLength: 1, maxLength: 40 });
const style = fc.constantFrom('primary' as const, 'danger' as const, undefined);

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: text, value: text }), { maxLength: 8 }),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    title: text,
    columns: fc.array(
      fc.record({ label: text, align: fc.constantFrom('left' as const, 'right' as const) }),
      { maxLength: 6 },
    ),
    rows: fc.array(fc.array(text, { maxLength: 6 }), { maxLength: 20 }),
  }),
  fc.record({
    kind: fc.constant('image' as const),
    alt: text,
    chart: fc.record({
      kind: fc.constant('bars' as const),
      title: text,
      subtitle: text,
      simulated: fc.boolean(),
      valueFormat: fc.constant('percent' as const),
      labels: fc.array(text, { maxLength: 5 }),
      series: fc.array(
        fc.record({
          name: text,
          role: fc.constant('today' as const),
          values: fc.array(number, { maxLength: 5 }),
        }),
      ),
    }),
  }),
  fc.record({
    kind: fc.constant('file' as const),
    name: text,
    mediaType: fc.constant('application/json'),
    content: text,
  }),
  fc.record({
    kind: fc.constant('notice' as const),
    tone: fc.constantFrom('disclosure' as const, 'warning' as const, 'error' as const),
    text,
  }),
  fc.record({ kind: fc.constant('progress' as const), label: text, done: number, total: number }),
);

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('choice' as const), label: text, style, do: token }),
  fc.record({
    kind: fc.constant('link' as const),
    label: text,
    style,
    url: fc.oneof(fc.webUrl(), fc.constantFrom('javascript:alert(1)', 'data:text/html,x', '//x')),
  }),
  fc.record({
    kind: fc.constant('select' as const),
    label: text,
    style,
    do: token,
    options: fc.array(fc.record({ label: text, value: text, note: text }), { maxLength: 9 }),
  }),
  fc.record({
    kind: fc.constant('form' as const),
    label: text,
    style,
    do: token,
    form: fc.constant('goal' as const),
  }),
);

const reply: fc.Arbitrary<Reply> = fc.record({
  key: token,
  visibility: fc.constantFrom('public' as const, 'private' as const),
  notify: fc.constantFrom('normal' as const, 'silent' as const),
  blocks: fc.array(block, { maxLength: 8 }),
  actions: fc.array(action, { maxLength: 8 }),
});

/** Every string and number that a person is meant to read or press. */
function said(given: Reply): unknown[] {
  const structural = new Set<unknown>([undefined, true, false]);
  return [...given.blocks, ...given.actions]
    .flatMap((part) => leavesOf({ ...part, kind: undefined, style: undefined }))
    .filter((leaf) => !structural.has(leaf));
}

describe('web render', () => {
  it('drops no fact and no action of any reply', () => {
    const property = fc.property(reply, (given) => {
      const operation = render(given);
      const shown = new Set(leavesOf(operation));
      const form = new Set<unknown>(['goal']);
      for (const leaf of said(given)) {
        if (!form.has(leaf)) expect(shown.has(leaf), `lost: ${JSON.stringify(leaf)}`).toBe(true);
      }
      expect(operation.actions.length + fallbacks(given)).toBe(given.actions.length);
      expect(operationSchema.parse(JSON.parse(JSON.stringify(operation)))).toBeTruthy();
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('never makes a link of an address that runs or embeds, and shows it as text', () => {
    const operation = render({
      ...replies.hello,
      actions: [{ kind: 'link', label: 'Win', url: 'javascript:alert(1)' }],
    });
    expect(operation.actions).toEqual([]);
    expect(operation.blocks.at(-1)).toEqual({
      kind: 'facts',
      facts: [{ label: 'Win', value: 'javascript:alert(1)' }],
    });
  });

  it('names the same chart by the same hash, and another by another', () => {
    const hash = (spec: typeof replies.split) =>
      render({
        ...replies.hello,
        blocks: [{ kind: 'image', chart: spec, alt: '' }],
      }).blocks[0];
    expect(hash(replies.split)).toEqual(hash(structuredClone(replies.split)));
    expect(hash(replies.split)).not.toEqual(hash({ ...replies.split, title: 'Other' }));
  });

  it('keeps the content of files from the page and says their size', () => {
    const row = { cursor: 1, position: 1, key: 'k', at: 0, operation: render(replies.exported) };
    const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const page = toPage(row, quiet);
    expect(page.operation.blocks[1]).toEqual({
      kind: 'file',
      name: 'keel-export.json',
      mediaType: 'application/json',
      bytes: 19,
      index: 1,
    });
    expect(JSON.stringify(page)).not.toContain('house');
  });

  it('says so when a stored message can no longer be read', () => {
    const errors: unknown[] = [];
    const log = {
      info: () => undefined,
      warn: () => undefined,
      error: (fields: unknown) => errors.push(fields),
    };
    const row = { cursor: 1, position: 1, key: 'k', at: 0, operation: { from: 'nobody' } };
    expect(toPage(row, log).operation.blocks[0]).toMatchObject({ kind: 'notice', tone: 'error' });
    expect(errors).toHaveLength(1);
  });
});

function leavesOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(leavesOf)
    : [value];
}

function fallbacks(given: Reply): number {
  return given.actions.filter(
    (one) => one.kind === 'link' && !/^(https?|mailto):/.test(URL.parse(one.url)?.protocol ?? ''),
  ).length;
}
