import { amountMinor } from '../advice/fill.ts';
import { catalogue } from '../catalogue.ts';
import { simulatedNotice } from '../commands/notices.ts';
import { formatDay, formatList, formatMinor, formatUnits, MS_PER_DAY } from '../language/format.ts';
import { toMinor } from '../money.ts';
import type { MarketView } from '../ports.ts';
import type { Act, ActionOf, Block, Draft } from '../reply.ts';
import type { HoldingsQuestion } from './holdings-reading.ts';
import { choice, commandChoice, type Place, privately } from './place.ts';
import { type Portfolio, priceOf } from './portfolio-edit.ts';

/** An echo left lying longer than this is shown again at fresh prices before it counts. */
const YES_DAYS = 1;

const example = 'For example "12 SPY, 3.5 BTC, 4000 cash". You can also send a CSV file.';

/** Asks what somebody holds, under what is known so far. */
export function askReply(
  portfolio: Portfolio,
  market: MarketView,
  said: readonly string[],
  place: Place,
): Draft {
  const known = portfolio.units.size > 0 || portfolio.cashMinor !== 0n;
  return privately(
    place,
    [
      ...said.map((text): Block => ({ kind: 'text', text })),
      { kind: 'text', style: 'title', text: known ? 'Has anything changed?' : 'What do you hold?' },
      ...(known ? portfolioBlocks(portfolio, market) : []),
      {
        kind: 'text',
        style: 'small',
        text: known
          ? 'Tell only what changes, for example "actually 15 SPY" or "remove GLD". What you do not mention stays.'
          : example,
      },
    ],
    [formAction(portfolio), ...(portfolio.units.size > 0 ? [removeAction(portfolio)] : [])],
  );
}

const known = catalogue.map(({ symbol }) => symbol).join(', ');

/** A word that is no ticker Keel knows, with the ones that may be meant. */
export function unknownReply(
  id: string,
  text: string,
  suggestions: readonly string[],
  said: string | null,
  place: Place,
): Draft {
  return privately(
    place,
    [
      ...(said ? [{ kind: 'text', text: said } as const] : []),
      {
        kind: 'text',
        text:
          suggestions.length > 0
            ? `I do not know "${text}". Did you mean one of these?`
            : `I do not know "${text}". Type the ticker you mean, or leave it out.`,
      },
      ...(suggestions.length > 0
        ? []
        : [{ kind: 'text', style: 'small', text: `What I know: ${known}.` } as const]),
    ],
    [
      ...suggestions.map((asset) =>
        choice(asset, { name: 'holdings-mean', args: { id, unknown: text, asset } }),
      ),
      choice('Leave it out', { name: 'holdings-skip', args: { id, unknown: text } }),
    ],
  );
}

/** A question the reading left open; without options it waits for typed words. */
export function questionReply(
  id: string,
  { question, options }: HoldingsQuestion,
  said: string | null,
  place: Place,
): Draft {
  return privately(
    place,
    [...(said ? [{ kind: 'text', text: said } as const] : []), { kind: 'text', text: question }],
    [
      ...options.map(({ label }, option) =>
        choice(label, { name: 'holdings-pick', args: { id, option } }),
      ),
      choice('Leave it out', { name: 'holdings-pick', args: { id, option: -1 } }),
    ],
  );
}

/** What was understood, valued, before it counts. */
export function echoReply(
  id: string,
  portfolio: Portfolio,
  market: MarketView,
  remarks: { readonly problems: readonly string[]; readonly notes: readonly string[] },
  now: number,
  place: Place,
): Draft {
  const empty = portfolio.units.size === 0 && portfolio.cashMinor === 0n;
  return privately(
    place,
    [
      { kind: 'text', text: 'I understood that you hold this. Is that right?' },
      ...(empty ? [{ kind: 'text', text: 'Nothing at all.' } as const] : []),
      ...(empty ? [] : portfolioBlocks(portfolio, market)),
      ...remarks.problems.map((text): Block => ({ kind: 'notice', tone: 'warning', text })),
      ...remarks.notes.map((text): Block => ({ kind: 'text', style: 'small', text })),
    ],
    [
      choice(
        'Yes',
        {
          name: 'holdings-yes',
          args: { id },
          once: true,
          expiresAt: now + YES_DAYS * MS_PER_DAY,
        },
        'primary',
      ),
      { ...formAction(portfolio), label: 'Edit' },
      ...(portfolio.units.size > 0 ? [removeAction(portfolio)] : []),
    ],
  );
}

