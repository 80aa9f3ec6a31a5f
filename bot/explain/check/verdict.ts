/** Why a rewording is void. Codes are kept in the record; they are never shown to people. */
export type VoidReason =
  | 'length'
  | 'character'
  | 'digit'
  | 'link'
  | 'mention'
  | 'markup'
  | 'shape'
  | 'unknown-fact'
  | 'repeated-fact'
  | 'missing-fact'
  | 'missing-must'
  | 'number-word'
  | 'promise'
  | 'advice'
  | 'negation'
  | 'direction'
  | 'foreign-name'
  | 'missing-subject'
  | 'wrong-subject'
  | 'wrong-quantity'
  | 'wrong-role'
  | 'missing-hedge'
  | 'unknown-word'
  | 'not-reworded';

export interface Void {
  readonly ok: false;
  readonly reason: VoidReason;
  readonly detail: string;
}

export type Verdict = { readonly ok: true; readonly filled: string } | Void;

/** Thrown inside the check by the first rule that fails; never leaves it. */
export class Refused extends Error {
  readonly reason: VoidReason;
  constructor(reason: VoidReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}
