import type { Claim, Fact, Statement } from '../statement.ts';
import type { Sense } from './lexicon.ts';

/** What one fact must stand next to. */
export interface FactRule {
  /** Words of which the nearest to the fact must be one; empty when its place is told by its role. */
  readonly needs: readonly Sense[];
  /** Words that may stand beside it without being its own. */
  readonly accepts?: readonly Sense[];
  readonly role?: 'from' | 'to' | 'by';
}

/** What a rewording of a statement may and must say. */
export interface ClaimRule {
  /** Senses it may use beside those that claim nothing. */
  readonly may: readonly Sense[];
  /** Of each group at least one sense must occur. */
  readonly must: readonly (readonly Sense[])[];
  readonly facts: Readonly<Record<string, FactRule>>;
}

/** Senses that claim nothing and stand anywhere. */
export const harmless: ReadonlySet<Sense> = new Set<Sense>([
  'plain',
  'and',
  'from',
  'to',
  'by',
  'about',
]);

const bound: readonly Sense[] = ['limit', 'most', 'least', 'full', 'risk', 'volatility'];
const onReturn: FactRule = { needs: ['return'] };
const onGain: FactRule = {
  needs: ['return'],
  accepts: ['return', 'limit', 'most', 'least', 'risk', 'volatility'],
};

/** What a further point of room would bring: the second half of a sentence about a limit. */
function withGain(statement: Statement, rule: ClaimRule, way: 'more' | 'less'): ClaimRule {
  if (!statement.facts.some((fact) => fact.id === 'gain')) return rule;
  return {
    may: [
      ...rule.may,
      'point',
      'add',
      'would',
      'return',
      'expected',
      'year',
      ...(way === 'more' ? (['more', 'up'] as const) : (['less', 'down'] as const)),
    ],
    must: [
      ...rule.must,
      ['return'],
      ['expected'],
      ['year'],
      ['point'],
      ['would'],
      [way, ...wayOf[way]],
    ],
    facts: { ...rule.facts, gain: onGain },
  };
}

const wayOf = { more: ['up'], less: ['down'] } as const;

const causeRules: Readonly<Record<string, FactRule>> = {
  volatility: { needs: ['volatility'] },
  correlation: { needs: ['correlation'] },
  'expected-returns': { needs: ['return'] },
  policy: { needs: ['profile'] },
  goal: { needs: ['goal'] },
  wishes: { needs: ['wish'] },
  views: { needs: ['view'] },
  holdings: { needs: ['holdings'] },
};

/** What is said of a value that was another one before. */
const GOING: readonly Sense[] = ['because', 'so', 'goes', 'until', 'reach', 'becomes'];
/** What is said of a value that stands at its limit. */
const STANDING: readonly Sense[] = ['reach', 'becomes'];

/** The direction of a signed fact, as the sense that may be said of it. */
export function way(value: number): 'up' | 'down' {
  return value >= 0 ? 'up' : 'down';
}

const roles: Readonly<Record<string, FactRule>> = {
  change: { needs: [], accepts: ['up', 'down'], role: 'by' },
  move: { needs: [], accepts: ['up', 'down'], role: 'by' },
  from: { needs: [], accepts: ['up', 'down'], role: 'from' },
  before: { needs: [], accepts: ['up', 'down'], role: 'from' },
  to: { needs: [], accepts: ['up', 'down'], role: 'to' },
  now: { needs: [], accepts: ['up', 'down'], role: 'to' },
};

/** The rule of a span about a weight that changed: its direction, its causes, nothing else. */
export function changeRule(facts: readonly Fact[]): ClaimRule {
  const change = facts.find((fact) => fact.id === 'change');
  const causes = facts.flatMap((fact) => causeRules[fact.id]?.needs ?? []);
  const direction = way(change?.value ?? 0);
  return {
    may: [
      direction,
      'before',
      'money',
      'changed',
      'point',
      ...GOING,
      ...causes,
      ...(causes.includes('return') ? (['expected'] as const) : []),
    ],
    must: [[direction], ...(causes.includes('return') ? [['expected' as const]] : [])],
    facts: Object.fromEntries(facts.map(({ id }) => [id, roles[id] ?? causeRules[id]])),
  };
}

/** The rule of a span about the market: what moved, which way, by how much a year. */
export function moveRule(facts: readonly Fact[]): ClaimRule {
  const now = facts.find((fact) => fact.id === 'now');
  const before = facts.find((fact) => fact.id === 'before');
  const move = facts.find((fact) => fact.id === 'move');
  const direction = way(move?.value ?? (now?.value ?? 0) - (before?.value ?? 0));
  const what: Sense = now?.quantity === 'volatility' ? 'volatility' : 'return';
  return {
    may: [direction, what, 'year', 'expected', 'before', ...GOING],
    must: [[direction], [what], ['year'], ...(what === 'return' ? [['expected' as const]] : [])],
    facts: Object.fromEntries(facts.map(({ id }) => [id, roles[id]])),
  };
}

/** The rule of every other claim, from the facts it carries. */
export function ruleOf(
  claim: Exclude<Claim, 'change' | 'market-move'>,
  statement: Statement,
): ClaimRule {
  switch (claim) {
    case 'risk-share':
      return {
        may: ['money', 'risk'],
        must: [],
        facts: { weight: { needs: ['money'] }, share: { needs: ['risk'] } },
      };
    case 'diversification':
      return {
        may: ['volatility', 'apart', 'mix', 'year', 'not-together', 'because', 'so'],
        must: [['volatility'], ['year']],
        facts: { average: { needs: ['apart'] }, mix: { needs: ['mix'] } },
      };
    case 'held-back-by-cost':
      return {
        may: [
          'stay',
          'leave',
          'because',
          'so',
          'becomes',
          'cost',
          'trade',
          'amount',
          'benefit',
          'add',
          'more',
          'less',
          'would',
          'year',
          'money',
        ],
        must: [['cost'], ['stay', 'leave']],
        facts: {
          weight: {
            needs: ['stay', 'leave'],
            accepts: ['stay', 'leave', 'money', 'trade', 'cost'],
          },
          cost: {
            needs: ['cost', 'trade'],
            accepts: ['cost', 'trade', 'benefit', 'add'],
          },
        },
      };
    case 'volatility-budget':
      return withGain(
        statement,
        {
          may: ['limit', 'risk', 'volatility', 'full', 'year', 'most', 'mix', ...STANDING],
          must: [['volatility'], ['limit'], ['year'], ['full', 'most']],
          facts: { bound: { needs: bound } },
        },
        'more',
      );
    case 'return-target':
      return {
        may: ['mix', 'risk', 'return', 'expected', 'need', 'year', 'no-more', 'because', 'so'],
        must: [['return'], ['expected'], ['year'], ['risk'], ['need']],
        facts: { bound: onReturn },
      };
    case 'most-allowed':
      return withGain(
        statement,
        {
          may: ['limit', 'most', 'money', 'stay', ...STANDING],
          must: [['most']],
          facts: { bound: { needs: ['limit', 'most'] } },
        },
        'more',
      );
    case 'least-allowed':
      return withGain(
        statement,
        {
          may: ['limit', 'least', 'money', 'stay', ...STANDING],
          must: [['least']],
          facts: { bound: { needs: ['limit', 'least'] } },
        },
        'less',
      );
  }
}
