import type { BrokerDatabase } from './database.ts';
import { Refused } from './refused.ts';
import type { WireAccount, WireTransfer } from './wire.ts';
import { toJson } from './wire.ts';

const LARGEST = 9_000_000_000_000_000_000n;

/** Cash and positions of the broker's accounts. Nothing here ever goes below zero. */
export function createAccounts(database: BrokerDatabase) {
  function read(account: string): WireAccount {
    const row = database.one('select * from accounts where account = ?', account);
    const positions = database.all(
      'select asset, units from positions where account = ? and units > 0 order by asset',
      account,
    );
    return {
      account,
      cashMinor: (row?.cash_minor as bigint | undefined) ?? 0n,
      currency: (row?.currency as string | undefined) ?? 'USD',
      positions: positions.map((each) => ({
        asset: each.asset as string,
        units: each.units as bigint,
      })),
    };
  }

  function unitsOf(account: string, asset: string): bigint {
    const row = database.one(
      'select units from positions where account = ? and asset = ?',
      account,
      asset,
    );
    return (row?.units as bigint | undefined) ?? 0n;
  }

  /** Changes cash and one position together. @throws Refused when either would leave its range */
  function move(account: string, currency: string, cash: bigint, asset: string, units: bigint) {
    const before = read(account);
    if (before.cashMinor !== 0n && before.currency !== currency) {
      throw new Refused(
        'currency',
        `The account is kept in ${before.currency}, not in ${currency}.`,
      );
    }
    const nextCash = before.cashMinor + cash;
    const nextUnits = unitsOf(account, asset) + units;
    if (nextCash < 0n) throw new Refused('no-cash', 'Not enough cash in the account.');
    if (nextUnits < 0n) throw new Refused('no-units', `Not enough ${asset} in the account.`);
    if (nextCash > LARGEST || nextUnits > LARGEST) {
      throw new Refused('too-large', 'More than an account can hold.');
    }
    database.run(
      `insert into accounts values (?, ?, ?)
       on conflict (account) do update set currency = excluded.currency, cash_minor = excluded.cash_minor`,
      account,
      currency,
      nextCash,
    );
    if (units === 0n) return;
    database.run(
      `insert into positions values (?, ?, ?)
       on conflict (account, asset) do update set units = excluded.units`,
      account,
      asset,
      nextUnits,
    );
  }

  /** Moves holdings in or out once; the same id again changes nothing. */
  function transfer(wanted: WireTransfer): void {
    database.transact(() => {
      const content = toJson(wanted);
      const known = database.one('select content from transfers where id = ?', wanted.id);
      if (known !== null) {
        if (known.content === content) return;
        throw new Refused('duplicate', 'That transfer id was used for something else.');
      }
      if (wanted.asset === null && wanted.units !== 0n) {
        throw new Refused('malformed', 'Units without an asset.', 400);
      }
      move(wanted.account, wanted.currency, wanted.cashMinor, wanted.asset ?? '', wanted.units);
      database.run('insert into transfers values (?, ?)', wanted.id, content);
    });
  }

  return { read, unitsOf, move, transfer };
}

export type Accounts = ReturnType<typeof createAccounts>;
