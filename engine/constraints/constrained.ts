import { EngineError } from '../errors.ts';
import type { Limits, LinearLimit } from '../optimizers/problem.ts';
import type { Constraint } from './constraint.ts';

/**
 * Limits with a person's constraints added. A constraint never loosens what is there: of two limits
 * on the same thing the tighter one counts.
 *
 * @param assets n symbols, in the order of the limits
 * @throws {EngineError} 'bad-input' for a symbol that is not among the assets, or a number that is none
 */
export function constrained(
  limits: Limits,
  assets: readonly string[],
  constraints: readonly Constraint[],
): Limits {
  const lower = limits.lower.slice();
  const upper = limits.upper.slice();
  const linear: LinearLimit[] = [...limits.linear];
  const further: { -readonly [K in keyof Further]?: number } = {};
  const least = (key: keyof Further, most: number) => {
    further[key] = Math.min(further[key] ?? limits[key] ?? Infinity, checked(key, most));
  };
  for (const one of constraints) {
    switch (one.kind) {
      case 'weight':
        addWeight(one, assets, { lower, upper, linear });
        break;
      case 'each-weight':
        assets.forEach((symbol, i) => {
          if (!one.except.includes(symbol))
            upper[i] = Math.min(upper[i], checked('weight', one.most));
        });
        break;
      case 'smallest-holding':
        further.smallestHolding = Math.max(
          further.smallestHolding ?? limits.smallestHolding ?? 0,
          checked('smallest holding', one.least),
        );
        break;
      default:
        least(keys[one.kind], one.most);
    }
  }
  return { ...limits, lower, upper, linear, ...further };
}

type Further = Omit<Limits, 'lower' | 'upper' | 'linear'>;

const keys = {
  turnover: 'turnover',
  volatility: 'volatility',
  'tracking-error': 'trackingError',
  'conditional-value-at-risk': 'conditionalValueAtRisk',
  holdings: 'holdings',
} as const satisfies Record<string, keyof Further>;

interface Room {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly linear: LinearLimit[];
}

function addWeight(
  one: Extract<Constraint, { kind: 'weight' }>,
  assets: readonly string[],
  room: Room,
): void {
  const coefficients = new Float64Array(assets.length);
  for (const [symbol, value] of Object.entries(one.coefficients)) {
    const at = assets.indexOf(symbol);
    if (at < 0) {
      throw new EngineError(
        'bad-input',
        `The limit on ${one.name} names ${symbol}, which is not among the assets; leave it out.`,
        { symbol, limit: one.name },
      );
    }
    coefficients[at] = checked(one.name, value);
  }
  const low = one.lower === null ? -Infinity : checked(one.name, one.lower);
  const high = one.upper === null ? Infinity : checked(one.name, one.upper);
  const members = Array.from(assets, (_, i) => i).filter((i) => coefficients[i] !== 0);
  if (members.length === 0) {
    throw new EngineError('bad-input', `The limit on ${one.name} names no asset; name one.`, {
      limit: one.name,
    });
  }
  const whole = members.every((i) => coefficients[i] === 1);
  const noShort = members.every((i) => room.lower[i] >= 0);
  if (whole && members.length === 1) {
    room.lower[members[0]] = Math.max(room.lower[members[0]], low);
    room.upper[members[0]] = Math.min(room.upper[members[0]], high);
  } else if (whole && noShort && high === 0 && low <= 0) {
    // None of a group is none of each.
    for (const i of members) room.upper[i] = Math.min(room.upper[i], 0);
  } else room.linear.push({ name: one.name, coefficients, lower: low, upper: high });
}

function checked(name: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new EngineError('bad-input', `The limit on ${name} is ${value}; give a number.`, {
    name,
    value,
  });
}
