import { createHash } from 'node:crypto';
import type { Scope } from '../store.ts';

/** The broker's name for a person's account. */
export function accountOf(scope: Scope): string {
  return `${scope.workspace}:${scope.person}`;
}

/** Derived from proposal and leg, so that a retry names the same order and cannot buy twice. */
export function clientOrderId(proposalId: string, leg: number): string {
  return createHash('sha256').update(`${proposalId}#${leg}`).digest('hex').slice(0, 32);
}
