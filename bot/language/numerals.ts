import { UNIT_SCALE } from '../money.ts';

/** A written number: one value, two possible values, or none. Values are scaled by 10^8. */
export type Numeral =
  | { readonly state: 'one'; readonly scaled: bigint; readonly grouped: boolean }
  /** "20.000": a fraction to some, twenty thousand to others. */
  | { readonly state: 'two'; readonly scaled: bigint; readonly asThousands: bigint }
  | { readonly state: 'bad'; readonly reason: string };

const LARGEST = 10n ** 15n * UNIT_SCALE;

/** Reads digits with their separators: "1,234.56", "1.234,56", "1'000", "12,34,567", "1e6". */
export function readNumeral(text: string): Numeral {
  if (text.length > 40) return bad(text, 'has too many digits');
  const [digits, power] = text.toLowerCase().split('e') as [string, string | undefined];
  if (power !== undefined && !/^[+-]?\d{1,9}$/.test(power)) {
    return bad(text, 'is not a number I can read');
  }
  const exponent = power === undefined ? 0 : Number(power);
  if (Math.abs(exponent) > 15) {
    return bad(text, exponent > 0 ? 'is larger than I can work with' : 'is too small to count');
  }
  const shape = shapeOf(digits);
  if (!shape) return bad(text, 'is not a number I can read');
  const scaled = scale(shape.whole, shape.fraction, exponent);
  if (scaled > LARGEST) return bad(text, 'is larger than I can work with');
  if (shape.asThousands === undefined || power !== undefined) {
    return { state: 'one', scaled, grouped: shape.grouped };
  }
  return { state: 'two', scaled, asThousands: BigInt(shape.asThousands) * UNIT_SCALE };
}

interface Shape {
  readonly whole: string;
  readonly fraction: string;
  readonly grouped: boolean;
  readonly asThousands?: string;
}

function shapeOf(text: string): Shape | null {
  const plain = /^(\d*)(?:\.(\d+))?$/.exec(text);
  if (plain) {
    const whole = plain[1] || '0';
    const fraction = plain[2] ?? '';
    const either = /^[1-9]\d{0,2}$/.test(whole) && fraction.length === 3;
    return { whole, fraction, grouped: false, ...(either && { asThousands: whole + fraction }) };
  }
  for (const [thousands, point] of [
    [',', '.'],
    ['.', ','],
    ["'", '.'],
    ["'", ','],
  ] as const) {
    const [whole, fraction, ...rest] = text.split(point);
    if (rest.length > 0 || (fraction !== undefined && !/^\d+$/.test(fraction))) continue;
    if (whole.includes(thousands) && isGrouped(whole.split(thousands))) {
      return { whole: whole.replaceAll(thousands, ''), fraction: fraction ?? '', grouped: true };
    }
  }
  const comma = /^(\d+),(\d+)$/.exec(text);
  return comma ? { whole: comma[1], fraction: comma[2], grouped: false } : null;
}

/** Groups of three, or the Indian way: pairs before the last three. */
function isGrouped(groups: readonly string[]): boolean {
  const [first, ...rest] = groups;
  if (!/^[1-9]\d{0,2}$/.test(first) || rest.at(-1)?.length !== 3) return false;
  if (!rest.every((group) => /^\d+$/.test(group))) return false;
  const inner = rest.slice(0, -1);
  return (
    inner.every((group) => group.length === 3) ||
    (first.length <= 2 && inner.every((group) => group.length === 2))
  );
}

function scale(whole: string, fraction: string, exponent: number): bigint {
  const digits = BigInt(whole + fraction);
  const shift = 8 - fraction.length + exponent;
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return (digits + divisor / 2n) / divisor;
}

function bad(text: string, why: string): Numeral {
  return { state: 'bad', reason: `“${text.slice(0, 20)}” ${why}.` };
}
