import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createBreaker } from '../../bot/explain/breaker.ts';
import { createModelBudget } from '../../bot/explain/model-budget.ts';
import { type RewordEntry, type RewordRequest, reword } from '../../bot/explain/reword.ts';
import { scenarios } from '../../fakes/model/scenarios.ts';
import { type Behaviour, startFakeModel } from '../../fakes/model/server.ts';
import { readPrompts } from './index.ts';
import { langchainModel } from './langchain.ts';
import { openaiModel } from './openai.ts';

const KEY = 'sk-test-never-shown';
const HONEST =
  'SPY is {{fact:1-weight}} of the money and {{fact:1-share}} of the risk.\n{{must:uncertainty}}';
const clock = { now: () => Date.UTC(2026, 4, 1) };
let fake: Awaited<ReturnType<typeof startFakeModel>>;

beforeAll(async () => {
  fake = await startFakeModel(KEY);
});
afterAll(() => fake.stop());

const request: RewordRequest = {
  statements: scenarios.spy,
  must: ['uncertainty'],
  language: 'en',
  pseudonym: 'person-0123456789abcdef',
  workspace: 'w',
};

describe.each([
  ['openai', openaiModel],
  ['langchain', langchainModel],
] as const)('the %s client', (_name, modelFrom) => {
  let entries: RewordEntry[] = [];
  beforeEach(() => {
    entries = [];
    fake.requests.length = 0;
    fake.refusals.length = 0;
  });

  const depsWith = (deadlineMs: number, apiKey = KEY) => ({
    model: modelFrom({ apiKey, baseUrl: fake.baseUrl, model: 'small', timeoutMs: deadlineMs }),
    templates: readPrompts(),
    breaker: createBreaker(clock),
    budget: createModelBudget(clock, { person: 100_000, workspace: 1_000_000 }),
    clock,
    record: async (entry: RewordEntry) => {
      entries.push(entry);
    },
    deadlineMs,
  });

  test('an honest answer is filled in by code and the whole call is recorded', async () => {
    fake.will({ kind: 'say', text: HONEST });
    const result = await reword(depsWith(4_000), request);
    expect(fake.refusals).toEqual([]);
    expect(result).toEqual({
      kind: 'reworded',
      text: 'SPY is 35.0 % of the money and 61.2 % of the risk.\nExpected returns and swings are estimates with wide errors, not promises; you can lose money.',
    });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      output: HONEST,
      model: 'small-fake',
      verdict: { ok: true },
    });
    expect(entries[0].prompt).toEqual({
      system: fake.requests[0].messages[0].content,
      user: fake.requests[0].messages[1].content,
    });
  });

  test('no value leaves for the model, only placeholders and a pseudonym', async () => {
    fake.will({ kind: 'say', text: HONEST });
    await reword(depsWith(4_000), request);
    const sent = JSON.stringify(fake.requests[0]);
    expect(sent).toContain('person-0123456789abcdef');
    expect(sent).not.toMatch(/35\.0|61\.2|0\.35|0\.612/);
  });

  const faults: readonly (readonly [string, Behaviour, string])[] = [
    ['a stall', { kind: 'stall' }, 'late'],
    ['a body without end', { kind: 'drip' }, 'late'],
    ['a 500', { kind: 'status', status: 500 }, 'no-answer'],
    ['a 503', { kind: 'status', status: 503 }, 'no-answer'],
    ['a 429', { kind: 'status', status: 429 }, 'no-answer'],
    ['garbage', { kind: 'garbage' }, 'no-answer'],
    ['no choices', { kind: 'empty' }, 'no-answer'],
    ['a body cut in the middle', { kind: 'cut', text: HONEST }, 'no-answer'],
    ['an answer cut by its limit', { kind: 'truncated', text: HONEST }, 'no-answer'],
    ['a lie', { kind: 'say', text: HONEST.replace('is {{', 'is not {{') }, 'void'],
    [
      'swapped facts',
      {
        kind: 'say',
        text: HONEST.replace(/weight|share/g, (id) => (id === 'share' ? 'weight' : 'share')),
      },
      'void',
    ],
    ['a missing notice', { kind: 'say', text: HONEST.split('\n')[0] }, 'void'],
  ];

  test.each(faults)(
    'the plain sentences stand after %s, asked once',
    async (_what, behaviour, why) => {
      fake.will(behaviour);
      const began = performance.now();
      const result = await reword(depsWith(300), request);
      expect(result).toEqual({ kind: 'kept', why });
      expect(performance.now() - began).toBeLessThan(1_500);
      expect(fake.requests).toHaveLength(1);
      expect(entries).toHaveLength(1);
    },
  );

  test('a wrong key is named in the record, never shown', async () => {
    const result = await reword(depsWith(2_000, 'sk-wrong-secret'), request);
    expect(result).toEqual({ kind: 'kept', why: 'no-answer' });
    expect(entries[0].verdict).toMatchObject({ detail: expect.stringContaining('OPENAI_API_KEY') });
    expect(JSON.stringify(entries)).not.toContain('sk-wrong');
  });

  test('after three failures the model is left alone until a probe succeeds', async () => {
    let now = 0;
    const moving = { now: () => now };
    const deps = { ...depsWith(2_000), breaker: createBreaker(moving) };
    fake.will({ kind: 'status', status: 500 });
    for (let at = 0; at < 5; at++) await reword(deps, request);
    expect(fake.requests).toHaveLength(3);
    now += 60_001;
    expect(await reword(deps, request)).toEqual({ kind: 'kept', why: 'no-answer' });
    expect(await reword(deps, request)).toEqual({ kind: 'kept', why: 'breaker-open' });
    expect(fake.requests).toHaveLength(4);
    now += 60_001;
    fake.will({ kind: 'say', text: HONEST });
    expect((await reword(deps, request)).kind).toBe('reworded');
    expect((await reword(deps, request)).kind).toBe('reworded');
  });

  test('past the budget of a person nothing is sent', async () => {
    fake.will({ kind: 'say', text: HONEST });
    const budget = createModelBudget(clock, { person: 100, workspace: 1_000_000 });
    const result = await reword({ ...depsWith(2_000), budget }, request);
    expect(result).toEqual({ kind: 'kept', why: 'over-budget' });
    expect(fake.requests).toHaveLength(0);
  });

  test('a rewording that cannot be recorded is not used', async () => {
    fake.will({ kind: 'say', text: HONEST });
    const record = () => Promise.reject(new Error('disk full'));
    const result = await reword({ ...depsWith(2_000), record }, request);
    expect(result).toEqual({ kind: 'kept', why: 'not-recorded' });
  });
});
