import type { Constraint } from '../../engine/constraints/index.ts';
import { written } from './limit-value.ts';

const measures = {
  turnover: 'turnover',
  volatility: 'volatility',
  'tracking-error': 'tracking error',
  'conditional-value-at-risk': 'expected shortfall',
} as const;

/** A limit said back: "stocks at most 60 %". */
export function limitEcho(limit: Constraint): string {
  switch (limit.kind) {
    case 'weight': {
      const { name, lower, upper } = limit;
      const compared = comparedEcho(limit);
      if (compared !== null) return compared;
      if (upper === 0 && (lower === null || lower === 0)) return `no ${name}`;
      if (lower !== null && lower === upper) return `${name} exactly ${written(lower)}`;
      if (lower === null) return `${name} at most ${written(upper ?? 1)}`;
      if (upper === null) return `${name} at least ${written(lower)}`;
      return `${name} between ${written(lower)} and ${written(upper)}`;
    }
    case 'each-weight':
      return `no single holding above ${written(limit.most)}, cash aside`;
    case 'holdings':
      return `at most ${limit.most} ${limit.most === 1 ? 'holding' : 'holdings'}`;
    case 'smallest-holding':
      return `no holding below ${written(limit.least)}`;
    default:
      return `${measures[limit.kind]} at most ${written(limit.most)}`;
  }
}

/** "SPY - QQQ at most 0" is how two are compared: "SPY at most as much as QQQ". */
function comparedEcho({
  name,
  coefficients,
  lower,
  upper,
}: Extract<Constraint, { kind: 'weight' }>): string | null {
  const values = Object.values(coefficients);
  const sides = name.split(' - ');
  const signs = values.some((value) => value > 0) && values.some((value) => value < 0);
  if (!signs || sides.length !== 2 || (lower ?? 0) !== 0 || (upper ?? 0) !== 0) return null;
  const how = lower === null ? 'at most' : upper === null ? 'at least' : 'exactly';
  return `${sides[0]} ${how} as much as ${sides[1]}`;
}
