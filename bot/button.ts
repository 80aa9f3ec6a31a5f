import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Random } from './ports.ts';
import type { Act, ActionOf, Draft, Reply } from './reply.ts';
import type { ButtonRow, Scope } from './store.ts';

/** 96 random bits name the button and 96 bits sign it: 36 characters, inside Telegram's 64 bytes. */
const ID_BYTES = 12;
const MAC_BYTES = 12;
const TOKEN = /^v1\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{16})$/;

function mac(key: Uint8Array, id: string): Buffer {
  return createHmac('sha256', key).update(`v1.${id}`).digest().subarray(0, MAC_BYTES);
}

/** HMAC-SHA256 of a text as hex; no text makes it a button's signature, which signs "v1." and an id. */
export function keyedHash(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(`keyed hash of ${text}`).digest('hex');
}

/** Signs a button's id. The token says nothing about what the button does. */
export function signButton(key: Uint8Array, id: string): string {
  return `v1.${id}.${mac(key, id).toString('base64url')}`;
}

/** The id inside a token, or null when it was not signed here; compared in constant time. */
export function verifyButton(key: Uint8Array, token: string): string | null {
  const match = TOKEN.exec(token);
  if (match === null) return null;
  const given = Buffer.from(match[2], 'base64url');
  const expected = mac(key, match[1]);
  return given.length === expected.length && timingSafeEqual(given, expected) ? match[1] : null;
}

/**
 * Turns a draft into what is stored and sent: each act becomes a row and a signed token, so nothing
 * about it leaves the database.
 */
export function seal(
  draft: Draft,
  place: { scope: Scope; conversation: string },
  key: Uint8Array,
  random: Random,
): { reply: Reply; rows: ButtonRow[] } {
  const rows: ButtonRow[] = [];
  const sealed = (action: Exclude<ActionOf<Act>, { kind: 'link' }>): string => {
    const id = Buffer.from(random.bytes(ID_BYTES)).toString('base64url');
    rows.push({
      id,
      workspace: place.scope.workspace,
      person: place.scope.person,
      conversation: place.conversation,
      messageKey: draft.key,
      kind: action.kind,
      form: action.kind === 'form' ? action.form : null,
      initial: action.kind === 'form' ? (action.initial ?? null) : null,
      act: action.do,
      usedAt: null,
      usedBy: null,
    });
    return signButton(key, id);
  };
  const actions = draft.actions.map((action): ActionOf<string> => {
    if (action.kind === 'link') return action;
    return { ...action, do: sealed(action) } as ActionOf<string>;
  });
  return { reply: { ...draft, actions }, rows };
}
