import {
  EngineError,
  type Limits,
  type Method,
  optimize,
  type Problem,
} from '../../engine/index.ts';
import {
  limitedTo,
  measured,
  randomProblem,
} from '../../engine/optimizers/limits/random-problem.fixture.ts';
import { randomSource } from '../../engine/random.ts';
import { type Judgement, judge } from './checker.ts';

const methods = [
  'minimum-variance',
  'target-return',
  'target-volatility',
  'mean-variance-utility',
  'minimum-tracking-error',
] as const satisfies Method[];

const keys = ['turnover', 'volatility', 'trackingError'] as const;

export interface Played {
  readonly solved: number;
  readonly refused: number;
  /** Answers with at least one further limit that has a price. */
  readonly bound: number;
  readonly failures: readonly string[];
  readonly worst: Judgement;
}

/** Solves random problems of 3 to 30 assets under up to three further limits and market impact. */
export function playCampaign(firstSeed: number, count: number): Played {
  const failures: string[] = [];
  const worst = { infeasibility: 0, complementarity: 0, stationarity: 0 };
  let [solved, refused, bound] = [0, 0, 0];
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const method = methods[seed % methods.length];
    try {
      const problem = tightProblem(seed, method);
      const answer = optimize(method, problem);
      const found = judge(problem, answer);
      solved++;
      if (
        answer.binding.some(({ limit }) => /^(?:turnover|volatility|tracking error)$/.test(limit))
      )
        bound++;
      for (const key of Object.keys(worst) as (keyof Judgement)[]) {
        worst[key] = Math.max(worst[key], found[key]);
        if (!(found[key] < 2e-8)) failures.push(`${seed} ${method}: ${key} ${found[key]}`);
      }
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      refused++;
      if (error.code !== 'infeasible') failures.push(`${seed} ${method}: ${error.message}`);
    }
  }
  return { solved, refused, bound, failures, worst };
}

/** A problem with limits that the method's own answer breaks, or nearly. */
function tightProblem(seed: number, method: Method): Problem {
  const random = randomSource(seed);
  const problem = randomProblem(seed, 3 + random.integer(28));
  const { weights } = optimize(method, problem);
  const limits: { -readonly [K in keyof Limits]?: Limits[K] } = {};
  for (const key of keys)
    if (random.uniform() < 0.4)
      limits[key] = (0.8 + 0.25 * random.uniform()) * measured[key](problem, weights);
  const impact = problem.expectedReturns.map(() =>
    random.uniform() < 0.2 ? 0 : 10 ** (-4 + 4 * random.uniform()),
  );
  const tight = limitedTo(problem, limits);
  return random.uniform() < 0.3 ? { ...tight, marketImpact: impact } : tight;
}
