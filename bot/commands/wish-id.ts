import { canonical, sha256 } from '../advice/canonical.ts';

/** A short name of a wish by what it says, for menus: it fits a button of every platform. */
export function wishId(wish: unknown): string {
  return sha256(canonical(wish)).slice(0, 16);
}
