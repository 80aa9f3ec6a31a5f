import { assetOf } from '../catalogue.ts';
import { assetAt } from './asset-names.ts';
import { isWithdrawal } from './goal-words.ts';
import type { Meaning, Period, Span } from './reading.ts';
import type { Token } from './tokens.ts';

export type Role = 'target' | 'start' | 'contribution' | null;

export interface Amount {
  readonly minor: number;
  readonly role: Role;
}

/** One way to read a message: every reading decided. */
export interface Parts {
  readonly amounts: readonly Amount[];
  /** Numbers below 100 without any sign of money: "20 by 2030". */
  readonly small: readonly number[];
  readonly rates: readonly { readonly minor: number; readonly every: Period }[];
  readonly percents: readonly { readonly fraction: number; readonly per: Period | null }[];
  readonly days: readonly number[];
  readonly age: number | null;
  readonly currentAge: number | null;
  readonly birthYear: number | null;
  readonly split: boolean;
  /** A repeating amount that is taken out or earned rather than added. */
  readonly withdrawal: boolean;
  /** The first currency that is not the US dollar, or asset that was counted in. */
  readonly foreign: string | null;
}

export interface Placed {
  readonly span: Span;
  readonly meaning: Meaning;
}

/** Sorts what was read by the part it plays in a goal. */
export function partsOfGoal(tokens: readonly Token[], placed: readonly Placed[]): Parts {
  const of = <K extends Meaning['kind']>(kind: K) =>
    placed.filter((one): one is Placed & { meaning: Extract<Meaning, { kind: K }> } => {
      return one.meaning.kind === kind;
    });
  const money = placed.flatMap(({ span, meaning }) => {
    if (meaning.kind === 'amount') return [{ span, minor: meaning.minor }];
    if (meaning.kind !== 'number' || meaning.value < 100) return [];
    return [{ span, minor: Math.round(meaning.value * 100) }];
  });
  const rates = of('rate');
  const currencies = [...of('amount'), ...rates].map(({ meaning }) => meaning.currency);
  return {
    amounts: money.map(({ span, minor }) => ({ minor, role: roleOf(tokens, span) })),
    small: of('number').flatMap(({ meaning }) => (meaning.value < 100 ? [meaning.value] : [])),
    rates: rates.map(({ meaning }) => ({ minor: meaning.minor, every: meaning.every })),
    percents: of('percent')
      .filter(({ span }) => !isShareOf(tokens, span))
      .map(({ meaning }) => meaning),
    days: [...new Set(of('date').map(({ meaning }) => meaning.day))],
    age: of('age')[0]?.meaning.years ?? null,
    currentAge: of('current-age')[0]?.meaning.years ?? null,
    birthYear: of('birth-year')[0]?.meaning.year ?? null,
    split: of('split').length > 0,
    withdrawal: rates.some(({ span }) => near(tokens, span).some(isWithdrawal)),
    foreign:
      currencies.find((currency) => currency !== null && currency !== 'USD') ??
      of('number').reduce<string | null>((name, { span }) => name ?? unitsOf(tokens, span), null),
  };
}

const roles: readonly (readonly [RegExp, Exclude<Role, null>])[] = [
  [
    /^(?:into|reach|reaching|want|wants|need|needs|goal|target|become|hit|to|retire|aim|aiming)$/,
    'target',
  ],
  [
    /^(?:have|got|own|start|starting|from|invest|investing|invested|inherited|lump|turn|grow|take|currently|already)$/,
    'start',
  ],
  [
    /^(?:add|adding|put|putting|contribute|contributing|deposit|depositing|plus|chip|chipping|pay|paying)$/,
    'contribution',
  ],
];

/** What the words just before an amount make of it. */
function roleOf(tokens: readonly Token[], span: Span): Role {
  const index = tokens.findIndex(({ start }) => start >= span.start);
  for (let back = index - 1; back >= Math.max(0, index - 4); back -= 1) {
    const { text, kind } = tokens[back];
    if (kind === 'number' || /^[,;.]$/.test(text)) return null;
    const role = roles.find(([pattern]) => pattern.test(text))?.[1];
    if (!role) continue;
    // "Want to have 20k" is a wish, not a start.
    const wished = /^(?:to|should|will|would|must)$/.test(tokens[back - 1]?.text ?? '');
    return role === 'start' && wished && text === 'have' ? 'target' : role;
  }
  return null;
}

/** The asset that a bare number counts: "half a bitcoin" is no amount of dollars. */
function unitsOf(tokens: readonly Token[], span: Span): string | null {
  const after = tokens.findIndex(({ start }) => start >= span.end);
  const asset = after < 0 ? null : assetAt(tokens, after);
  const known = asset && assetOf(asset.symbol);
  // Coins are money to some; of a fund the ticker is what was typed.
  return asset && (known?.assetClass === 'crypto' ? known.name : asset.symbol);
}

/** "10 % of my income" is no return. */
function isShareOf(tokens: readonly Token[], span: Span): boolean {
  return tokens.find(({ start }) => start >= span.end)?.text === 'of';
}

function near(tokens: readonly Token[], span: Span): readonly Token[] {
  const first = tokens.findIndex(({ start }) => start >= span.start);
  const after = tokens.findIndex(({ start }) => start >= span.end);
  const end = after < 0 ? tokens.length : after;
  return [...tokens.slice(Math.max(0, first - 4), first), ...tokens.slice(end, end + 2)];
}
