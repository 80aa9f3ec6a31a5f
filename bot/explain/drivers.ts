import type { Cause, Driver } from '../../engine/drivers/driver.ts';
import { formatPercent, formatPoints } from '../language/format.ts';
import { capitalised, nameOf, verb } from './names.ts';
import { type Fact, type Statement, statement, type Time } from './statement.ts';

/** Every driver as one complete sentence, in the order given. */
export function explainDrivers(drivers: readonly Driver[]): Statement[] {
  const moves = drivers.filter((each) => each.kind === 'market-move');
  return drivers.flatMap((driver) => {
    // A market move is said with the change it caused; alone it would be news, not a reason.
    if (driver.kind === 'market-move')
      return moves.length === drivers.length ? [moved(driver)] : [];
    if (driver.kind === 'change') return [changed(driver, moves)];
    return [reason(driver)];
  });
}

function percent(
  id: string,
  subject: string,
  quantity: string,
  value: number,
  time: Time = 'now',
): Fact {
  return { id, subject, quantity, value, unit: 'fraction', time, text: formatPercent(value) };
}

function reason(driver: Exclude<Driver, { kind: 'change' | 'market-move' }>): Statement {
  switch (driver.kind) {
    case 'binding-limit':
      return limit(driver);
    case 'risk-share':
      return statement(
        `${capitalised(nameOf(driver.asset))} ${verb(driver.asset, 'is', 'are')} {{fact:weight}} of the money and {{fact:share}} of the risk.`,
        [
          percent('weight', driver.asset, 'weight', driver.weight),
          percent('share', driver.asset, 'share of risk', driver.share),
        ],
        'risk-share',
      );
    case 'diversification':
      return statement(
        'The parts do not all fall together: alone they swing by {{fact:average}} a year on average, the mix by {{fact:mix}}.',
        [
          percent('average', 'portfolio', 'average volatility', driver.averageVolatility, 'a year'),
          percent('mix', 'portfolio', 'volatility', driver.portfolioVolatility, 'a year'),
        ],
        'diversification',
      );
    case 'held-back-by-cost':
      return statement(
        `${capitalised(nameOf(driver.asset))} ${verb(driver.asset, 'stays', 'stay')} at {{fact:weight}}: trading it costs {{fact:cost}} of the amount, more than the change would add in a year.`,
        [
          percent('weight', driver.asset, 'weight', driver.weight),
          hundredths('cost', driver.asset, 'trading cost', driver.oneWayCost, 'once'),
        ],
        'held-back-by-cost',
      );
  }
}

function hundredths(
  id: string,
  subject: string,
  quantity: string,
  fraction: number,
  time: Time,
): Fact {
  // Small shares of a percent, which one decimal would round away.
  const text = isTiny(fraction) ? 'less than 0.01 %' : `${(100 * fraction).toFixed(2)} %`;
  return { id, subject, quantity, value: fraction, unit: 'fraction', time, text };
}

/** Two decimals of a percent would show nothing of it. */
function isTiny(fraction: number): boolean {
  return fraction < 0.00005;
}

function limit(driver: Extract<Driver, { kind: 'binding-limit' }>): Statement {
  const { binding, returnPerPoint } = driver;
  const subject = binding.asset ?? binding.limit;
  const yearly = binding.kind === 'target-volatility' || binding.kind === 'target-return';
  const facts: Fact[] = [
    percent('bound', subject, 'limit', binding.bound, yearly ? 'a year' : 'now'),
  ];
  let gain = '';
  if (returnPerPoint !== null && returnPerPoint >= 0.000005) {
    facts.push(hundredths('gain', 'portfolio', 'expected return', returnPerPoint, 'a year'));
    const way = binding.kind === 'lower' || binding.kind === 'at-least' ? 'less' : 'more';
    const about = isTiny(returnPerPoint) ? '' : 'about ';
    gain = `; a point ${way} would add ${about}{{fact:gain}} of expected return a year`;
  }
  const name = nameOf(subject);
  switch (binding.kind) {
    case 'target-volatility':
      return statement(
        `Your risk limit of {{fact:bound}} volatility a year is used in full${gain}.`,
        facts,
        'volatility-budget',
      );
    case 'target-return':
      return statement(
        'The mix carries just the risk that an expected return of {{fact:bound}} a year needs, and no more.',
        facts,
        'return-target',
      );
    case 'lower':
    case 'at-least':
      return statement(
        `${capitalised(name)} ${verb(subject, 'stands', 'stand')} at the least allowed, {{fact:bound}}${gain}.`,
        facts,
        'least-allowed',
      );
    case 'upper':
    case 'at-most':
      return statement(
        `${capitalised(name)} ${verb(subject, 'stands', 'stand')} at the most allowed, {{fact:bound}}${gain}.`,
        facts,
        'most-allowed',
      );
  }
}

