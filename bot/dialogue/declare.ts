import { lockTrading } from '../advice/trading-lock.ts';
import type { Holdings, ProposalState } from '../advice/types.ts';
import type { Context, Outcome } from '../commands/command.ts';
import { Conflict, Refusal } from '../errors.ts';
import type { Reads, Scope } from '../store.ts';
import { declaration } from './declaration.ts';
import { recordedReply } from './holdings-replies.ts';
import { placeOf, privately } from './place.ts';
import type { Portfolio } from './portfolio-edit.ts';

const filling: readonly ProposalState[] = ['confirmed', 'submitting', 'partly-filled'];

/** Fills are about to change the ledger: nobody may declare over them. @throws Refusal */
export async function requireNothingFilling(
  read: Pick<Reads, 'proposals'>,
  scope: Scope,
): Promise<void> {
  if (await isFilling(read, scope)) {
    throw new Refusal(
      'filling',
      'Your rebalance is still being carried out, so I cannot change your holdings now. Try again when it is done; /history shows how far it is.',
    );
  }
}

async function isFilling(read: Pick<Reads, 'proposals'>, scope: Scope): Promise<boolean> {
  const recent = await read.proposals.list(scope, 20);
  return recent.some(({ state }) => filling.includes(state));
}

/**
 * Writes what somebody holds: exact differences in the ledger, what the broker is owed for them, and
 * the record, in one transaction. Advice given for the former holdings can no longer be confirmed.
 */
export async function declare(
  context: Context,
  holdings: Holdings,
  portfolio: Portfolio,
): Promise<Outcome> {
  const { person, now } = context;
  await requireNothingFilling(context.read, person);
  const market = await context.market();
  const { entries, transfers } = declaration(person, holdings, portfolio, market.quotes, now);
  const place = placeOf(context);
  if (entries.length === 0) {
    const text = 'That is what I had already, so nothing changes.';
    return { replies: [privately(place, [{ kind: 'text', text }])], dialogue: null };
  }
  return {
    replies: [recordedReply(portfolio, market, place)],
    dialogue: null,
    commit: async (tx) => {
      await lockTrading(tx, person);
      // Confirmed between reading and committing: the handler runs again and refuses.
      if (await isFilling(tx, person)) throw new Conflict('A proposal began to fill.');
      await tx.ledger.append(person, entries, holdings.version);
      for (const transfer of transfers) await tx.transfers.owe(transfer);
      await tx.proposals.supersedeOpen(person, now);
      await tx.audit.append({
        workspace: person.workspace,
        actor: person.person,
        person: person.person,
        kind: 'holdings-declared',
        payload: {
          source: market.source,
          entries: entries.map(({ id, asset, units, cashMinor, costMinor, currency }) => ({
            id,
            asset,
            units: String(units),
            cashMinor: String(cashMinor),
            costMinor: String(costMinor),
            currency,
          })),
        },
        at: now,
      });
      await tx.jobs.send('settle', {}, { singletonKey: 'settle' });
      return undefined;
    },
  };
}
