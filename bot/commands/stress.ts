import { EngineError } from '../../engine/errors.ts';
import { type Replay, replay } from '../../engine/stress/replay.ts';
import { volatilityDoubles } from '../../engine/stress/volatility-doubles.ts';
import { stressWindows } from '../../engine/stress/windows.ts';
import { solveAdvice } from '../advice/advise.ts';
import { inputsOf, windowOf } from '../advice/make.ts';
import { standing } from '../advice/standing.ts';
import { stressAlt, stressChart } from '../charts/stress.ts';
import { formatDay, formatPercent, formatSignedPercent } from '../language/format.ts';
import type { Block } from '../reply.ts';
import type { Command } from './command.ts';
import { hypothetical, marketNotices } from './notices.ts';

/** What hard times did, and what doubled swings would do, to today's holdings and the recommended mix. */
export function stressCommand(cashRate: number): Command {
  return {
    name: 'stress',
    summary: 'How 2008, 2020, 2022 and doubled swings would hit you',
    phrases: [
      'stress',
      'stress test',
      'what if markets crash',
      'what if the market crashes',
      'crash',
      'crisis',
      'how much can i lose',
      'worst case',
      '2008',
    ],
    needs: 'holdings',
    run: async (context) => {
      const { policy, goal, wishes, market, situation } = await standing(context);
      const inputs = inputsOf(market, situation, policy, goal, context.now, cashRate, null, wishes);
      const { problem, allocation } = solveAdvice(inputs, windowOf(market).panel);
      const todayOf = (asset: string) => situation.weights.get(asset) ?? 0;
      const targetOf = (asset: string) => {
        const i = problem.assets.indexOf(asset);
        return i < 0 ? 0 : allocation.weights[i];
      };
      const { panel } = market;
      const today = Float64Array.from(panel.assets, todayOf);
      const target = Float64Array.from(panel.assets, targetOf);

      const scenarios: { name: string; today: number; recommended: number }[] = [];
      const rows: string[][] = [];
      const remarks: string[] = [];
      for (const window of stressWindows) {
        try {
          const [held, advised] = [replay(panel, today, window), replay(panel, target, window)];
          scenarios.push({
            name: window.id,
            today: held.cashHeld.totalReturn,
            recommended: advised.cashHeld.totalReturn,
          });
          rows.push(...rowsOf(window.name, held, advised));
          remarks.push(...gaps(`Today's holdings in ${window.id}`, held));
          remarks.push(...gaps(`The recommended mix in ${window.id}`, advised));
        } catch (error) {
          if (!(error instanceof EngineError) || error.code !== 'short-history') throw error;
          remarks.push(`Not shown: ${error.message}`);
        }
      }
      const current = Float64Array.from(problem.assets, todayOf);
      const shocks = [current, allocation.weights].map((weights) =>
        volatilityDoubles(weights, problem.expectedReturns, problem.covariance),
      );
      const chart = { scenarios, simulated: market.simulated };
      const blocks: Block[] = [
        { kind: 'text', style: 'title', text: 'In hard times' },
        ...(scenarios.length === 0
          ? []
          : [{ kind: 'image' as const, chart: stressChart(chart), alt: stressAlt(chart) }]),
        ...(rows.length === 0
          ? []
          : [
              {
                kind: 'table' as const,
                title: 'Bought at the start and left alone',
                columns: [
                  { label: 'Scenario', align: 'left' as const },
                  { label: 'Today', align: 'right' as const },
                  { label: 'Recommended', align: 'right' as const },
                ],
                rows,
              },
            ]),
        {
          kind: 'table',
          title: 'A bad year, if swings double',
          columns: [
            { label: 'Assumption', align: 'left' },
            { label: 'Today', align: 'right' },
            { label: 'Recommended', align: 'right' },
          ],
          rows: shocks[0].map((shock, i) => [
            variantWords[shock.variant],
            lossText(shock.conditionalValueAtRisk),
            lossText(shocks[1][i].conditionalValueAtRisk),
          ]),
        },
        {
          kind: 'text',
          style: 'small',
          text: "A bad year is the mean of the worst 1 in 20, from a normal distribution with today's estimates. Replays bear no trading costs, since nothing is traded.",
        },
        ...[...new Set(remarks)].map((text): Block => ({ kind: 'text', style: 'small', text })),
        hypothetical,
        ...marketNotices(market, context.now, policy.maxPriceAgeDays),
      ];
      return {
        replies: [
          {
            key: context.newId(),
            visibility: 'private',
            notify: 'normal',
            blocks,
            actions: [
              {
                kind: 'choice',
                label: 'Recommend',
                do: { name: 'command', args: { name: 'recommend' } },
              },
              {
                kind: 'choice',
                label: 'Change risk',
                do: { name: 'command', args: { name: 'profile' } },
              },
            ],
          },
        ],
      };
    },
  };
}

const variantWords = {
  today: 'Swings as they are',
  'volatility-doubled': 'Swings double',
  'volatility-doubled-correlations-raised': 'Swings double and all moves more together',
} as const;

function lossText(loss: number): string {
  return loss > 0 ? `-${formatPercent(loss)}` : `+${formatPercent(-loss)}`;
}

/** One scenario: its change, its deepest fall and the way back, today beside recommended. */
function rowsOf(name: string, ...replays: readonly Replay[]): string[][] {
  const cells = (text: (path: Replay['cashHeld']) => string) =>
    replays.map(({ cashHeld }) => text(cashHeld));
  return [
    [
      `**${name.charAt(0).toUpperCase()}${name.slice(1)}**`,
      ...cells(({ totalReturn }) => formatSignedPercent(totalReturn)),
    ],
    ['Deepest fall', ...cells(({ worstDrawdown }) => formatSignedPercent(worstDrawdown))],
    [
      'Back at the peak',
      ...cells(({ worstDrawdown, recoveryDay }) => {
        if (worstDrawdown === 0) return 'never fell';
        return recoveryDay === null ? 'not yet' : formatDay(recoveryDay);
      }),
    ],
  ];
}

/** What a replay could not cover is said: nothing stands in for an asset that did not exist. */
function gaps(what: string, { notYetTrading, covered }: Replay): string[] {
  if (notYetTrading.length === 0) return [];
  const names = notYetTrading.map((each) => each.asset).join(', ');
  return [
    `${what}: ${names} did not trade yet, so that part, ${formatPercent(1 - covered)}, is counted as cash, which understates what it might have lost.`,
  ];
}
