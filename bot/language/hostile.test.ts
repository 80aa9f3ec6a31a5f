import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameable } from '../dialogue/wish-forms.ts';
import { routeText } from '../intent.ts';
import { cleanLines, cleanText, MAX_LIST, MAX_MESSAGE } from './clean.ts';
import { formatDay, formatMinor } from './format.ts';
import { rules } from './limit-rules.ts';
import { readQuantities } from './quantities.ts';
import { readGoal } from './read-goal.ts';
import { readHoldings } from './read-holdings.ts';
import { readHoldingsFile } from './read-holdings-file.ts';
import { readLimit } from './read-limit.ts';
import { readView } from './read-view.ts';
import { readWay } from './read-way.ts';
import { doubtfulRepeats, patternsIn } from './repeats.fixture.ts';

const now = Date.UTC(2026, 4, 1);
const commands = ['goal', 'holdings', 'recommend', 'why', 'help'].map((name) => ({
  name,
  summary: '',
  phrases: [],
}));

/** Words that the grammar knows, joined at random: more telling than random characters alone. */
const fragment = fc.constantFrom(
  ...'20k $ € 1e309 -5 1.000 half a quarter million by before end of June 2032 12/05/2031 in 7 years 500 month / - % 60/40 to between and SPY BTC cash sold all at 65 next every week NaN ½ ’ \u202e \u200b 🚀 <script> \u0000 \ud800 ﷺ OR 1=1; ️ ，'.split(
    ' ',
  ),
);
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fragment, { maxLength: 14 }).map((words) => words.join(' ')),
  fc.array(fragment, { maxLength: 14 }).map((words) => words.join('')),
);

describe('whatever is typed', () => {
  test('is read without throwing, with spans in order and inside the text', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const { text, readings } = readQuantities(raw, { now });
        let end = 0;
        for (const { span } of readings) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(span.end).toBeGreaterThan(span.start);
          end = span.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 5_000 },
    );
  });

  test('comes to a goal, a question or a sentence, never to nothing', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const reading = readGoal(raw, { now, locale: 'en-US' });
        if (reading.kind === 'understood') expect(reading.echo).toMatch(/\.$/);
        if (reading.kind === 'ambiguous') expect(reading.options.length).toBeGreaterThan(1);
        if (reading.kind === 'unclear') expect(reading.ask).toMatch(/[.?]$/);
        if (reading.kind === 'refused') expect(reading.reason).toMatch(/\.$/);
      }),
      { numRuns: 2_000 },
    );
  });

  test('yields only finite, whole and possible holdings', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        for (const edit of readHoldings(raw).edits) {
          if ('units' in edit) expect(Number.isFinite(edit.units)).toBe(true);
          if ('minor' in edit) expect(Number.isSafeInteger(edit.minor)).toBe(true);
          if (edit.kind === 'set') expect(edit.units).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('is routed to a command that exists or to three that do', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const route = routeText(raw, commands);
        const names = route.kind === 'command' ? [route.name] : route.names;
        expect(names.every((name) => commands.some((command) => command.name === name))).toBe(true);
        if (route.kind === 'nearest') expect(new Set(names).size).toBe(3);
      }),
      { numRuns: 1_000 },
    );
  });

  test('is a file of any bytes: an answer, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const reading = readHoldingsFile('holdings.csv', bytes);
        const said = [reading.edits, reading.questions, reading.unknown, reading.problems];
        expect(said.flat().length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  });
});

test('an amount that is written out is read back to the cent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90_000_000_000_000 }), (minor) => {
      const { readings } = readQuantities(formatMinor(minor), { now });
      expect(readings).toMatchObject([{ meaning: { kind: 'amount', minor, currency: 'USD' } }]);
    }),
  );
});

test('a date that is written out is read back to the day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20_575, max: 55_000 }), (day) => {
      const { readings } = readQuantities(`by ${formatDay(day)}`, { now });
      expect(readings).toMatchObject([{ meaning: { kind: 'date', day } }]);
    }),
  );
});

test('every goal that is echoed is understood again as the same goal', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100_00, max: 100_000_000_00 }),
      fc.integer({ min: 20_600, max: 40_000 }),
      fc.option(fc.integer({ min: 1_00, max: 10_000_00 })),
      fc.constantFrom('week', 'month', 'quarter', 'year'),
      (amount, day, minor, every) => {
        const adding = minor === null ? '' : `, adding ${formatMinor(minor)} a ${every}`;
        const text = `${formatMinor(amount)} towards a house by ${formatDay(day)}${adding}.`;
        const reading = readGoal(text, { now });
        expect(reading.kind === 'understood' ? reading.echo : reading).toBe(text);
      },
    ),
  );
});