const causeWords: Readonly<Record<Cause, string>> = {
  volatility: 'changed volatility',
  correlation: 'the way assets move together',
  'expected-returns': 'changed expected returns',
  policy: 'your new risk profile',
  goal: 'what your goal needs',
  wishes: 'what you asked of the method',
  views: 'your own views',
  holdings: 'what you hold now',
};

type Move = Extract<Driver, { kind: 'market-move' }>;

function changed(driver: Extract<Driver, { kind: 'change' }>, moves: readonly Move[]): Statement {
  const { subject, from, to, causes } = driver;
  const rises = to >= from;
  const facts: Fact[] = [
    {
      id: 'change',
      subject,
      quantity: 'weight change',
      value: to - from,
      unit: 'points',
      time: 'from before to now',
      text: `${formatPoints(Math.abs(to - from)).replace('+', '')}`,
    },
    percent('from', subject, 'weight before', from, 'before'),
    percent('to', subject, 'weight now', to),
  ];
  const move = moves.find((each) => isReason(each, driver));
  const because = move === undefined ? '' : `${said(move, facts)}, so `;
  const parts = causes
    .filter((each) => Math.abs(each.contribution) >= 0.0005)
    .slice(0, 3)
    .map(({ cause, contribution }) => {
      facts.push({
        id: cause,
        subject,
        quantity: `change by ${cause}`,
        value: contribution,
        unit: 'points',
        time: 'from before to now',
        text: formatPoints(contribution),
      });
      return `${causeWords[cause]} {{fact:${cause}}}`;
    });
  const body = `${nameOf(subject)} ${rises ? verb(subject, 'rises', 'rise') : verb(subject, 'falls', 'fall')} by {{fact:change}}, from {{fact:from}} to {{fact:to}}`;
  const why = parts.length > 0 ? ` (${parts.join(', ')})` : '';
  return statement(capitalised(`${because}${body}${why}.`), facts, 'change');
}

/**
 * Whether a market move may be told as the reason of a change: its cause leads and pulls the way that
 * the weight went, and money goes to what got better or away from what got worse.
 */
function isReason(move: Move, { subject, from, to, causes }: Extract<Driver, { kind: 'change' }>) {
  const leading = causes[0];
  const cause = move.what === 'volatility' ? 'volatility' : 'expected-returns';
  if (leading?.cause !== cause || leading.contribution > 0 !== to > from) return false;
  const better = move.what === 'volatility' ? move.to < move.from : move.to > move.from;
  return (move.subject === subject) === (better === to > from);
}

/** "volatility of US large companies (SPY) rose by 30.0 % to 19.5 %", adding its facts. */
function said(move: Move, facts: Fact[]): string {
  const what = move.what === 'volatility' ? 'volatility' : 'expected return';
  const rose = move.to >= move.from;
  facts.push(percent('now', move.subject, what, move.to));
  if (move.what === 'volatility') {
    const value = move.to / move.from - 1;
    const text = formatPercent(Math.abs(value));
    facts.push({
      ...percent('move', move.subject, 'volatility change', value, 'from before to now'),
      text,
    });
    return `the volatility of ${nameOf(move.subject)} ${rose ? 'rose' : 'fell'} by {{fact:move}} to {{fact:now}} a year`;
  }
  facts.push(percent('before', move.subject, what, move.from, 'before'));
  return `the expected return of ${nameOf(move.subject)} ${rose ? 'rose' : 'fell'} from {{fact:before}} to {{fact:now}} a year`;
}

function moved(move: Move): Statement {
  const facts: Fact[] = [];
  const sentence = `${capitalised(said(move, facts))}.`;
  return statement(sentence, facts, 'market-move');
}
