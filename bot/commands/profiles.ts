import { solveAdvice } from '../advice/advise.ts';
import { inputsOf, windowOf } from '../advice/make.ts';
import { standing } from '../advice/standing.ts';
import { assetLabel } from '../charts/asset-label.ts';
import { profilesAlt, profilesChart } from '../charts/profiles.ts';
import { formatPercent } from '../language/format.ts';
import { type ProfileName, policies, profileTitles } from '../suitability/policy.ts';
import { noWishes } from '../wishes.ts';
import type { Command } from './command.ts';
import { marketNotices } from './notices.ts';

const shown: readonly ProfileName[] = ['conservative', 'balanced', 'aggressive'];

/** What three profiles would be recommended from the same holdings on the same day. */
export function profilesCommand(cashRate: number): Command {
  return {
    name: 'profiles',
    summary: 'The mix for Conservative, Balanced and Aggressive, side by side',
    phrases: ['profiles', 'compare profiles', 'conservative or aggressive', 'other risk levels'],
    needs: 'holdings',
    run: async (context) => {
      const { policy: own, goal, market, situation } = await standing(context);
      const window = windowOf(market);
      const solved = shown.map((profile) => {
        const inputs = inputsOf(
          market,
          situation,
          policies[profile],
          { kind: 'max-return' },
          context.now,
          cashRate,
          null,
          noWishes,
        );
        return { profile, ...solveAdvice(inputs, window.panel) };
      });
      const input = {
        profiles: solved.map(({ profile, problem, allocation }) => ({
          name: profileTitles[profile],
          weights: problem.assets.map((asset, i) => ({ asset, weight: allocation.weights[i] })),
        })),
        pricedOn: market.panel.days[market.panel.days.length - 1],
        simulated: market.simulated,
      };
      const rows = solved[0].problem.assets
        .map((asset, i) => ({ asset, weights: solved.map((each) => each.allocation.weights[i]) }))
        .filter((row) => row.weights.some((weight) => weight >= 0.0005));
      return {
        replies: [
          {
            key: context.newId(),
            visibility: 'private',
            notify: 'normal',
            blocks: [
              { kind: 'text', style: 'title', text: 'Three profiles side by side' },
              { kind: 'image', chart: profilesChart(input), alt: profilesAlt(input) },
              {
                kind: 'table',
                columns: [
                  { label: 'A year, estimated', align: 'left' },
                  ...solved.map(({ profile }) => ({
                    label: profileTitles[profile],
                    align: 'right' as const,
                  })),
                ],
                rows: [
                  [
                    'Expected return',
                    ...solved.map((s) => formatPercent(s.allocation.expectedReturn)),
                  ],
                  ['Volatility', ...solved.map((s) => formatPercent(s.allocation.volatility))],
                  ...rows.map((row) => [
                    assetLabel(row.asset),
                    ...row.weights.map((weight) => formatPercent(weight)),
                  ]),
                ],
              },
              {
                kind: 'text',
                text: `Your own profile is ${profileTitles[own.profile].toLowerCase()}. Each column is the most expected return within that profile's limits${goal.kind === 'max-return' ? '' : ', whatever your goal'}. Expected returns are estimates, not promises.`,
              },
              ...marketNotices(market, context.now, own.maxPriceAgeDays),
            ],
            actions: [
              {
                kind: 'choice',
                label: 'Change risk',
                do: { name: 'command', args: { name: 'profile' } },
              },
              {
                kind: 'choice',
                label: 'Recommend',
                do: { name: 'command', args: { name: 'recommend' } },
              },
            ],
          },
        ],
      };
    },
  };
}
