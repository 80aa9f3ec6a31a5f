import { latestAdvice } from '../advice/latest.ts';
import { requireAdvisable, situationOf } from '../advice/situation.ts';
import { CASH } from '../catalogue.ts';
import { allocationAlt, allocationChart } from '../charts/allocation.ts';
import { nameOf } from '../explain/names.ts';
import {
  formatDay,
  formatMinor,
  formatPercent,
  formatPoints,
  formatUnits,
} from '../language/format.ts';
import type { Block } from '../reply.ts';
import { policies } from '../suitability/policy.ts';
import type { Command, Context } from './command.ts';
import { marketNotices } from './notices.ts';

/** What the person has today: value, weights, drift from the last advice, and gain. */
export const portfolio: Command = {
  name: 'portfolio',
  summary: 'What you have today: value, weights, drift and gain',
  phrases: [
    'portfolio',
    'how am i doing',
    'what do i have',
    'what is my money worth',
    'my balance',
    'my gain',
    'drift',
  ],
  needs: 'holdings',
  run: async (context) => {
    const blocks = await portfolioBlocks(context);
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
              style: 'primary',
              do: { name: 'command', args: { name: 'recommend' } },
            },
            {
              kind: 'choice',
              label: 'Correct my holdings',
              do: { name: 'command', args: { name: 'holdings' } },
            },
            { kind: 'choice', label: 'Stress', do: { name: 'command', args: { name: 'stress' } } },
          ],
        },
      ],
    };
  },
};

/** Value, weights, drift from the last advice and gain, with what is doubtful about the prices. */
export async function portfolioBlocks(context: Context): Promise<readonly Block[]> {
  const [holdings, market, advice] = await Promise.all([
    context.read.ledger.holdings(context.person),
    context.market(),
    latestAdvice(context),
  ]);
  const situation = situationOf(holdings, market);
  const invested = situation.positions.reduce((sum, each) => sum + each.costMinor, 0n);
  const gain = situation.totalMinor - situation.cashMinor - invested;
  const pricedOn = Math.min(
    ...situation.positions.map((each) => each.quote.day),
    market.panel.days[market.panel.days.length - 1],
  );
  const target = advice?.targetWeights ?? null;
  const drift = (asset: string, weight: number) =>
    target === null ? '' : formatPoints(weight - (target.get(asset) ?? 0));
  const cashWeight = situation.weights.get(CASH) ?? 0;
  const rows = [
    ...situation.positions.map((each) => [
      each.asset,
      formatMinor(each.valueMinor),
      formatPercent(each.weight),
      ...(target === null ? [] : [drift(each.asset, each.weight)]),
      formatMinor(each.valueMinor - each.costMinor),
      formatUnits(each.units),
    ]),
    [
      'Cash',
      formatMinor(situation.cashMinor),
      formatPercent(cashWeight),
      ...(target === null ? [] : [drift(CASH, cashWeight)]),
      '',
      '',
    ],
  ];
  const blocks: Block[] = [
    { kind: 'text', style: 'title', text: `You have ${formatMinor(situation.totalMinor)}` },
    {
      kind: 'facts',
      facts: [
        { label: 'Invested', value: formatMinor(situation.totalMinor - situation.cashMinor) },
        { label: 'Cash', value: formatMinor(situation.cashMinor) },
        { label: 'Gain on what you hold', value: formatMinor(gain) },
        { label: 'Prices of', value: formatDay(pricedOn) },
      ],
    },
    {
      kind: 'table',
      columns: [
        { label: 'Asset', align: 'left' },
        { label: 'Value', align: 'right' },
        { label: 'Weight', align: 'right' },
        ...(target === null ? [] : [{ label: 'Drift', align: 'right' as const }]),
        { label: 'Gain', align: 'right' },
        { label: 'Units', align: 'right' },
      ],
      rows,
    },
  ];
  if (target !== null && situation.unpriced.length === 0) {
    requireAdvisable(situation);
    const symbols = new Set([...situation.weights.keys(), ...target.keys()]);
    const input = {
      rows: [...symbols].map((asset) => ({
        asset,
        today: situation.weights.get(asset) ?? 0,
        recommended: target.get(asset) ?? 0,
      })),
      pricedOn,
      simulated: market.simulated,
    };
    blocks.push({ kind: 'image', chart: allocationChart(input), alt: allocationAlt(input) });
    blocks.push({
      kind: 'text',
      style: 'small',
      text: "Drift is today's weight less the weight I last recommended.",
    });
  }
  if (situation.unpriced.length > 0) {
    blocks.push({
      kind: 'notice',
      tone: 'warning',
      text: `There is no usable price for ${situation.unpriced.map(nameOf).join(', ')}: not counted above, and I will not advise or trade until there is one.`,
    });
  }
  const { maxPriceAgeDays } = advice?.policy ?? policies.balanced;
  blocks.push(...marketNotices(market, context.now, maxPriceAgeDays));
  return blocks;
}
