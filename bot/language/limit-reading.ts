import type { Constraint } from '../../engine/constraints/index.ts';
import { limitEcho } from './limit-echo.ts';
import type { LimitSign } from './limit-signs.ts';
import { limitValue } from './limit-value.ts';

/** A way to understand a sentence about limits. */
export interface LimitOption {
  readonly label: string;
  readonly limits: readonly Constraint[];
}

/** What a sentence about limits means: limits, a question with its answers, or what to write instead. */
export type LimitReading =
  | { readonly state: 'understood'; readonly limits: readonly Constraint[] }
  | {
      readonly state: 'ambiguous';
      readonly question: string;
      readonly options: readonly LimitOption[];
    }
  | { readonly state: 'unclear'; readonly ask: string };

export function understood(...limits: readonly Constraint[]): LimitReading {
  return { state: 'understood', limits };
}

export function unclear(ask: string): LimitReading {
  return { state: 'unclear', ask };
}

/** A question between readings, each said back in its own words. */
export function choice(question: string, ways: readonly (readonly Constraint[])[]): LimitReading {
  const options = ways.map((limits) => ({ label: limits.map(limitEcho).join(', '), limits }));
  return { state: 'ambiguous', question, options };
}

/**
 * Reads values and builds on them. A bare 1 may be one percent or all of it: both are built, and asked
 * about. A bare number beside a percentage is a percentage too.
 */
export function withValues(
  parts: readonly (readonly LimitSign[])[],
  build: (...fractions: number[]) => LimitReading,
): LimitReading {
  const percent = parts.some((part) => part.at(-1)?.sign === 'V');
  let readings: number[][] = [[]];
  for (const part of parts) {
    const read = limitValue(part, percent);
    if (read.state === 'bad') return unclear(read.ask);
    const fractions = read.state === 'one' ? [read.fraction] : read.fractions;
    readings = readings.flatMap((before) => fractions.map((one) => [...before, one]));
  }
  if (readings.length === 1) return build(...readings[0]);
  const ways = readings.map((one) => build(...one));
  const other = ways.find((way) => way.state !== 'understood');
  if (other !== undefined) return other;
  return choice(
    'Do you mean 1 % or all of it?',
    ways.map((way) => (way.state === 'understood' ? way.limits : [])),
  );
}
