import { normalInterval } from '../../engine/measures/interval.ts';
import { costsOf } from '../advice/costs.ts';
import { type Advice, makeAdvice } from '../advice/make.ts';
import { SHOWN_LEVEL } from '../advice/outlook.ts';
import { propose } from '../advice/propose.ts';
import { type AdviceInputs, type AdviceResult, targetWeightsOf } from '../advice/record.ts';
import { allocationAlt, allocationChart } from '../charts/allocation.ts';
import { explainDrivers } from '../explain/drivers.ts';
import { outlookSentences } from '../explain/outlook.ts';
import { formatMinor, formatPercent } from '../language/format.ts';
import { describeGoal } from '../language/goal-echo.ts';
import type { MarketView } from '../ports.ts';
import type { Block, Draft } from '../reply.ts';
import { profileTitles } from '../suitability/policy.ts';
import type { Command, Context } from './command.ts';
import { pricesSentence, simulatedNotice, staleNotice } from './notices.ts';
import { withWork } from './wish-work.ts';

/** Today's allocation against the recommended one, with its reasons, risks and costs. */
export function recommendCommand(cashRate: number): Command {
  return {
    name: 'recommend',
    summary: 'How I would split your money, and why',
    phrases: [
      'recommend',
      'what should i do',
      'what should i buy',
      'what do you suggest',
      'advice',
      'advise me',
      'invest my money',
      'allocation',
      'should i sell',
    ],
    needs: 'holdings',
    run: async (context) => {
      const [{ advice, key }, market] = await Promise.all([
        withWork(context, async (work) => ({
          advice: await makeAdvice(context, cashRate, work),
          key: work.key,
        })),
        context.market(),
      ]);
      const draft = await recommendationDraft(context, key, advice, market);
      return {
        replies: [draft],
        commit: async (tx) => {
          await advice.keep(tx);
          return undefined;
        },
      };
    },
  };
}

async function recommendationDraft(
  context: Context,
  key: string,
  advice: Advice,
  market: MarketView,
): Promise<Draft> {
  const { result, situation, inputs } = advice;
  const targets = targetWeightsOf(result);
  const pricedOn = market.panel.days[market.panel.days.length - 1];
  const chart = {
    rows: result.assets.map((asset) => ({
      asset,
      today: situation.weights.get(asset) ?? 0,
      recommended: targets.get(asset) ?? 0,
    })),
    pricedOn,
    simulated: market.simulated,
  };
  const [holdings, named, stored] = await Promise.all([
    context.read.ledger.holdings(context.person),
    context.read.goals.current(context.person),
    context.read.answers.current(context.person),
  ]);
  const plan = propose({
    targetWeights: targets,
    holdings,
    quotes: market.quotes,
    // Shown at any age; only /rebalance refuses prices that are too old.
    policy: { ...inputs.policy, maxPriceAgeDays: Number.POSITIVE_INFINITY },
    costsOf,
    now: context.now,
  });
  const stale = staleNotice(market, context.now, inputs.policy.maxPriceAgeDays);
  const blocks: Block[] = [
    { kind: 'text', style: 'title', text: 'What I recommend' },
    {
      kind: 'text',
      text: aim(inputs, named !== null),
    },
    { kind: 'image', chart: allocationChart(chart), alt: allocationAlt(chart) },
    {
      kind: 'facts',
      facts: [
        ...figures(result, situation.totalMinor),
        {
          label: 'Trades needed',
          value:
            plan.legs.length === 0
              ? 'none'
              : `${plan.legs.length === 1 ? '1 trade' : `${plan.legs.length} trades`}, ${formatMinor(plan.legs.reduce((sum, leg) => sum + leg.amount.minor, 0n))}`,
        },
        { label: 'Estimated cost of trading', value: formatMinor(plan.costMinor) },
      ],
    },
    { kind: 'text', style: 'small', text: figuresMeaning },
    ...beyondBearing(result.badYear.loss, Number(stored?.answers.loss)),
    ...(advice.drivers.length === 0 ? [] : [reasonsBlock(advice)]),
    ...result.remarks.map((text): Block => ({ kind: 'text', text })),
    ...outlookBlock(result),
    {
      kind: 'text',
      style: 'small',
      text: `${market.rule} ${pricesSentence(market.source, pricedOn)}`,
    },
    ...stale,
    ...simulatedNotice(market),
    {
      kind: 'notice',
      tone: 'disclosure',
      text: 'Worked out by a machine from past prices, which may not repeat. Expected returns are estimates with wide errors, not promises; you can lose money. Before taxes.',
    },
  ];
  const go = (label: string, name: string, style?: 'primary') => ({
    kind: 'choice' as const,
    label,
    ...(style === undefined ? {} : { style }),
    do: { name: 'command', args: { name } },
  });
  return {
    key,
    visibility: 'private',
    notify: 'normal',
    blocks,
    actions: [
      // On old prices nothing is proposed: no button leads to a refusal.
      ...(plan.legs.length > 0 && stale.length === 0
        ? [go('Rebalance now', 'rebalance', 'primary')]
        : []),
      go('Why?', 'why'),
      go('Backtest', 'backtest'),
      go('Change risk', 'profile'),
      ...(named ? [] : [go('Set a goal', 'goal')]),
    ],
  };
}

