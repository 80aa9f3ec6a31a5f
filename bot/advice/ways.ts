import { EngineError } from '../../engine/errors.ts';
import type { Method } from '../../engine/optimizers/index.ts';
import { Refusal } from '../errors.ts';
import { formatPercent } from '../language/format.ts';
import type { Policy } from '../suitability/policy.ts';
import type { Way } from '../wishes.ts';
import type { Chosen, Solve } from './objective.ts';

export interface WayWords {
  /** On a button; at most 27 bytes. */
  readonly title: string;
  /** What the mix is, after "the mix ". */
  readonly what: string;
  /** When it suits, as a whole sentence. */
  readonly suits: string;
}

/** Every way to choose a mix in plain words, Keel's own first. */
export const wayWords: Readonly<Record<Way, WayWords>> = {
  goal: {
    title: 'Follow my goal',
    what: 'that your goal asks for, within your risk limit',
    suits: 'It suits most people, because the method follows from what the money is for.',
  },
  'least-risk': {
    title: 'Least risk',
    what: 'with the least volatility within your limits',
    suits: 'It suits money that you may need soon.',
  },
  'best-ratio': {
    title: 'Best return for its risk',
    what: 'with the most expected return for each unit of volatility',
    suits: 'It suits you if you trust my estimates of returns.',
  },
  'equal-risk': {
    title: 'Equal risk from each part',
    what: 'in which every part carries the same share of the risk',
    suits: 'It suits you if you trust no estimate of returns: it uses none.',
  },
  'most-diversified': {
    title: 'Most diversified',
    what: 'whose parts cancel as much of each other’s swings as they can',
    suits: 'It suits you if you trust no estimate of returns: it uses none.',
  },
  'mild-tails': {
    title: 'Mildest bad days',
    what: 'that loses least on the worst 1 in 20 days',
    suits: 'It suits you if bad days worry you more than ordinary swings.',
  },
  doubtful: {
    title: 'Doubt the estimates',
    what: 'that does best if returns turn out as badly as the error of my estimates allows',
    suits: 'It suits you if you want estimates of returns to count for little.',
  },
};

const methods: Readonly<Record<Exclude<Way, 'goal'>, Method>> = {
  'least-risk': 'minimum-variance',
  'best-ratio': 'maximum-sharpe',
  'equal-risk': 'risk-parity',
  'most-diversified': 'maximum-diversification',
  'mild-tails': 'minimum-cvar',
  doubtful: 'robust-mean-variance',
};

/**
 * The mix of a way that the person chose, within the profile's volatility budget.
 *
 * @throws {Refusal} 'no-way' when it has no answer on today's market, saying why
 */
export function alongWay(way: Exclude<Way, 'goal'>, policy: Policy, solve: Solve): Chosen {
  const objective = { method: methods[way], volatilityLimit: policy.volatilityBudget };
  try {
    const remark = `You chose the way "${wayWords[way].title}": the mix ${wayWords[way].what}, with at most ${formatPercent(policy.volatilityBudget)} volatility a year. Your goal does not steer it.`;
    return { objective, allocation: solve(objective), requiredReturn: null, remarks: [remark] };
  } catch (error) {
    if (!(error instanceof EngineError) || !unanswerable.has(error.code)) throw error;
    throw new Refusal(
      'no-way',
      `"${wayWords[way].title}" has no answer today: ${error.message} Choose another way with /method.`,
    );
  }
}

/** What the market can do to a way; anything else is about the limits, or a fault. */
const unanswerable: ReadonlySet<string> = new Set(['no-excess-return', 'zero-variance']);
