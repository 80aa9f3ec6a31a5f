import { createHash } from 'node:crypto';
import type { Source } from '../event.ts';
import { createBreaker } from '../explain/breaker.ts';
import { languageOf } from '../explain/language.ts';
import { createModelBudget, type TokenLimits } from '../explain/model-budget.ts';
import type { Model, PromptTemplates } from '../explain/model-port.ts';
import { headingOf, type MustId, phraseOf } from '../explain/phrases.ts';
import { type RewordDeps, type RewordEntry, reword } from '../explain/reword.ts';
import { owe } from '../owe.ts';
import type { Clock, Logger } from '../ports.ts';
import type { Block, Reply } from '../reply.ts';
import type { OutboxRow, Person, Store } from '../store.ts';
import { tracked } from './replies-written.ts';

/** Every reworded block also says that its figures are uncertain and who put it into words. */
const MUST: readonly MustId[] = ['uncertainty', 'machine'];

export interface RewordPorts {
  readonly store: Store;
  readonly model: Model;
  readonly templates: PromptTemplates;
  readonly limits: TokenLimits;
  readonly clock: Clock;
  readonly log: Logger;
  readonly deadlineMs?: number;
}

/** A reply as it was put in the outbox. */
export type Written = Pick<OutboxRow, 'conversation' | 'source' | 'reply'>;

/**
 * Rewords replies after they were committed: the plain sentences are on their way already, and a good
 * rewording that comes in time takes their place as an edit of the same message, buttons and all.
 *
 * @returns the store to give the bot, which tells of every reply it commits, and `idle` for the end
 */
export function createRewording(ports: RewordPorts): {
  readonly store: Store;
  idle(): Promise<void>;
} {
  const { store, clock, log } = ports;
  const breaker = createBreaker(clock);
  const budget = createModelBudget(clock, ports.limits);
  const running = new Set<Promise<void>>();

  async function run(written: Written, current: () => boolean): Promise<void> {
    const person = await store.read.people.byIdentity(written.source);
    if (person === null) return;
    const record = (entry: RewordEntry) => keep(store, written.source, person, entry);
    const deps: RewordDeps = { ...ports, breaker, budget, record };
    const blocks = await Promise.all(
      written.reply.blocks.map((block) => reworded(deps, person, block)),
    );
    if (blocks.every((block, at) => block === written.reply.blocks[at]) || !current()) return;
    await edit(store, { ...written, reply: { ...written.reply, blocks } }, current, clock.now());
  }

  const watched = tracked(store, (written, current) => {
    const work = run(written, current)
      .catch((error: unknown) => {
        const code = error instanceof Error ? error.constructor.name : 'unknown';
        log.warn({ code }, 'not reworded; the plain sentences stand');
      })
      .finally(() => running.delete(work));
    running.add(work);
  });
  return {
    store: watched,
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

async function reworded(deps: RewordDeps, person: Person, block: Block): Promise<Block> {
  if (block.kind !== 'text' || block.statements === undefined) return block;
  const language = languageOf(person.locale);
  const result = await reword(deps, {
    statements: block.statements,
    must: MUST,
    language,
    pseudonym: person.pseudonym,
    workspace: person.workspace,
  });
  if (result.kind === 'kept') return block;
  // What always has to be said is no reason, so it stands below them.
  const fixed = MUST.map((id) => phraseOf(id, language));
  const lines = result.text.split('\n');
  const reasons = lines.filter((line) => !fixed.includes(line)).map((line) => `• ${line}`);
  const heading = block.text.startsWith('**') ? [`**${headingOf(language)}**`] : [];
  return { kind: 'text', text: `${[...heading, ...reasons].join('\n')}\n\n${fixed.join(' ')}` };
}

async function edit(
  store: Store,
  { conversation, source, reply }: Written,
  current: () => boolean,
  at: number,
): Promise<void> {
  const edited: Reply = { ...reply, notify: 'silent', replaces: reply.key };
  await store.transact(async (tx) => {
    await tx.lock(conversation);
    // Forgotten or overtaken while the model was thinking: nothing is said.
    if ((await tx.people.byIdentity(source)) === null || !current()) return;
    await owe(tx, { conversation, source, inboxId: null }, [edited], at);
  });
}

/** The whole call in the audit; the long instruction once, under its hash. */
async function keep(
  store: Store,
  source: Source,
  person: Person,
  entry: RewordEntry,
): Promise<void> {
  const { prompt, at, ...rest } = entry;
  const system = new TextEncoder().encode(prompt.system);
  const hash = createHash('sha256').update(system).digest('hex');
  await store.transact(async (tx) => {
    await tx.artifacts.put(hash, system);
    // Who asked to be forgotten while the model was thinking leaves no figures behind.
    const forgotten = (await tx.people.byIdentity(source)) === null;
    const { model, tokens } = entry;
    await tx.audit.append({
      workspace: person.workspace,
      actor: 'model',
      person: person.person,
      kind: 'reworded',
      payload: forgotten
        ? { model, tokens, forgotten }
        : { ...rest, system: hash, user: prompt.user },
      at,
    });
  });
}
