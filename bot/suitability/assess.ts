import type { RiskProfile, Scored } from './scoring.ts';
import { type Answers, score } from './scoring.ts';
import { type Unsuitability, unsuitabilityOf } from './unsuitable.ts';

/** What stored answers come to: a profile, a kind no, or what is missing to say. */
export type Assessment =
  | { readonly kind: 'suitable'; readonly risk: RiskProfile }
  | { readonly kind: 'unsuitable'; readonly reasons: readonly Unsuitability[] }
  | { readonly kind: 'incomplete'; readonly problem: Exclude<Scored, { kind: 'scored' }> };

/** Judges answers as they were stored. Unsuitability counts even when the rest was never answered. */
export function assess(stored: {
  readonly questionnaire: string;
  readonly answers: Answers;
}): Assessment {
  const scored = score(stored.answers, stored.questionnaire);
  if (scored.kind === 'unknown-version') return { kind: 'incomplete', problem: scored };
  const reasons = unsuitabilityOf(stored.answers);
  if (reasons.length > 0) return { kind: 'unsuitable', reasons };
  if (scored.kind === 'scored') return { kind: 'suitable', risk: scored.risk };
  return { kind: 'incomplete', problem: scored };
}
