import { randomSource } from '../engine/random.ts';
import { fixed } from './hostile-phrases.ts';

/** One message that nobody should have to send, and the class it stands for. */
export interface HostileText {
  readonly kind: string;
  readonly text: string;
}

/** Words that are fine by themselves: what mutations start from. */
const sane = [
  '12 SPY, 3.5 BTC, 4000 cash',
  '20k towards a house by June 2032, adding 500 a month',
  'a return of 6 % a year',
  'actually 15 SPY',
  'remove GLD',
  '$2,000 of AGG',
  'why so little bitcoin?',
  'show my portfolio',
  '/recommend',
  '/goal 50k by 2035',
  'what if the market falls',
  'in 3 to 5 years',
  'keep what I have',
  'half in bonds',
  'sold all my gold',
  '$1.5m by 2045',
];

const alphabet = [
  ...' \n\t0123456789.,;:%$€-+/()[]{}<>"\'`*_#@!?=&|\\~^aeioSPYBTCkm',
  '\u202e',
  '\u200b',
  '\u0000',
  '\ud83d',
  '\udc00',
  '🚀',
  'é',
  '漢',
  'ß',
  '−',
  '½',
  '\ufffd',
  '\uffff',
];

/**
 * The same hostile messages for the same seed: every fixed one first, then mutations and mixtures
 * without end.
 */
export function* hostileTexts(seed: number): Generator<HostileText, never> {
  for (const [kind, texts] of Object.entries(fixed)) for (const text of texts) yield { kind, text };
  const random = randomSource(seed);
  const pick = <T>(from: readonly T[]): T => from[random.integer(from.length)];
  const all = Object.values(fixed)
    .flat()
    .filter((text) => text.length < 500);
  const char = () => pick(alphabet);
  for (;;) {
    const dice = random.uniform();
    if (dice < 0.35) {
      let text = pick(sane);
      for (let edits = 1 + Math.floor(random.uniform() * 4); edits > 0; edits--) {
        const at = Math.floor(random.uniform() * (text.length + 1));
        const cut = Math.floor(random.uniform() * 3);
        text = text.slice(0, at) + (random.uniform() < 0.7 ? char() : '') + text.slice(at + cut);
      }
      yield { kind: 'mutated', text };
    } else if (dice < 0.6) {
      yield {
        kind: 'mixed',
        text: `${pick(all)}${pick([' ', ', ', '\n', '', ' and '])}${pick([...sane, ...all])}`,
      };
    } else if (dice < 0.85) {
      const length = 1 + Math.floor(random.uniform() ** 3 * 300);
      yield { kind: 'noise', text: Array.from({ length }, char).join('') };
    } else {
      const sign = pick(['', '-', '$', '−', '+']);
      const digits = pick([
        '0',
        '1e309',
        '0.1',
        String(random.uniform() * 1e15),
        '1e21',
        '7'.repeat(1 + Math.floor(random.uniform() * 40)),
      ]);
      const rest = pick([
        ' SPY',
        ' BTC',
        ' cash',
        ' by 2040',
        ' % a year',
        ' a month',
        '',
        ' in 5 years',
        ' ZZZZ',
        ' of AGG',
      ]);
      yield { kind: 'numbers', text: sign + digits + rest };
    }
  }
}
