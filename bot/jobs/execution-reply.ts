import { amountMinor } from '../advice/fill.ts';
import type { Fill, Order, Proposal } from '../advice/types.ts';
import { formatMinor, formatMoney, formatUnits } from '../language/format.ts';
import type { Money } from '../money.ts';
import type { Block, Reply } from '../reply.ts';

/** What became of a confirmed proposal: takes the place of the message it was confirmed on. */
export function outcomeReply(
  proposal: Proposal,
  orders: readonly Order[],
  fills: readonly Fill[],
  cash: Money,
): Reply {
  return {
    key: proposal.messageKey,
    replaces: proposal.messageKey,
    visibility: 'private',
    notify: 'normal',
    blocks: [
      { kind: 'text', style: 'title', text: titleOf(proposal, fills) },
      ...reasonOf(proposal, orders),
      ...fillsTable(orders, fills),
      {
        kind: 'facts',
        facts: [
          ...costFacts(proposal, orders, fills),
          { label: 'Cash now', value: formatMoney(cash) },
          { label: 'Confirmed by', value: 'you' },
        ],
      },
    ],
    actions: [],
  };
}

function titleOf({ state }: Proposal, fills: readonly Fill[]): string {
  if (state === 'filled') return 'Done: your portfolio is rebalanced.';
  return fills.length === 0
    ? 'Nothing was traded.'
    : 'I stopped part of the way: some trades were made, the rest were not.';
}

function reasonOf({ state, reason }: Proposal, orders: readonly Order[]): readonly Block[] {
  if (state === 'filled' || reason === null) return [];
  const missed = orders.filter((order) => order.filledUnits < order.units);
  const left = missed
    .map((order) => `${order.side} ${formatUnits(order.units - order.filledUnits)} ${order.asset}`)
    .join('; ');
  const sentence = /[.!?]$/.test(reason) ? reason : `${reason}.`;
  const notDone = left === '' ? '' : ` Not done: ${left}.`;
  const text = `${sentence}${notDone} I do not try again on my own; ask for /rebalance when you want a fresh proposal.`;
  return [{ kind: 'notice', tone: 'warning', text }];
}

function fillsTable(orders: readonly Order[], fills: readonly Fill[]): readonly Block[] {
  if (fills.length === 0) return [];
  const byId = new Map(orders.map((order) => [order.clientOrderId, order]));
  return [
    {
      kind: 'table',
      title: 'Fills',
      columns: [
        { label: 'Trade', align: 'left' },
        { label: 'Amount', align: 'right' },
        { label: 'Units', align: 'right' },
        { label: 'Price', align: 'right' },
      ],
      rows: fills.map((fill) => {
        const { side, asset } = byId.get(fill.clientOrderId)!;
        const verb = side === 'buy' ? 'Bought' : 'Sold';
        return [
          `${verb} ${asset}`,
          formatMoney(fill.amount),
          formatUnits(fill.units),
          formatMinor(fill.price * 100, fill.amount.currency),
        ];
      }),
    },
  ];
}

/** Cost against the prices that were shown, beside the estimate for what was traded. */
function costFacts(proposal: Proposal, orders: readonly Order[], fills: readonly Fill[]) {
  if (fills.length === 0) return [];
  const byId = new Map(orders.map((order) => [order.clientOrderId, order]));
  let paid = 0n;
  for (const fill of fills) {
    const order = byId.get(fill.clientOrderId)!;
    const quoted = amountMinor(fill.units, proposal.legs[order.leg].price);
    const lost = order.side === 'buy' ? fill.amount.minor - quoted : quoted - fill.amount.minor;
    paid += lost + fill.commission.minor;
  }
  const estimated = proposal.legs.reduce((sum, leg) => {
    const order = orders.find((each) => each.leg === leg.index);
    return order === undefined ? sum : sum + (leg.cost.minor * order.filledUnits) / leg.units;
  }, 0n);
  const { currency } = fills[0].amount;
  return [
    { label: 'Cost', value: formatMinor(paid, currency) },
    { label: 'Estimated', value: formatMinor(estimated, currency) },
  ];
}