export function recordedReply(portfolio: Portfolio, market: MarketView, place: Place): Draft {
  const { total, unpriced } = totalOf(portfolio, market);
  const left = unpriced.length > 0 ? `, not counting ${formatList(unpriced)}` : '';
  return privately(
    place,
    [
      {
        kind: 'text',
        text: `Noted. What you hold is worth ${formatMinor(total)} at the last prices${left}.`,
      },
      ...simulatedNotice(market),
    ],
    [
      commandChoice('Show my recommendation', 'recommend', 'primary'),
      commandChoice('Correct something', 'holdings'),
    ],
  );
}

/** Asset, units, price and value, with the day of most prices above; cash and the sum below. */
export function portfolioBlocks(portfolio: Portfolio, market: MarketView): readonly Block[] {
  const symbols = [...portfolio.units.keys()];
  const day = mostFrequent(symbols.flatMap((asset) => priceOf(market.quotes, asset)?.day ?? []));
  const rows = [...portfolio.units].map(([asset, units]) => {
    const quote = priceOf(market.quotes, asset);
    if (quote === null) return [asset, formatUnits(units), 'no price', 'unknown'];
    const price = formatMinor(toMinor(quote.price));
    const dated = quote.day !== day ? `${price} (${formatDay(quote.day)})` : price;
    return [asset, formatUnits(units), dated, formatMinor(amountMinor(units, quote.price))];
  });
  const { total } = totalOf(portfolio, market);
  return [
    {
      kind: 'table',
      ...(day !== undefined ? { title: `At the closing prices of ${formatDay(day)}` } : {}),
      columns: [
        { label: 'Asset', align: 'left' },
        { label: 'Units', align: 'right' },
        { label: 'Price', align: 'right' },
        { label: 'Value', align: 'right' },
      ],
      rows: [
        ...rows,
        ['Cash', '', '', formatMinor(portfolio.cashMinor)],
        ['Total', '', '', formatMinor(total)],
      ],
    },
    ...simulatedNotice(market),
  ];
}

/** Undefined of nothing; of days as frequent as each other, the later one. */
function mostFrequent(days: readonly number[]): number | undefined {
  const count = (day: number) => days.filter((each) => each === day).length;
  return days.toSorted((a, b) => count(b) - count(a) || b - a)[0];
}

function totalOf(portfolio: Portfolio, market: MarketView) {
  let total = portfolio.cashMinor;
  const unpriced: string[] = [];
  for (const [asset, units] of portfolio.units) {
    const quote = priceOf(market.quotes, asset);
    if (quote === null) unpriced.push(asset);
    else total += amountMinor(units, quote.price);
  }
  return { total, unpriced };
}

function formAction(portfolio: Portfolio): ActionOf<Act> {
  const positions = [...portfolio.units]
    .map(([asset, units]) => `${formatUnits(units).replaceAll(',', '')} ${asset}`)
    .join('\n');
  const { cashMinor } = portfolio;
  return {
    kind: 'form',
    label: 'Fill in a form',
    do: { name: 'holdings-form', args: {} },
    form: 'holdings',
    initial: {
      ...(positions.length <= 2_000 ? { positions } : {}),
      ...(cashMinor === 0n ? {} : { cash: formatMinor(cashMinor) }),
    },
  };
}

/** Selects hold at most 25 options on Discord; more is removed by typing. */
function removeAction(portfolio: Portfolio): ActionOf<Act> {
  return {
    kind: 'select',
    label: 'Remove one',
    do: { name: 'holdings-remove', args: {} },
    options: [...portfolio.units].slice(0, 25).map(([asset, units]) => ({
      label: asset,
      value: asset,
      note: formatUnits(units),
    })),
  };
}
