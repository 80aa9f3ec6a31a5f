import { deflateSync } from 'node:zlib';
import { randomSource } from '../engine/random.ts';

/** One file that is not the list of holdings it claims to be, or only in part. */
export interface HostileFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82);
const rows = (count: number, row: (at: number) => string): Uint8Array =>
  text(`symbol,units\n${Array.from({ length: count }, (_, at) => row(at)).join('\n')}`);

function utf16(content: string): Uint8Array {
  return new Uint8Array(Buffer.from(`\ufeff${content}`, 'utf16le'));
}

const fixed: readonly (readonly [string, Uint8Array])[] = [
  ['holdings.csv', png],
  ['photo.png', png],
  ['holdings.csv', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3)],
  ['holdings.csv', text('%PDF-1.7\n')],
  ['holdings.csv', text('%PDF-1.7\u0000\u0001')],
  ['holdings.xlsx', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0)],
  ['holdings.csv.gz', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0)],
  ['holdings.csv', deflateSync(text('symbol,units\nSPY,12'))],
  ['empty.csv', new Uint8Array()],
  ['blank.csv', text('\n\n \t\n')],
  ['bom.csv', Uint8Array.of(0xef, 0xbb, 0xbf)],
  ['utf16.csv', utf16('symbol,units\nSPY,12\nNOPE,3')],
  ['half.csv', utf16('symbol,units\nSPY,12').subarray(0, 15)],
  ['latin.csv', Uint8Array.of(...text('symbol,units\nM'), 0xfc, ...text('nchen,3\n'))],
  ['nul.csv', text('symbol,units\nSPY\u0000,12')],
  ['rows.csv', rows(1_001, () => 'SPY,1')],
  ['unknown.csv', rows(999, (at) => `ZZ${at},${at}`)],
  ['cell.csv', text(`symbol,units\n${'A'.repeat(60_000)},12`)],
  ['quote.csv', text('symbol,units\n"SPY,12\nAGG,3')],
  ['wide.csv', text(`symbol,units${',x'.repeat(20_000)}\nSPY,12`)],
  ['commas.csv', text(','.repeat(100_000))],
  ['lines.csv', text('\n'.repeat(500_000))],
  ['full.csv', new Uint8Array(1_000_000).fill(65)],
  ['over.csv', new Uint8Array(1_000_001).fill(65)],
  ['formula.csv', text("symbol,units\n=cmd|' /C calc'!A0,12\n@SUM(1+1),3\n+1+1,4\n-2+3,5")],
  ['link.csv', text('symbol,units\n"=HYPERLINK(""http://evil.test"",""SPY"")",12')],
  ['negative.csv', text('symbol,units\nSPY,-12\nAGG,0\nGLD,1e309\nBTC,NaN\nBIL,Infinity')],
  ['numbers.csv', text('symbol,units\nSPY,"1.234,56"\nAGG,1 000\nGLD,$5\nBTC,12%\nBIL,0x10')],
  ['header.csv', text('symbol,units\n')],
  ['headless.csv', text('SPY\nAGG\n')],
  ['html.csv', text('<html><body><table><tr><td>SPY</td><td>12</td></tr></table></body></html>')],
  ['data.json', text('[{"symbol":"SPY","units":12}]')],
  ['proto.csv', text('symbol,units\n__proto__,12\nconstructor,3\ntoString,4')],
  ['sql.csv', text("symbol,units\n'; drop table ledger; --,12")],
  ['bidi.csv', text('symbol,units\n\u202eYPS,12\n\u200bSPY\u200b,3')],
  ['currencies.csv', text('symbol,value,currency\nSPY,100,EUR\nAGG,100,XXX\nGLD,100,')],
  [`${'n'.repeat(251)}.csv`, text('symbol,units\nQQ,1')],
  ['../../../etc/passwd', text('root:x:0:0:root:/root:/bin/bash')],
  ['<img src=x onerror=alert(1)>.csv', text('what,is\nthis,then')],
  ['\u202evsc.csv', text('no,columns\nhere,at all')],
];

/** The same files for the same seed: the fixed ones, then random bytes and broken tables without end. */
export function* hostileFiles(seed: number): Generator<HostileFile, never> {
  const file = (name: string, bytes: Uint8Array) => ({ name, mediaType: 'text/csv', bytes });
  for (const [name, bytes] of fixed) yield file(name, bytes);
  const random = randomSource(seed);
  const marks = [
    'SPY',
    'AGG',
    '12',
    '-3',
    ',',
    ';',
    '\t',
    '\n',
    '"',
    '""',
    '|',
    '=',
    '$',
    '%',
    '\u0000',
    '\u202e',
    'é',
    '1e309',
    'cash',
  ];
  for (;;) {
    const length = 1 + random.integer(400);
    if (random.uniform() < 0.4) {
      yield file(
        'random.csv',
        Uint8Array.from({ length }, () => random.integer(256)),
      );
    } else {
      const content = Array.from({ length }, () => marks[random.integer(marks.length)]).join('');
      yield file('broken.csv', text(`symbol,units\n${content}`));
    }
  }
}
