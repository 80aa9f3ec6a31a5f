import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HostileBench, Visitor } from '../fakes/hostile-bench.ts';
import { openHostileBench } from '../fakes/hostile-bench.ts';
import { hostileFiles } from '../fakes/hostile-files.ts';
import { flawsIn } from '../fakes/hostile-flaws.ts';
import { everyStanding, type Standing, settledPerson } from '../fakes/hostile-states.ts';
import { hostileTexts } from '../fakes/hostile-texts.ts';
import { abilitiesOf } from './commands/index.ts';
import { saysYes } from './dialogue/plain-answers.ts';
import { type DialogueState, questionnaireIn } from './dialogue/state.ts';
import { typedChoice } from './dialogue/typed-choice.ts';
import type { Body } from './event.ts';
import { questionnaire, questionOf } from './suitability/questionnaire.ts';

const seed = Number(process.env.KEEL_TEST_SEED ?? 20_261_123);
/** `KEEL_TEST_TEXTS=4200` sends as many as were promised; that takes minutes. */
const TEXTS = Number(process.env.KEEL_TEST_TEXTS ?? 1_200);
const LONG = 600_000;

let bench: HostileBench;
let standings: readonly Standing[];
let sent = 0;
beforeAll(async () => {
  console.log(`Hostile input is drawn with KEEL_TEST_SEED=${seed}.`);
  bench = await openHostileBench();
  standings = await everyStanding(bench);
});
afterAll(() => bench.store.close());

/** Sends one thing and holds its answer to what every answer must be. */
async function hostile(visitor: Visitor, input: string, body: Body) {
  sent += 1;
  const replies = await visitor.send(body);
  expect(flawsIn(input, replies)).toEqual([]);
  expect(bench.faults.splice(0), JSON.stringify(input.slice(0, 200))).toEqual([]);
  return replies;
}

/** Garbage that happens to be an answer is one: "3", or "Y" under "Is that right?". */
function answersByChance(state: DialogueState | null, text: string): boolean {
  if (state?.kind === 'questionnaire') {
    const question = questionOf(questionnaire, state.question);
    // While a contradiction is asked about, its questions' names and "both" are answers.
    if (question === undefined) return /\b(?:keep|both|yes|fall|prize)\b/i.test(text);
    const { options } = question;
    return (
      typedChoice(
        options.map(({ label }) => label),
        text,
      ).kind === 'one'
    );
  }
  return state?.phase === 'echo' && saysYes(text);
}

/** A dialogue as it must still stand: the message it hangs on moves with what is typed. */
const still = (state: unknown) => JSON.stringify({ ...(state as object), message: '' });

/** The answers that are not stored yet, which nothing may lose. */
function pendingAnswers(state: unknown) {
  return questionnaireIn(state as DialogueState | null)?.answers ?? {};
}

/** Sends through a person at one point of the conversation, and looks after what they had. */
async function through(standing: Standing, input: string, body: Body): Promise<void> {
  const { visitor, dialogue } = standing;
  await hostile(visitor, input, body);
  const { state, version } = await visitor.dialogue();
  if (still(state) === still(dialogue)) return;
  expect(pendingAnswers(state), `${standing.name}: ${input.slice(0, 200)}`).toMatchObject(
    pendingAnswers(dialogue),
  );
  await visitor.reopen(dialogue, version);
}

/** Runs something, then checks that nobody's answers, goal or holdings have changed. */
async function losingNothing(work: () => Promise<void>): Promise<void> {
  const before = await Promise.all(standings.map(({ visitor }) => visitor.kept()));
  await work();
  const after = await Promise.all(standings.map(({ visitor }) => visitor.kept()));
  standings.forEach(({ name }, at) => {
    expect(after[at], name).toBe(before[at]);
  });
}

describe('input of every kind gets a clear reply and loses nothing', () => {
  test(
    `${TEXTS} typed messages, at every point of the conversation`,
    async () => {
      const texts = hostileTexts(seed);
      for (let round = 0; round < TEXTS / 300; round++) {
        await losingNothing(async () => {
          for (let at = 0; at < 300; at++) {
            const standing = standings[(round * 300 + at) % standings.length];
            const state = standing.dialogue as DialogueState | null;
            let { text } = texts.next().value;
            while (answersByChance(state, text)) text = texts.next().value.text;
            await through(standing, text, standing.visitor.bodyOf(text));
          }
        });
      }
    },
    LONG,
  );

  test('a message of 1 MB is refused with its length and the limit', async () => {
    for (const standing of standings.slice(0, 3)) {
      const [reply] = await hostile(standing.visitor, '', {
        kind: 'text',
        text: 'x'.repeat(1 << 20),
      });
      expect(JSON.stringify(reply.blocks)).toContain('1,048,576 characters; I read up to 4,000');
    }
  });

  test(
    'every command with hostile words behind it',
    async () => {
      const light = abilitiesOf({ cashRate: 0.02 })
        .commands.map(({ name }) => name)
        .filter((name) => !['recommend', 'backtest', 'stress', 'profiles'].includes(name));
      const texts = hostileTexts(seed + 1);
      await losingNothing(async () => {
        for (let at = 0; at < 340; at++) {
          const { text } = texts.next().value;
          const name = at % 10 === 9 ? text.slice(0, 60) : light[at % light.length];
          const standing = standings[at % standings.length];
          await through(standing, `/${name} ${text}`, { kind: 'command', name, args: text });
        }
      });
    },
    LONG,
  );

  test(
    'files that are pictures, archives, empty, enormous, broken or full of formulas',
    async () => {
      const files = hostileFiles(seed);
      const texts = hostileTexts(seed + 2);
      await losingNothing(async () => {
        for (let at = 0; at < 160; at++) {
          const { name, mediaType, bytes } = files.next().value;
          const content = Buffer.from(bytes).toString('base64');
          const file = { name: name.slice(0, 255), mediaType, bytes: bytes.length, content };
          const caption = texts.next().value.text.slice(0, 1_000);
          const input = `${name} ${new TextDecoder().decode(bytes.subarray(0, 100_000))}`;
          await through(standings[at % standings.length], input, { kind: 'file', file, caption });
        }
      });
    },
    LONG,
  );
});

