import type { Clock } from '../ports.ts';

export interface TokenLimits {
  readonly person: number;
  readonly workspace: number;
}

export interface ModelBudget {
  /** Sets tokens aside; a negative number gives some back. @returns false, and sets nothing aside, when a limit would be passed. */
  take(workspace: string, person: string, tokens: number): boolean;
}

const MS_PER_DAY = 86_400_000;

/**
 * Tokens per UTC day for each person and workspace. Kept in this process: several processes have a
 * budget each and a restart begins a new one; what was spent stays in the record of every call.
 */
export function createModelBudget(clock: Clock, limits: TokenLimits): ModelBudget {
  let day = Number.NaN;
  const spent = new Map<string, number>();
  return {
    take(workspace, person, tokens) {
      const today = Math.floor(clock.now() / MS_PER_DAY);
      if (today !== day) spent.clear();
      day = today;
      const accounts = [
        [JSON.stringify([workspace]), limits.workspace],
        [JSON.stringify([workspace, person]), limits.person],
      ] as const;
      if (accounts.some(([key, most]) => (spent.get(key) ?? 0) + tokens > most)) return false;
      for (const [key] of accounts) spent.set(key, (spent.get(key) ?? 0) + tokens);
      return true;
    },
  };
}
