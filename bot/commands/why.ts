import type { Allocation } from '../../engine/optimizers/problem.ts';
import type { Sensitivity } from '../../engine/optimizers/sensitivity.ts';
import { ENGINE_VERSION } from '../../engine/version.ts';
import { solvesSlowly } from '../advice/advise-task.ts';
import type { FirmnessInput } from '../advice/firmness-task.ts';
import { latestAdvice } from '../advice/latest.ts';
import { type AdviceResult, driversOf } from '../advice/record.ts';
import { inputsFor } from '../advice/replay.ts';
import { situationOf } from '../advice/situation.ts';
import { recentWindow } from '../advice/stored-window.ts';
import type { Recommendation } from '../advice/types.ts';
import { wayWords } from '../advice/ways.ts';
import { riskAlt, riskChart } from '../charts/risk.ts';
import { badYearBasis } from '../explain/bad-year.ts';
import { explainDrivers } from '../explain/drivers.ts';
import { firmnessSentence } from '../explain/firmness.ts';
import { formatMoment, formatPercent, MS_PER_DAY } from '../language/format.ts';
import type { Block } from '../reply.ts';
import type { Way } from '../wishes.ts';
import type { Command, Context } from './command.ts';
import { simulatedNotice, staleNotice } from './notices.ts';
import { adviceFirst } from './rebalance-reply.ts';
import { figures, figuresMeaning } from './recommend.ts';

/** The methods that goals are met with; other ways say themselves what they are. */
const methodWords: Readonly<Record<string, string>> = {
  'target-volatility':
    'the mix with the most expected return, after trading costs, that keeps volatility within your risk limit',
  'target-return':
    'the mix with the least volatility that is expected to earn what your goal needs',
  'minimum-variance': 'the mix with the least volatility within your limits',
};

/** The explanation card of the newest advice: reasons, risk, method and what it assumes. */
export const why: Command = {
  name: 'why',
  summary: 'Why I recommended what I did',
  phrases: ['why', 'explain', 'reasons', 'how did you decide', 'why bonds', 'why so little'],
  needs: 'consent',
  run: async (context) => {
    const latest = await latestAdvice(context);
    if (latest === null) return { replies: [adviceFirst(context.newId(), 'explain')] };
    const { recommendation, result, policy } = latest;
    const firm = await firmness(context, recommendation);
    const way = firm?.way ?? 'goal';
    const [holdings, market] = await Promise.all([
      context.read.ledger.holdings(context.person),
      context.market(),
    ]);
    const { totalMinor } = situationOf(holdings, market);
    const stale = staleNotice(market, context.now, policy.maxPriceAgeDays);
    const sentences = explainDrivers(driversOf(recommendation));
    return {
      replies: [
        {
          key: context.newId(),
          visibility: 'private',
          notify: 'normal',
          blocks: [
            { kind: 'text', style: 'title', text: 'Why this mix' },
            ...(sentences.length === 0
              ? []
              : [
                  {
                    kind: 'text' as const,
                    text: sentences.map((each) => `• ${each.text}`).join('\n'),
                    statements: sentences,
                  },
                ]),
            ...result.remarks.map((text): Block => ({ kind: 'text', text })),
            ...riskBlock(
              result,
              Math.floor(recommendation.createdAt / MS_PER_DAY),
              market.simulated,
            ),
            { kind: 'facts', facts: figures(result, totalMinor) },
            { kind: 'text', style: 'small', text: figuresMeaning },
            {
              kind: 'text',
              text: `**How it was found.** I looked for ${sought(result.allocation.method, way)}, with at most ${formatPercent(policy.volatilityBudget)} volatility a year${proof(result.allocation)}`,
            },
            ...(firm === null
              ? []
              : [
                  {
                    kind: 'text' as const,
                    text: `**How firm it is.** ${firm.sensitivity === 'untold' ? untold : firmnessSentence(firm.sensitivity)}`,
                  },
                ]),
            {
              kind: 'text',
              text: `**What it rests on.** Swings are estimated from the last five years of daily prices, corrected for what looks like a pattern and is chance; returns come from ${result.years.toFixed(1)} years and are drawn toward what each asset would earn for its risk if the world market were in balance, because past returns alone tell little, and are tilted slightly by momentum and last month's reversal. The bad year comes from ${badYearBasis(result.badYear, market.simulated)}. Cash is counted at ${formatPercent(result.cashRate)} a year.`,
            },
            {
              kind: 'text',
              style: 'small',
              text: `Advice of ${formatMoment(recommendation.createdAt)}, record ${recommendation.id.slice(0, 8)}, engine ${recommendation.engineVersion}. It can be computed again from its record, bit for bit.`,
            },
            ...stale,
            ...simulatedNotice(market),
          ],
          actions: [
            ...(stale.length > 0
              ? []
              : [
                  {
                    kind: 'choice' as const,
                    label: 'Rebalance now',
                    style: 'primary' as const,
                    do: { name: 'command', args: { name: 'rebalance' } },
                  },
                ]),
            { kind: 'choice', label: 'Stress', do: { name: 'command', args: { name: 'stress' } } },
            {
              kind: 'choice',
              label: 'Backtest',
              do: { name: 'command', args: { name: 'backtest' } },
            },
          ],
        },
      ],
    };
  },
};

/** What the mix is, in plain words. */
function sought(method: string, way: Way): string {
  return way === 'goal' ? (methodWords[method] ?? method) : `the mix ${wayWords[way].what}`;
}

/** What was proved about the answer, by the kind of its certificate. */
function proof({ certificate = 'optimality', residual }: Allocation): string {
  if (certificate === 'rule') return '. It follows a rule, so there is nothing to prove optimal.';
  const within = certificate === 'gap' ? ` by more than ${(100 * residual).toFixed(6)} %` : '';
  return `, and proved that no mix within these limits is better${within}.`;
}

const untold =
  'How far single estimates may move takes minutes to work out under your own limits on bad days or on holdings, so it is left out here.';

/** How far the newest advice hangs on single estimates; null when another engine gave it. */
async function firmness(context: Context, recommendation: Recommendation) {
  if (recommendation.engineVersion !== ENGINE_VERSION) return null;
  const inputs = await inputsFor(context.read, recommendation);
  const { way } = inputs.wishes;
  // Hundreds of solutions.
  if (solvesSlowly(inputs.wishes)) return { sensitivity: 'untold' as const, way };
  const window = await recentWindow(context.read, recommendation.panelHash);
  const task: FirmnessInput = { inputs, window };
  const sensitivity = await context.compute.run<Sensitivity | null>('firmness', task);
  return { sensitivity, way };
}

function riskBlock(result: AdviceResult, advisedOn: number, simulated: boolean): Block[] {
  if (result.riskShares.length === 0) return [];
  const input = {
    rows: result.riskShares.map(([asset, share]) => ({
      asset,
      share,
      weight: result.allocation.weights[result.assets.indexOf(asset)],
    })),
    advisedOn,
    simulated,
  };
  return [{ kind: 'image', chart: riskChart(input), alt: riskAlt(input) }];
}
