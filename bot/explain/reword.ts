import { PortError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Breaker } from './breaker.ts';
import { checkRewording } from './check/check-rewording.ts';
import type { Verdict } from './check/verdict.ts';
import type { Language } from './language.ts';
import type { ModelBudget } from './model-budget.ts';
import type { Model, PromptTemplates } from './model-port.ts';
import type { MustId } from './phrases.ts';
import { canBeReworded, promptFor } from './prompt.ts';
import type { Fact, Statement } from './statement.ts';

/** Everything about one call to the model, for the record: what went in, came out and was judged. */
export interface RewordEntry {
  readonly workspace: string;
  readonly pseudonym: string;
  readonly language: Language;
  readonly at: number;
  readonly prompt: { readonly system: string; readonly user: string };
  readonly facts: readonly Fact[];
  /** null when no answer came. */
  readonly output: string | null;
  readonly model: string;
  readonly verdict:
    | Verdict
    | { readonly ok: false; readonly reason: KeptReason; readonly detail: string };
  /** An upper estimate of the tokens it may have cost. */
  readonly tokens: number;
  readonly tookMs: number;
}

export interface RewordDeps {
  readonly model: Model;
  readonly templates: PromptTemplates;
  readonly breaker: Breaker;
  readonly budget: ModelBudget;
  readonly clock: Clock;
  /** Keeps the entry durably; a rewording that cannot be recorded is not used. */
  readonly record: (entry: RewordEntry) => Promise<void>;
  readonly deadlineMs?: number;
}

export interface RewordRequest {
  readonly statements: readonly Statement[];
  readonly must: readonly MustId[];
  readonly language: Language;
  readonly pseudonym: string;
  readonly workspace: string;
}

export type KeptReason = 'nothing-to-say' | 'breaker-open' | 'over-budget' | 'no-answer' | 'late';

export interface Reworded {
  readonly kind: 'reworded';
  /** One line a statement, then the fixed sentences; every number filled in by code. */
  readonly text: string;
}

export interface Kept {
  readonly kind: 'kept';
  readonly why: KeptReason | 'void' | 'not-recorded';
}

export const DEADLINE_MS = 4_000;

/** Rewords statements within the deadline, or says why the plain sentences stand. Never throws. */
export async function reword(deps: RewordDeps, request: RewordRequest): Promise<Reworded | Kept> {
  const { model, clock } = deps;
  const { statements, must, language, pseudonym, workspace } = request;
  if (!canBeReworded(statements)) return { kind: 'kept', why: 'nothing-to-say' };
  const prompt = promptFor(deps.templates, statements, must, language, pseudonym);
  const maxTokens = 150 * (statements.length + must.length);
  // Four characters make a token or more in these languages; placeholders make it worse.
  const tokens = Math.ceil((prompt.system.length + prompt.user.length) / 3) + maxTokens;
  if (!deps.budget.take(workspace, pseudonym, tokens)) return { kind: 'kept', why: 'over-budget' };
  if (!deps.breaker.admits()) {
    // Given back: an outage costs nobody their budget.
    deps.budget.take(workspace, pseudonym, -tokens);
    return { kind: 'kept', why: 'breaker-open' };
  }

  const at = clock.now();
  const began = performance.now();
  const asked = await ask(deps, prompt, maxTokens);
  const entry = {
    workspace,
    pseudonym,
    language,
    at,
    prompt,
    facts: statements.flatMap((each) => each.facts),
    tokens,
    tookMs: Math.round(performance.now() - began),
  };
  if ('failed' in asked) {
    deps.breaker.failed();
    const verdict = { ok: false, reason: asked.failed, detail: asked.detail } as const;
    await recorded(deps, { ...entry, output: null, model: model.name, verdict });
    return { kind: 'kept', why: asked.failed };
  }
  deps.breaker.succeeded();
  const verdict = checkRewording(statements, asked.text, language, must);
  const kept = await recorded(deps, { ...entry, output: asked.text, model: asked.model, verdict });
  if (!verdict.ok) return { kind: 'kept', why: 'void' };
  return kept ? { kind: 'reworded', text: verdict.filled } : { kind: 'kept', why: 'not-recorded' };
}

type Asked =
  | { readonly text: string; readonly model: string }
  | { readonly failed: 'no-answer' | 'late'; readonly detail: string };

/** Asks once. The deadline holds even against a client that does not heed its signal. */
async function ask(
  { model, deadlineMs = DEADLINE_MS }: RewordDeps,
  prompt: { readonly system: string; readonly user: string },
  maxTokens: number,
): Promise<Asked> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Asked>((resolve) => {
    timer = setTimeout(() => {
      resolve({ failed: 'late', detail: `no answer within ${deadlineMs} ms` });
      controller.abort();
    }, deadlineMs);
  });
  const answer = model.complete(prompt, { signal: controller.signal, maxTokens }).catch(
    (error: unknown): Asked => ({
      failed: error instanceof PortError && error.code === 'timeout' ? 'late' : 'no-answer',
      // Only our own words: a client's message can repeat keys and prompts.
      detail:
        error instanceof PortError ? `${error.code}: ${error.message}` : 'a fault in the client',
    }),
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function recorded(deps: RewordDeps, entry: RewordEntry): Promise<boolean> {
  try {
    await deps.record(entry);
    return true;
  } catch {
    return false;
  }
}
