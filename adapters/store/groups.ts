import { sql } from 'drizzle-orm';
import type { Reads, Tx } from '../../bot/store.ts';
import {
  readAnswers,
  readGoals,
  readWishes,
  writeAnswers,
  writeGoals,
  writeWishes,
} from './answers.ts';
import { readAudit, writeAudit } from './audit.ts';
import { readBars, writeBars } from './bars.ts';
import { readButtons, writeButtons } from './buttons.ts';
import { readDialogues, writeDialogues } from './dialogues.ts';
import type { Executor } from './executor.ts';
import { exportPerson } from './export.ts';
import { readInbox, writeInbox } from './inbox.ts';
import { readLedger, writeLedger } from './ledger.ts';
import { readLinks, writeLinks } from './links.ts';
import { readOrders, writeOrders } from './orders.ts';
import { readOutbox, writeOutbox } from './outbox.ts';
import { readPeople, writePeople } from './people.ts';
import { readProposals, writeProposals } from './proposals.ts';
import {
  readArtifacts,
  readRecommendations,
  writeArtifacts,
  writeRecommendations,
} from './recommendations.ts';
import { readTransfers, writeTransfers } from './transfers.ts';

/** Every read, on a connection or inside a transaction. */
export function readsOf(db: Executor): Reads {
  return {
    people: readPeople(db),
    links: readLinks(db),
    dialogues: readDialogues(db),
    answers: readAnswers(db),
    goals: readGoals(db),
    wishes: readWishes(db),
    ledger: readLedger(db),
    recommendations: readRecommendations(db),
    artifacts: readArtifacts(db),
    proposals: readProposals(db),
    orders: readOrders(db),
    transfers: readTransfers(db),
    buttons: readButtons(db),
    bars: readBars(db),
    audit: readAudit(db),
    inbox: readInbox(db),
    outbox: readOutbox(db),
    export: (scope) => exportPerson(db, scope),
  };
}

/** Every read and write of one transaction. */
export function txOf(tx: Executor, send: Tx['jobs']['send']): Tx {
  return {
    lock: async (key) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
    },
    people: writePeople(tx),
    links: writeLinks(tx),
    dialogues: writeDialogues(tx),
    answers: writeAnswers(tx),
    goals: writeGoals(tx),
    wishes: writeWishes(tx),
    ledger: writeLedger(tx),
    recommendations: writeRecommendations(tx),
    artifacts: writeArtifacts(tx),
    proposals: writeProposals(tx),
    orders: writeOrders(tx),
    transfers: writeTransfers(tx),
    buttons: writeButtons(tx),
    bars: writeBars(tx),
    audit: writeAudit(tx),
    inbox: writeInbox(tx),
    outbox: writeOutbox(tx),
    export: (scope) => exportPerson(tx, scope),
    jobs: { send },
  };
}
