import { expect, test } from 'vitest';
import { readHoldingsFile } from './read-holdings-file.ts';

const file = (text: string) => readHoldingsFile('holdings.csv', new TextEncoder().encode(text));
const bytes = (...values: number[]) => readHoldingsFile('x.csv', new Uint8Array(values));

test('reads a file with a header, with its cash', () => {
  expect(file('Symbol,Shares\nSPY,12\nBTC-USD,0.5\nCash,4000\n')).toEqual({
    edits: [
      { kind: 'set', asset: 'SPY', units: 12 },
      { kind: 'set', asset: 'BTC-USD', units: 0.5 },
      { kind: 'cash', minor: 400_000, mode: 'set' },
    ],
    questions: [],
    unknown: [],
    problems: [],
    notes: [],
  });
});

test('reads semicolons, tabs and bars, a byte order mark, quotes and thousands', () => {
  const expected = [
    { kind: 'set', asset: 'SPY', units: 1234.5 },
    { kind: 'set', asset: 'AGG', units: 3 },
  ];
  expect(file('\ufeffTicker;Quantity\r\nSPY;1.234,5\r\nAGG;3\r\n').edits).toEqual(expected);
  expect(file('ticker\tqty\nSPY\t"1,234.5"\nAGG\t3').edits).toEqual(expected);
  expect(file('"asset"|"no. of shares"\n"spy"|"1\'234.5"\n"US bonds"|"3"').edits).toEqual(expected);
});

test('reads two columns without a header, either way round', () => {
  const expected = [
    { kind: 'set', asset: 'SPY', units: 12 },
    { kind: 'set', asset: 'GLD', units: 3 },
  ];
  expect(file('SPY,12\ngold,3').edits).toEqual(expected);
  expect(file('12,SPY\n3,GLD').edits).toEqual(expected);
});

test('reads values where there are no units, in dollars only', () => {
  const reading = file(
    'Symbol,Market value,Currency\nSPY,"$5,000.50",USD\nAGG,1000,EUR\nUSD,250,USD\n',
  );
  expect(reading.edits).toEqual([
    { kind: 'value', asset: 'SPY', minor: 500_050, mode: 'set' },
    { kind: 'cash', minor: 25_000, mode: 'set' },
  ]);
  expect(reading.problems).toHaveLength(1);
  expect(reading.problems[0]).toContain('Line 3');
  expect(reading.problems[0]).toContain('US dollars');
});

test('names bad rows by their line and keeps the rest', () => {
  const reading = file('symbol,units\nSPY,12\nAGG,many\n,5\nGLD,-3\nTLT,\nQQQ,1e309\nIEF,2\n');
  expect(reading.edits).toEqual([
    { kind: 'set', asset: 'SPY', units: 12 },
    { kind: 'set', asset: 'IEF', units: 2 },
  ]);
  expect(reading.problems.map((problem) => problem.slice(0, 6))).toEqual([
    'Line 3',
    'Line 4',
    'Line 5',
    'Line 6',
    'Line 7',
  ]);
});

test('adds up lots, leaves totals and zeros out, and says so', () => {
  const reading = file('symbol,units\nSPY,0.1\nSPY,0.2\nGLD,0\nTotal,0.3\n');
  expect(reading.edits).toEqual([{ kind: 'set', asset: 'SPY', units: 0.3 }]);
  expect(reading.notes).toHaveLength(3);
  expect(reading.notes.join(' ')).toContain('added up');
});

test('unknown tickers come with suggestions, doubtful numbers with a question', () => {
  const reading = file('symbol,units\nVOO,3\nAAPL,1\nSPY,1.500\n');
  expect(reading.edits).toEqual([]);
  expect(reading.unknown).toEqual([
    { text: 'VOO', suggestions: ['SPY'] },
    { text: 'AAPL', suggestions: [] },
  ]);
  expect(reading.questions[0].options.map(({ label }) => label)).toEqual(['1.5', '1500']);
});

test('a spreadsheet formula in a cell is only text', () => {
  const reading = file('symbol,units\n="SPY",="12"\n=cmd|\' /C calc\'!A0,1\n');
  expect(reading.edits).toEqual([{ kind: 'set', asset: 'SPY', units: 12 }]);
  expect(reading.unknown).toHaveLength(1);
});

test.each([
  ['a PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], 'PNG'],
  ['a JPEG', [0xff, 0xd8, 0xff, 0xe0], 'JPEG'],
  ['a PDF', [0x25, 0x50, 0x44, 0x46, 0x2d], 'PDF'],
  ['a zipped spreadsheet', [0x50, 0x4b, 0x03, 0x04], 'spreadsheet'],
  ['binary data', [0x41, 0x00, 0x01, 0x02], 'not text'],
  ['nothing', [], 'empty'],
  ['white space', [0x20, 0x0a], 'empty'],
])('refuses %s in one sentence', (_, values, words) => {
  const reading = bytes(...values);
  expect(reading.edits).toEqual([]);
  expect(reading.problems).toHaveLength(1);
  expect(reading.problems[0]).toContain(words);
});

test('refuses too many rows, too many bytes, and a table without tickers', () => {
  expect(file('symbol,units\n'.concat('SPY,1\n'.repeat(1_001))).problems[0]).toContain('1,000');
  expect(file('x'.repeat(1_000_001)).problems[0]).toContain('1 MB');
  expect(file('date,price\n2020-01-01,5\n').edits).toEqual([]);
  expect(file('hello world').problems[0]).toContain('no column');
  expect(file('symbol,units\n"SPY,1\n').problems).toHaveLength(1);
});

test('reads what Excel writes as Unicode text and as old Windows text', () => {
  const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from('symbol\tunits\nSPY\t2', 'utf16le')]);
  const latin = new Uint8Array(Buffer.from('symbol,units,note\nSPY,2,\xe9t\xe9\n', 'latin1'));
  for (const content of [utf16, latin]) {
    expect(readHoldingsFile('x.csv', content).edits).toEqual([
      { kind: 'set', asset: 'SPY', units: 2 },
    ]);
  }
});

test.each(['SPY,5e', 'SPY,5ex', 'SPY,5e1.5', 'SPY,5e-'])(
  'an exponent that is none is a problem of its line, not an exception: %s',
  (line) => {
    const reading = readHoldingsFile(
      'holdings.csv',
      new TextEncoder().encode(`symbol,units\n${line}\n`),
    );
    expect(reading.edits).toEqual([]);
    expect(reading.problems.length + reading.unknown.length).toBeGreaterThan(0);
  },
);
