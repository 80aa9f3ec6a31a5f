import { judge, type MoneyFound, minorOf } from './amount.ts';
import { formatMinor } from './format.ts';
import type { HoldingEdit, HoldingQuestion } from './holding-edit.ts';
import type { Verb } from './holding-items.ts';

export type Target =
  | { readonly kind: 'asset'; readonly symbol: string; readonly text: string }
  | { readonly kind: 'cash' };

/** What a quantity of something comes to: edits, a question, or a sentence why not. */
export type Paired =
  | { readonly edit: HoldingEdit }
  | { readonly question: HoldingQuestion }
  | { readonly problem: string };

const MAX_UNITS = 1e12;

/** Joins a quantity with what it is of. */
export function pair(money: MoneyFound, text: string, target: Target, verb: Verb): Paired {
  const { number, currency } = money;
  const name = target.kind === 'cash' ? 'cash' : target.symbol;
  if (number.state === 'bad') return { problem: `${name}: ${number.reason}` };
  if (money.negative && number.scaled > 0n) {
    return { problem: `You cannot hold less than nothing of ${name}; “${text}” was left out.` };
  }
  if (currency !== null && currency !== 'USD') {
    return {
      problem: `Keel's accounts are in US dollars, so “${text}” of ${name} was left out. Please say it in dollars.`,
    };
  }
  if (number.state === 'two') return ambiguous(money, text, target, verb, number);
  const small = tooSmall(number.scaled, text, currency, target);
  if (small !== null) return { problem: small };
  const edit = editOf(number.scaled, currency, target, verb);
  return typeof edit === 'string' ? { problem: edit } : { edit };
}

/** What is written as more than nothing but rounds to it must not remove what is held. */
function tooSmall(
  scaled: bigint,
  text: string,
  currency: string | null,
  target: Target,
): string | null {
  const written = /[1-9]/.test(text.replace(/(?<=\d)e.*$/i, ''));
  if (!written) return null;
  if (target.kind === 'cash' || currency !== null) {
    const name = target.kind === 'cash' ? 'cash' : target.symbol;
    return minorOf(scaled) === 0 ? `${name}: ${text} is less than a cent, so I left it out.` : null;
  }
  return scaled === 0n
    ? `${target.symbol}: ${text} is less than I can count; the smallest is 0.00000001, so I left it out.`
    : null;
}

/** Three decimals are usual for units and strange for money; a trailing zero makes them doubtful. */
function ambiguous(
  money: MoneyFound,
  text: string,
  target: Target,
  verb: Verb,
  number: { readonly scaled: bigint; readonly asThousands: bigint },
): Paired {
  const isMoney = target.kind === 'cash' || money.currency !== null;
  const readings = [number.scaled, number.asThousands];
  if (!isMoney && !text.endsWith('0')) {
    const edit = editOf(number.scaled, null, target, verb);
    return typeof edit === 'string' ? { problem: edit } : { edit };
  }
  const options = readings.flatMap((scaled) => {
    const edit = editOf(scaled, money.currency, target, verb);
    const amount = isMoney ? formatMinor(minorOf(scaled)) : String(Number(scaled) / 1e8);
    return typeof edit === 'string' ? [] : [{ label: amount, edits: [edit] }];
  });
  const name = target.kind === 'cash' ? 'cash' : target.symbol;
  const question = `${name}: do you mean ${options.map(({ label }) => label).join(' or ')}?`;
  return { question: { text, question, options } };
}

function editOf(
  scaled: bigint,
  currency: string | null,
  target: Target,
  verb: Verb,
): HoldingEdit | string {
  const out = verb === 'sell' || verb === 'remove';
  const mode = out || verb === 'add' ? 'add' : 'set';
  const sign = out ? -1 : 1;
  if (target.kind === 'cash' || currency !== null) {
    const found = judge({
      number: { state: 'one', scaled, magnitude: 1n, plain: false, next: 0 },
      currency: 'USD',
      negative: false,
      next: 0,
    });
    if (found.state === 'refused') return found.reason;
    const minor = sign * minorOf(scaled) || 0;
    if (target.kind === 'cash') return { kind: 'cash', minor, mode };
    if (minor === 0 && mode === 'set') return { kind: 'remove', asset: target.symbol };
    return { kind: 'value', asset: target.symbol, minor, mode };
  }
  const units = Number(scaled) / 1e8;
  if (units > MAX_UNITS) return `${target.symbol}: that is more than I can count.`;
  if (units === 0 && mode === 'set') return { kind: 'remove', asset: target.symbol };
  if (units === 0) return `${target.symbol}: nothing changes with zero units.`;
  return { kind: mode, asset: target.symbol, units: sign * units };
}