describe('buttons and forms', () => {
  test(
    'forged, foreign, replayed and misused tokens do nothing and say so',
    async () => {
      const owner = await settledPerson(bench, 'token-owner');
      const other = await settledPerson(bench, 'token-thief');
      const before = [await owner.kept(), await other.kept()];
      await owner.says('/goal 99k by 2045');
      const yes = owner.find('Yes').do;
      await owner.says('/goal');
      const form = owner.find('Fill in a form').do;
      await owner.says('/profile');
      const select = owner.find('Change an answer').do;
      const texts = hostileTexts(seed + 3);
      const flip = (token: string, at: number) =>
        token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      for (let at = 0; at < 120; at++) {
        const { text } = texts.next().value;
        const token = [
          text.slice(0, 200),
          flip(yes, 3 + (at % 16)),
          flip(yes, 20 + (at % 16)),
          `${yes}x`,
          yes.slice(0, -1),
          yes.toUpperCase(),
        ][at % 6];
        const values = { kind: text, [text]: text };
        const body: Body = [
          { kind: 'button', token } as const,
          { kind: 'select', token, value: text.slice(0, 100) } as const,
          { kind: 'form', token, values } as const,
        ][at % 3];
        await hostile(owner, text, body);
      }
      const misused: readonly (readonly [Visitor, Body, RegExp])[] = [
        [other, { kind: 'button', token: yes }, /belongs to someone else/],
        [
          other,
          { kind: 'form', token: form, values: { kind: 'preserve' } },
          /belongs to someone else/,
        ],
        [other, { kind: 'select', token: select, value: 'horizon' }, /belongs to someone else/],
        [owner, { kind: 'select', token: yes, value: 'x' }, /cannot be used this way/],
        [owner, { kind: 'form', token: yes, values: {} }, /cannot be used this way/],
        [owner, { kind: 'button', token: form }, /cannot be used this way/],
        [owner, { kind: 'button', token: select }, /cannot be used this way/],
      ];
      for (const [visitor, body, said] of misused) {
        expect(JSON.stringify(await hostile(visitor, '', body))).toMatch(said);
      }
      expect([await owner.kept(), await other.kept()]).toEqual(before);
      await owner.send({ kind: 'button', token: yes });
      const confirmed = await owner.kept();
      for (let again = 0; again < 5; again++) {
        const replies = await hostile(owner, '', { kind: 'button', token: yes });
        expect(JSON.stringify(replies)).toContain('already done');
      }
      expect(await owner.kept()).toBe(confirmed);
      const { workspace } = await owner.person();
      const audit = await bench.store.read.audit.list(workspace, 0, 100_000);
      expect(audit.filter(({ kind }) => kind === 'button-refused')).toHaveLength(3);
    },
    LONG,
  );

  test(
    'form and select values of every kind are refused or asked about',
    async () => {
      const person = await settledPerson(bench, 'form-filler');
      const before = await person.kept();
      await person.says('/goal');
      const goal = person.find('Fill in a form').do;
      await person.says('/holdings');
      const holdings = person.find('Fill in a form').do;
      const remove = person.find('Remove one').do;
      await person.says('/profile');
      const change = person.find('Change an answer').do;
      const texts = hostileTexts(seed + 4);
      const kinds = ['max-return', 'target-return', 'preserve', 'by-date', ''];
      for (let at = 0; at < 240; at++) {
        const [a, b, c] = [
          texts.next().value.text,
          texts.next().value.text,
          texts.next().value.text,
        ];
        const body: Body = [
          {
            kind: 'form',
            token: goal,
            values: { kind: kinds[at % 5] || a, amount: a, by: b, contribution: c, rate: a },
          } as const,
          { kind: 'form', token: holdings, values: { positions: a, cash: b } } as const,
          { kind: 'select', token: remove, value: a.slice(0, 100) } as const,
          { kind: 'select', token: change, value: b.slice(0, 100) } as const,
        ][at % 4];
        await hostile(person, `${a}\n${b}\n${c}`, body);
      }
      expect(await person.kept()).toBe(before);
    },
    LONG,
  );
});

test('afterwards every one was answered, nothing is parked or undone, and the record holds', async () => {
  expect(sent).toBeGreaterThanOrEqual(TEXTS + 800);
  const { read } = bench.store;
  expect(await read.inbox.waiting()).toEqual([]);
  expect(await read.inbox.parked()).toEqual([]);
  expect(await read.outbox.waiting(Number.MAX_SAFE_INTEGER)).toEqual([]);
  // Nobody pressed Confirm, so nothing may be on its way to the broker.
  expect(await read.proposals.unfinished()).toEqual([]);
  for (const workspace of await read.audit.workspaces()) {
    expect(await read.audit.verify(workspace)).toMatchObject({ brokenAt: null });
  }
  expect(bench.faults).toEqual([]);
});
