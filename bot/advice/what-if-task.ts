import { EngineError } from '../../engine/errors.ts';
import type { PricePanel } from '../../engine/panel.ts';
import type { RiskReturn } from '../charts/frontier.ts';
import { Refusal } from '../errors.ts';
import { type Solved, solveAdvice } from './advise.ts';
import type { AdviceInputs } from './record.ts';
import { todayOn } from './today-point.ts';
import { wayWords } from './ways.ts';

/** Plain data in and out: it runs on a worker thread. */
export interface WhatIfInput {
  readonly window: PricePanel;
  readonly asked: readonly AdviceInputs[];
}

/** A mix that would be recommended. */
export interface Mix {
  readonly assets: readonly string[];
  /** n fractions of value, CASH among them. */
  readonly weights: Float64Array;
  /** Both per year. */
  readonly expectedReturn: number;
  readonly volatility: number;
  /** What is held today, by the same estimates. */
  readonly today: RiskReturn;
  readonly remarks: readonly string[];
}

type Tell = (done: number, total: number) => void;

/** @throws {Refusal} or an EngineError for the first that has no answer */
export function whatIfTask({ window, asked }: WhatIfInput, tell: Tell): readonly Mix[] {
  return asked.map((inputs, i) => {
    const mix = mixOf(solveAdvice(inputs, window));
    tell(i + 1, asked.length);
    return mix;
  });
}

/** One of several that are compared. */
export interface Compared {
  readonly mix: Mix | null;
  /** Why there is none. */
  readonly reason: string;
}

/**
 * The same where one without an answer is part of the comparison, not the end of it.
 *
 * @throws {EngineError} when none of them has an answer
 */
export function compareTask({ window, asked }: WhatIfInput, tell: Tell): readonly Compared[] {
  const failed: EngineError[] = [];
  const compared = asked.map((inputs, i): Compared => {
    try {
      return { mix: mixOf(solveAdvice(inputs, window)), reason: '' };
    } catch (error) {
      if (error instanceof Refusal) return { mix: null, reason: error.message };
      if (!(error instanceof EngineError)) throw error;
      failed.push(error);
      const { title } = wayWords[inputs.wishes.way];
      return { mix: null, reason: `"${title}" has no answer today. ${error.message}` };
    } finally {
      tell(i + 1, asked.length);
    }
  });
  if (failed.length > 0 && failed.length === asked.length) throw failed[0];
  return compared;
}

/** What is shown of advice that is only looked at. */
export function mixOf(solved: Solved): Mix {
  const { weights, expectedReturn, volatility } = solved.allocation;
  return {
    assets: solved.problem.assets,
    weights,
    expectedReturn,
    volatility,
    today: todayOn(solved),
    remarks: solved.remarks,
  };
}
