import type { Frontier, FrontierTaskInput } from '../advice/frontier-task.ts';
import { windowOf } from '../advice/make.ts';
import { standing } from '../advice/standing.ts';
import { inputsUnder } from '../advice/what-if.ts';
import {
  atVolatility,
  type FrontierInput,
  frontierAlt,
  frontierChart,
} from '../charts/frontier.ts';
import { formatPercent } from '../language/format.ts';
import type { Block } from '../reply.ts';
import { profileTitles } from '../suitability/policy.ts';
import type { Command } from './command.ts';
import { marketNotices } from './notices.ts';
import { withWork } from './wish-work.ts';

/** Points nearer than this would hide each other's names. */
const APART = 0.004;

/** The best return for each level of risk within the person's limits, with where they stand. */
export function frontierCommand(cashRate: number): Command {
  return {
    name: 'frontier',
    summary: 'The best return for each level of risk, and where you stand',
    phrases: ['frontier', 'efficient frontier', 'risk and return', 'where do i stand'],
    needs: 'holdings',
    run: async (context) => {
      const stand = await standing(context);
      const { market, policy, wishes } = stand;
      const task: FrontierTaskInput = {
        inputs: inputsUnder(context, cashRate, stand, wishes),
        window: windowOf(market).panel,
      };
      const { key, found } = await withWork(context, async (work) => ({
        key: work.key,
        found: await work.run<Frontier>('Drawing your frontier', 'frontier', task),
      }));
      const { curve, recommended, leastVolatility, tangency, left } = found;
      const budget = atVolatility(curve, policy.volatilityBudget);
      const named = [
        { name: 'Least risk', ...leastVolatility },
        ...(tangency === null ? [] : [{ name: 'Best for its risk', ...tangency }]),
        ...(budget === null ? [] : [{ name: 'Your risk limit', ...budget }]),
      ];
      const input: FrontierInput = {
        curve,
        today: recommended.today,
        recommended,
        riskLimit: policy.volatilityBudget,
        others: named.filter(
          (one, i) =>
            Math.abs(one.volatility - recommended.volatility) > APART &&
            named.slice(0, i).every((other) => Math.abs(one.volatility - other.volatility) > APART),
        ),
        pricedOn: market.panel.days[market.panel.days.length - 1],
        simulated: market.simulated,
      };
      const blocks: Block[] = [
        { kind: 'text', style: 'title', text: 'Your efficient frontier' },
        { kind: 'image', chart: frontierChart(input), alt: frontierAlt(input) },
        {
          kind: 'text',
          text: inWords(input, profileTitles[policy.profile].toLowerCase()),
        },
        ...(left.length === 0
          ? []
          : [
              {
                kind: 'text' as const,
                text: `The curve leaves out your limits on ${left.join(' and ')}; the recommended mix keeps them.`,
              },
            ]),
        {
          kind: 'text',
          style: 'small',
          text: 'Every point is an estimate. Expected returns have wide errors, so the curve is less certain than it looks. Trading costs are in the recommended mix, not in the curve.',
        },
        ...marketNotices(market, context.now, policy.maxPriceAgeDays),
      ];
      const go = (label: string, name: string) => ({
        kind: 'choice' as const,
        label,
        do: { name: 'command', args: { name } },
      });
      return {
        replies: [
          {
            key,
            visibility: 'private',
            notify: 'normal',
            blocks,
            actions: [
              go('Recommend', 'recommend'),
              go('Compare ways', 'compare'),
              go('Change risk', 'profile'),
            ],
          },
        ],
      };
    },
  };
}

/** What the picture says to somebody who reads. */
function inWords({ curve, today, recommended, riskLimit }: FrontierInput, profile: string): string {
  const percent = formatPercent;
  const over = today.volatility > riskLimit;
  // Nobody is promised a mix that the profile does not allow.
  const same = atVolatility(curve, over ? riskLimit : today.volatility);
  const gap = same === null ? 0 : same.expectedReturn - today.expectedReturn;
  const more = gap > 0.0005 ? `, ${percent(gap)} a year more than yours` : '';
  const lead = over
    ? `What you hold today swings more than your ${profile} profile allows: ${percent(today.volatility)} volatility a year, at most ${percent(riskLimit)}.${same === null ? '' : ` The best mix at that limit is expected to earn ${percent(same.expectedReturn)} a year${more}.`}`
    : same === null
      ? 'What you hold today swings less than any mix within your limits, or more than the riskiest.'
      : more === ''
        ? 'What you hold today lies on the curve or above it: your limits allow nothing better at its risk.'
        : `At the risk that you carry today, ${percent(today.volatility)} volatility a year, the best mix within your limits is expected to earn ${percent(same.expectedReturn)} a year${more}.`;
  const limit = over
    ? ''
    : ` Your ${profile} profile allows up to ${percent(riskLimit)} volatility a year.`;
  return `${lead}${limit} The recommended mix has ${percent(recommended.volatility)} volatility and is expected to earn ${percent(recommended.expectedReturn)} a year.`;
}
