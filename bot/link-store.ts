import type { Source } from './event.ts';
import type { AccountOrigin, LinkCode, LinkedIdentity, Scope } from './stored.ts';

/** What the store knows of identities that share an account. */
export interface LinkReads {
  /** The platforms' accounts of a person: the one that began it first, then in the order they joined. */
  of(scope: Scope): Promise<readonly LinkedIdentity[]>;
  origin(scope: Scope): Promise<AccountOrigin>;
  code(digest: string): Promise<LinkCode | null>;
  /** Wrong codes from an identity after a moment, and when the first of them came. */
  wrong(
    source: Source,
    after: number,
  ): Promise<{ readonly count: number; readonly first: number | null }>;
}

/** What changes it, inside a transaction. */
export interface LinkWrites {
  /** Stores a code; earlier ones of the same person that were not used end at once. */
  putCode(code: LinkCode): Promise<void>;
  /** Consumes a code. @returns false when it was used before, or has ended */
  useCode(digest: string, at: number): Promise<boolean>;
  /** Ends the codes of a person that were not used. */
  endCodes(scope: Scope, at: number): Promise<void>;
  countWrong(source: Source, at: number): Promise<void>;
  /** Holds identities until commit, so that nothing is answered for them meanwhile. */
  hold(
    identities: readonly Pick<Source, 'platform' | 'installation' | 'identity'>[],
  ): Promise<void>;
  /**
   * Moves an identity from its account to that of a code, and keeps its own for the day it leaves.
   * @throws Conflict when it, or who asked for the code, has moved on
   */
  join(source: Source, home: Scope, code: LinkCode, at: number): Promise<void>;
  /**
   * Gives an identity its own account back, or a new one when it began this one. What is still
   * owed to it is not sent; outcomes of trades under way are told at `successor` instead.
   * @throws Conflict when it is no longer part of the account
   */
  leave(identity: LinkedIdentity, from: Scope, successor: Source, at: number): Promise<Scope>;
}