test('cleaned text is normal, short, without hidden characters, and clean already', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (raw) => {
      const text = cleanText(raw, 40);
      expect(text.length).toBeLessThanOrEqual(40);
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}]|\s{2}|^\s|\s$/u);
      expect(text.isWellFormed()).toBe(true);
    }),
  );
  expect(cleanText('a\u202eb\u200bc\u0000d  e', 40)).toBe('abc d e');
  expect(cleanText('ｆｕｌｌ ①', 40)).toBe('full 1');
  expect(cleanText('👍🏽'.repeat(30), 5)).toBe('👍🏽');
  expect(cleanLines('12 SPY\r\n\r\n  3 BTC ', 40)).toBe('12 SPY\n3 BTC');
});

const bodies = [
  'a',
  '1',
  '1,',
  '20k by 2030 ',
  '((((',
  '"',
  'half a ',
  '\u0301',
  '🚀',
  '12 SPY\n',
  'ﷺ',
  '- ',
  'SPY and ',
  'at most 5 % gold, ',
];
const longOf = (body: string, length: number) =>
  body.repeat(Math.ceil(length / body.length)).slice(0, length);

/** Every reader, and how many characters of a text it looks at. */
const readers: readonly (readonly [string, number, (text: string) => unknown])[] = [
  ['quantities', 4 * MAX_MESSAGE, (text) => readQuantities(text, { now })],
  ['holdings', 4 * MAX_LIST, (text) => readHoldings(text)],
  ['limit', 4 * 300, (text) => readLimit(text, nameable)],
  ['view', 4 * 120, (text) => readView(text)],
  ['way', 4 * 300, (text) => readWay(text)],
  ['route', 4 * MAX_LIST, (text) => routeText(text, commands)],
];

describe('however long a text is', () => {
  test.each(readers)('%s reads its beginning and nothing after that', (_, most, read) => {
    for (const body of bodies) {
      expect(read(longOf(body, 1_000_000))).toEqual(read(longOf(body, most)));
    }
  });

  test('a goal is refused when it is longer than anybody writes', () => {
    for (const body of bodies) {
      expect(readGoal(longOf(body, 4 * MAX_MESSAGE + 1), { now })).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('too long'),
      });
    }
  });

  test.each(readers)('%s takes steps in proportion to it', (_, most, read) => {
    const length = Math.min(1_000, most / 16);
    for (const body of bodies) {
      const [once, twice] = [length, 2 * length].map((size) =>
        matchesIn(() => read(longOf(body, size))),
      );
      expect(twice, body).toBeLessThanOrEqual(2.2 * once + 50);
    }
  });

  test('no pattern can match it in exponentially many ways', () => {
    const folder = new URL('.', import.meta.url);
    const sources = [
      ...readdirSync(folder)
        .filter((name) => name.endsWith('.ts') && !/test|fixture/.test(name))
        .map((name) => new URL(name, folder)),
      ...['intent.ts', 'intent-wish.ts', 'intent-score.ts'].map(
        (name) => new URL(`../${name}`, folder),
      ),
    ];
    const patterns = [
      ...sources.flatMap((file) => patternsIn(readFileSync(file, 'utf8'))),
      ...rules.map(([shape]) => shape.source),
    ];
    expect(patterns.length).toBeGreaterThan(200);
    expect(patterns.flatMap(doubtfulRepeats)).toEqual([]);
  });

  test('a pattern that could is told from one that could not', () => {
    const doubtful = ['(a+)+', '(?:a|a+)*', '(\\w+\\s?)*', '([ab]\\w*)+'];
    for (const pattern of doubtful) expect(doubtfulRepeats(pattern)).toHaveLength(1);
    for (const pattern of ["\\d+(?:[.,']\\d+)*", '(?:ab)+', '(?: \\p{L}+)*'])
      expect(doubtfulRepeats(pattern)).toEqual([]);
  });
});

/** How many matches are tried: work that can be counted, the same on every machine. */
function matchesIn(run: () => unknown): number {
  const { exec } = RegExp.prototype;
  let count = 0;
  RegExp.prototype.exec = function (text) {
    count += 1;
    return exec.call(this, text);
  };
  try {
    run();
  } finally {
    RegExp.prototype.exec = exec;
  }
  return count;
}

test('an amount too small to count is said, and removes nothing', () => {
  for (const text of ['0.000000001 BTC', '1e-9 BTC', 'sold 0.000000001 BTC']) {
    expect(readHoldings(text)).toMatchObject({
      edits: [],
      problems: [expect.stringContaining('less than I can count; the smallest is 0.00000001')],
    });
  }
  expect(readHoldings('$0.001 in BTC').problems).toEqual([
    'BTC-USD: $0.001 is less than a cent, so I left it out.',
  ]);
  expect(readHoldings('0 BTC').edits).toEqual([{ kind: 'remove', asset: 'BTC-USD' }]);
  expect(readHoldings('0.00000001 BTC').edits).toMatchObject([{ kind: 'set', units: 1e-8 }]);
});

test('a share of one thing is no goal; a return from it is', () => {
  for (const text of ['I have 20% gold', '40% bonds', 'increase bonds by 10 %'])
    expect(readGoal(text, { now }).kind).toBe('unclear');
  expect(readGoal('earn 5% a year in stocks', { now })).toMatchObject({
    goal: { kind: 'target-return', annualReturn: 0.05 },
  });
});
