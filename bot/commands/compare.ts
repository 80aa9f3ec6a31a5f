import { type Standing, standing } from '../advice/standing.ts';
import { wayWords } from '../advice/ways.ts';
import { comparedFor, type Option } from '../advice/what-if.ts';
import { CASH } from '../catalogue.ts';
import { methodsAlt, methodsChart } from '../charts/frontier.ts';
import { formatList, formatMinor, formatPercent } from '../language/format.ts';
import type { Block, Draft } from '../reply.ts';
import { type Way, ways } from '../wishes.ts';
import type { Command, Context } from './command.ts';
import { marketNotices } from './notices.ts';
import { withWork } from './wish-work.ts';

/** Every way to choose a mix on one chart, within the same limits and from the same holdings. */
export function compareCommand(cashRate: number): Command {
  return {
    name: 'compare',
    summary: 'Ways to choose your mix, side by side on one chart',
    phrases: ['compare methods', 'compare the ways', 'compare', 'side by side', 'other ways'],
    needs: 'holdings',
    run: async (context) => {
      return withWork(context, async (work) => {
        const stand = await standing(context);
        const wanted = ways.map((way) => ({ ...stand.wishes, way }));
        const tried = await comparedFor(context, cashRate, stand, wanted, work);
        return { replies: [draftOf(context, work.key, stand, tried)] };
      });
    },
  };
}

/** Every way, in the order of {@link ways}. */
type Tried = Awaited<ReturnType<typeof comparedFor>>;

function draftOf({ now }: Pick<Context, 'now'>, key: string, stand: Standing, tried: Tried): Draft {
  const { market, wishes, policy } = stand;
  const options = ways.flatMap((way, i) => {
    const { option } = tried[i];
    return option === null ? [] : [{ way, option }];
  });
  const blocks: Block[] = [{ kind: 'text', style: 'title', text: 'Ways to choose your mix' }];
  if (options.length > 0) {
    const input = {
      methods: options.map(({ way, option }) => ({
        name: wayWords[way].title,
        volatility: option.volatility,
        expectedReturn: option.expectedReturn,
        chosen: way === wishes.way,
      })),
      today: options[0].option.today,
      pricedOn: market.panel.days[market.panel.days.length - 1],
      simulated: market.simulated,
    };
    blocks.push(
      { kind: 'image', chart: methodsChart(input), alt: methodsAlt(input) },
      {
        kind: 'table',
        columns: [
          { label: 'Way', align: 'left' },
          { label: 'Return', align: 'right' },
          { label: 'Volatility', align: 'right' },
          { label: 'Cost', align: 'right' },
        ],
        rows: options.map(({ way, option }) => [
          `${wayWords[way].title}${way === wishes.way ? ' (yours)' : ''}`,
          formatPercent(option.expectedReturn),
          formatPercent(option.volatility),
          formatMinor(option.costMinor),
        ]),
      },
    );
  }
  const without = tried.filter(({ option }) => option === null);
  return {
    key,
    visibility: 'private',
    notify: 'normal',
    blocks: [
      ...blocks,
      ...mostlyCash(options),
      ...without.map(({ reason }): Block => ({ kind: 'text', text: reason })),
      {
        kind: 'text',
        text: 'All of them keep within your risk profile and start from what you hold. The higher a point stands, the more it is expected to earn; the further right, the more it swings. Expected returns are the least certain of these numbers, so a small difference in height means little. Return and volatility are estimates for one year; the cost is of the trades that lead there.',
      },
      ...marketNotices(market, now, policy.maxPriceAgeDays),
    ],
    actions: [
      {
        kind: 'select',
        label: 'See what a way would change',
        do: { name: 'way', args: {} },
        options: options
          .filter(({ way }) => way !== wishes.way)
          .map(({ way }) => ({ label: wayWords[way].title, value: way })),
      },
    ],
  };
}

/** From here on a mix is little else than cash. */
const MOSTLY = 0.8;

/** A way that ends in cash is said to: its low risk is no skill. */
function mostlyCash(options: readonly { readonly way: Way; readonly option: Option }[]): Block[] {
  const found = options
    .map(({ way, option }) => ({ way, cash: option.weights.get(CASH) ?? 0 }))
    .filter(({ cash }) => cash >= MOSTLY)
    .map(({ way, cash }) => `"${wayWords[way].title}" (${formatPercent(cash)})`);
  if (found.length === 0) return [];
  const text = `${formatList(found)} ${found.length === 1 ? 'comes' : 'come'} to little else than cash: nothing swings less. A limit such as "cash at most 20 %" changes that.`;
  return [{ kind: 'text', text }];
}
