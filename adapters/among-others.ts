import type { Block } from '../bot/reply.ts';

/** Where a disclosure stands among others: one alone is small print, several are read as a text. */
export type Among = 'alone' | 'first' | 'later';

/** Where the block at a position stands, by whether its neighbours are disclosures. */
export function amongOthers(blocks: readonly Block[], at: number): Among {
  const discloses = (nth: number) => {
    const block = blocks[nth];
    return block?.kind === 'notice' && block.tone === 'disclosure';
  };
  if (discloses(at - 1)) return 'later';
  return discloses(at + 1) ? 'first' : 'alone';
}