/** What the advice is for; without a goal that is said, not made up. A way of one's own follows none. */
function aim({ policy, goal, wishes }: AdviceInputs, named: boolean): string {
  const whose = `For your ${profileTitles[policy.profile].toLowerCase()} profile`;
  if (named) return `${whose} and your goal: ${describeGoal(goal)}`;
  const looked = wishes.way === 'goal' ? ', so I look for the most return that it allows' : '';
  return `${whose}. You have not set a goal yet${looked}.`;
}

/** A bad year beyond the loss, in percent, that the person named is said, not left to be compared. */
function beyondBearing(loss: number, named: number): Block[] {
  if (!Number.isFinite(named) || Math.abs(loss) <= named / 100) return [];
  return [
    {
      kind: 'notice',
      tone: 'warning',
      text: `A bad year could cost ${formatPercent(Math.abs(loss))} with this mix, more than the ${named} % that you said you could bear to lose. Your limits are set so that this does not happen in the years they were measured on; these prices have had worse. Lower your risk with /profile if that is too much.`,
    },
  ];
}

/** What {@link figures} mean, as small print below them. */
export const figuresMeaning =
  'In brackets: the 90 % interval of the estimate. A bad year is the mean of the worst 1 in 20.';

/** Expected return, volatility and the loss of a bad year, each with its uncertainty. */
export function figures(
  result: AdviceResult,
  totalMinor: bigint,
): { readonly label: string; readonly value: string }[] {
  const { allocation, returnError, volatilityError, badYear } = result;
  const interval = normalInterval(allocation.expectedReturn, returnError, SHOWN_LEVEL);
  const low = formatPercent(interval.low);
  const high = formatPercent(interval.high);
  const loss = BigInt(Math.round(Math.abs(badYear.loss) * Number(totalMinor)));
  return [
    {
      label: 'Expected return a year',
      value: `${formatPercent(allocation.expectedReturn)} (${low} to ${high})`,
    },
    {
      label: 'Volatility a year',
      value: `${formatPercent(allocation.volatility)}, give or take ${formatPercent(volatilityError)}`,
    },
    badYear.loss > 0
      ? {
          label: 'Loss in a bad year',
          value: `${formatPercent(badYear.loss)}, ${formatMinor(loss)}`,
        }
      : {
          label: 'Gain even in a bad year',
          value: `${formatPercent(-badYear.loss)}, ${formatMinor(loss)}`,
        },
  ];
}

function reasonsBlock(advice: Advice): Block {
  const statements = explainDrivers(advice.drivers);
  const lines = statements.map((each) => `• ${each.text}`).join('\n');
  return { kind: 'text', text: `**Why this mix**\n${lines}`, statements };
}

export function outlookBlock(result: AdviceResult): Block[] {
  const { outlook } = result;
  return outlook === null ? [] : [{ kind: 'text', text: outlookSentences(outlook) }];
}
