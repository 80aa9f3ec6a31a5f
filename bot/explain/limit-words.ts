import type { Conflict } from '../../engine/errors.ts';
import { formatList } from '../language/format.ts';
import { limitEcho } from '../language/limit-echo.ts';
import type { OwnLimit } from '../wishes.ts';
import { nameOf } from './names.ts';

/** A person's limit as it is said back: "gold (GLD) at most 5 %". */
export function limitInWords(limit: OwnLimit): string {
  switch (limit.kind) {
    case 'weight': {
      const symbols = Object.keys(limit.coefficients);
      // One asset goes by its whole name; sums stay short.
      const alone = symbols.length === 1 && symbols[0] === limit.name;
      return limitEcho(alone ? { ...limit, name: nameOf(limit.name) } : limit);
    }
    case 'volatility':
      return `${limitEcho(limit)} a year`;
    case 'conditional-value-at-risk':
      return `average loss on the worst 1 in 20 days ${limitEcho(limit).replace(/^.*?(?=at most)/, '')}`;
    case 'turnover':
      return `trades ${limitEcho(limit).replace(/^.*?(?=at most)/, '')} of your money at one rebalance`;
    case 'holdings':
      return `${limitEcho(limit)}, cash counted`;
    default:
      return limitEcho(limit);
  }
}

/** Two digits behind the point; less than that is said as it is, never as nothing. */
function share(fraction: number): string {
  const percent = 100 * fraction;
  const rounded = Number(percent.toFixed(2));
  return `${rounded === 0 ? Number(percent.toPrecision(2)) : rounded} %`;
}

/** One side of a conflict, which the engine names its own way, in a person's words. */
function conflictInWords({ limit, bound }: Conflict): string {
  const single = /^(minimum|maximum) of (.+)$/.exec(limit);
  if (single !== null) {
    return `${nameOf(single[2])} at ${single[1] === 'minimum' ? 'least' : 'most'} ${share(bound)}`;
  }
  const group = /^at (least|most) [\d.]+ % (.+)$/.exec(limit);
  if (group !== null) return `${group[2]} at ${group[1]} ${share(bound)}`;
  if (limit === 'target volatility') return `swings (volatility) of at most ${share(bound)} a year`;
  return limit
    .replace(/^turnover/, 'trades')
    .replace(/^volatility/, 'swings (volatility)')
    .replace(/^conditional value at risk/i, 'average loss on the worst 1 in 20 days');
}

/** Which limits cannot hold together, as a whole sentence; null when no set is known. */
export function conflictSentence(conflicts: readonly Conflict[]): string | null {
  // That weights sum to 100 % and nothing is sold short goes without saying.
  const telling = conflicts.filter(
    ({ limit, bound }) =>
      !limit.startsWith('weights sum') && !(/^minimum of/.test(limit) && bound === 0),
  );
  const said = [...new Set(telling.map(conflictInWords))];
  if (said.length === 0) return null;
  return said.length === 1
    ? `No mix of what you may hold has ${said[0]}.`
    : `These cannot hold together: ${formatList(said, 'and')}.`;
}
