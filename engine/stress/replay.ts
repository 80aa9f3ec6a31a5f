import { EngineError } from '../errors.ts';
import { maxDrawdown } from '../measures/max-drawdown.ts';
import { type PricePanel, rowOnOrBefore } from '../panel.ts';
import { targetWeights } from '../rebalance/target-weights.ts';
import type { StressWindow } from './windows.ts';

/** What a portfolio, bought at the window's start and left alone, would have gone through. */
export interface ReplayOutcome {
  /** Return over the window, negative for a loss. */
  readonly totalReturn: number;
  /** Deepest fall from a peak inside the window, zero or negative. */
  readonly worstDrawdown: number;
  /** UTC day numbers of that fall. */
  readonly peakDay: number;
  readonly troughDay: number;
  /** Calendar days from peak to trough. */
  readonly daysToTrough: number;
  /** First day back at the peak, looked for to the end of the panel; null while never. */
  readonly recoveryDay: number | null;
  /** Calendar days from trough to recovery. */
  readonly daysToRecovery: number | null;
}

export interface Replay {
  readonly window: StressWindow;
  /** The panel's days that the window was replayed between. */
  readonly fromDay: number;
  readonly toDay: number;
  /** Assets held that did not trade yet; nothing stands in for them. */
  readonly notYetTrading: readonly { readonly asset: string; readonly weight: number }[];
  /** Share of the portfolio that the replay covers: cash and assets trading then. */
  readonly covered: number;
  /** The uncovered share lies in cash: understates what it might have lost. */
  readonly cashHeld: ReplayOutcome;
  /** The covered share scaled up to the whole; null when nothing is covered. */
  readonly renormalised: ReplayOutcome | null;
}

/**
 * Replays a bad stretch of history on a portfolio bought at its start and held without trading.
 * Cash earns nothing. An asset not trading at the start is left out and reported, never proxied.
 *
 * @param panel total-return prices that cover the window
 * @param weights n fractions, the rest cash
 * @throws {EngineError} 'short-history' when the panel does not cover the window
 */
export function replay(panel: PricePanel, weights: Float64Array, window: StressWindow): Replay {
  const target = targetWeights(weights, panel.assets);
  const from = rowOnOrBefore(panel, window.fromDay);
  const to = rowOnOrBefore(panel, window.toDay);
  if (from < 0 || panel.days[panel.days.length - 1] < window.toDay) {
    throw new EngineError('short-history', `The prices do not cover ${window.name}.`, {
      fromDay: window.fromDay,
      toDay: window.toDay,
    });
  }
  const trading = target.map((w, j) => (panel.firstRow[j] <= from ? w : 0));
  const notYetTrading = panel.assets
    .map((asset, j) => ({ asset, weight: target[j] - trading[j] }))
    .filter((each) => each.weight > 0);
  const missing = notYetTrading.reduce((sum, each) => sum + each.weight, 0);
  const covered = Math.max(0, 1 - missing);
  return {
    window,
    fromDay: panel.days[from],
    toDay: panel.days[to],
    notYetTrading,
    covered,
    cashHeld: outcome(panel, trading, from, to),
    renormalised:
      covered > 1e-9
        ? outcome(
            panel,
            trading.map((w) => w / covered),
            from,
            to,
          )
        : null,
  };
}

function outcome(
  panel: PricePanel,
  weights: Float64Array,
  from: number,
  to: number,
): ReplayOutcome {
  const n = panel.assets.length;
  const held: number[] = [];
  for (let j = 0; j < n; j++) if (weights[j] > 0) held.push(j);
  const cash = 1 - held.reduce((sum, j) => sum + weights[j], 0);
  const valueAt = (row: number): number => {
    let sum = cash;
    for (const j of held) {
      sum += (weights[j] * panel.prices[row * n + j]) / panel.prices[from * n + j];
    }
    return sum;
  };
  const path = new Float64Array(to - from + 1);
  for (let i = 0; i < path.length; i++) path[i] = valueAt(from + i);
  const { depth, peakRow, troughRow } = maxDrawdown(path);
  const peakDay = panel.days[from + peakRow];
  const troughDay = panel.days[from + troughRow];
  let recoveryDay: number | null = null;
  for (let row = from + troughRow; row < panel.days.length; row++) {
    if (valueAt(row) >= path[peakRow]) {
      recoveryDay = panel.days[row];
      break;
    }
  }
  return {
    totalReturn: path[path.length - 1] / path[0] - 1,
    worstDrawdown: depth,
    peakDay,
    troughDay,
    daysToTrough: troughDay - peakDay,
    recoveryDay,
    daysToRecovery: recoveryDay === null ? null : recoveryDay - troughDay,
  };
}
