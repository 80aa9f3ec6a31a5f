import { costsOf } from '../advice/costs.ts';
import { type Advice, makeAdvice } from '../advice/make.ts';
import { propose } from '../advice/propose.ts';
import { type AdviceResult, targetWeightsOf } from '../advice/record.ts';
import { allocationAlt, allocationChart } from '../charts/allocation.ts';
import { explainDrivers } from '../explain/drivers.ts';
import { formatDay, formatMinor, formatPercent } from '../language/format.ts';
import { describeGoal } from '../language/goal-echo.ts';
import type { MarketView } from '../ports.ts';
import type { Block, Draft } from '../reply.ts';
import { profileTitles } from '../suitability/policy.ts';
import type { Command, Context } from './command.ts';
import { simulatedNotice, staleNotice } from './notices.ts';

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
      const [advice, market] = await Promise.all([makeAdvice(context, cashRate), context.market()]);
      const draft = await recommendationDraft(context, advice, market);
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
  const holdings = await context.read.ledger.holdings(context.person);
  const plan = propose({
    targetWeights: targets,
    holdings,
    quotes: market.quotes,
    // Shown at any age; only /rebalance refuses prices that are too old.
    policy: { ...inputs.policy, maxPriceAgeDays: Number.POSITIVE_INFINITY },
    costsOf,
    now: context.now,
  });
  const blocks: Block[] = [
    { kind: 'text', style: 'title', text: 'What I recommend' },
    {
      kind: 'text',
      text: `For your ${profileTitles[inputs.policy.profile].toLowerCase()} profile and your goal: ${describeGoal(inputs.goal)}`,
    },
    { kind: 'image', chart: allocationChart(chart), alt: allocationAlt(chart) },
    { kind: 'facts', facts: figures(result, situation.totalMinor) },
    {
      kind: 'facts',
      facts: [
        {
          label: 'Trades needed',
          value:
            plan.legs.length === 0
              ? 'none: you are where I would have you'
              : `${plan.legs.length === 1 ? '1 trade' : `${plan.legs.length} trades`} of ${formatMinor(plan.legs.reduce((sum, leg) => sum + leg.amount.minor, 0n))} in all`,
        },
        { label: 'Estimated cost of trading', value: formatMinor(plan.costMinor) },
      ],
    },
    reasonsBlock(advice),
    ...result.remarks.map((text): Block => ({ kind: 'text', text })),
    ...outlookBlock(result),
    {
      kind: 'text',
      style: 'small',
      text: `${market.rule} Prices: ${market.source}, ${formatDay(pricedOn)}.`,
    },
    ...staleNotice(market, context.now, inputs.policy.maxPriceAgeDays),
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
    key: context.newId(),
    visibility: 'private',
    notify: 'normal',
    blocks,
    actions: [
      ...(plan.legs.length > 0 ? [go('Rebalance now', 'rebalance', 'primary')] : []),
      go('Why?', 'why'),
      go('Backtest', 'backtest'),
      go('Change risk', 'profile'),
    ],
  };
}

/** Expected return, volatility and the loss of a bad year, each with its uncertainty. */
export function figures(
  result: AdviceResult,
  totalMinor: bigint,
): { readonly label: string; readonly value: string }[] {
  const { allocation, returnError, volatilityError, badYear } = result;
  const low = formatPercent(allocation.expectedReturn - 1.645 * returnError);
  const high = formatPercent(allocation.expectedReturn + 1.645 * returnError);
  const loss = BigInt(Math.round(Math.abs(badYear.loss) * Number(totalMinor)));
  return [
    {
      label: 'Expected return',
      value: `${formatPercent(allocation.expectedReturn)} a year (90 % interval of the estimate: ${low} to ${high})`,
    },
    {
      label: 'Volatility',
      value: `${formatPercent(allocation.volatility)} a year, give or take ${formatPercent(volatilityError)}`,
    },
    {
      label: 'A bad year (mean of the worst 1 in 20)',
      value:
        badYear.loss > 0
          ? `a loss of ${formatPercent(badYear.loss)}, ${formatMinor(loss)} of your ${formatMinor(totalMinor)}`
          : `a gain of ${formatPercent(-badYear.loss)}, ${formatMinor(loss)}, even then`,
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
  if (outlook === null) return [];
  const amount = formatMinor(outlook.amount * 100);
  return [
    {
      kind: 'text',
      text: `With this mix you reach ${amount} by ${formatDay(outlook.byDay)} with a probability of about ${formatPercent(outlook.probability)}, if returns behave as estimated; expected then: ${formatMinor(outlook.expected * 100)}.`,
    },
  ];
}
