import { seededChance } from '../fakes/seeded-chance.ts';

/** For platforms whose fake posts once and plainly: what happens to deliveries on their way. */
export function disturbances() {
  let chance: (() => number) | null = null;
  return {
    begin(seed: number): void {
      chance = seededChance(seed);
    },
    /** Carries a delivery plainly, twice at once, or so that its acknowledgement comes too late. */
    async carry(post: () => Promise<void>): Promise<void> {
      const at = chance?.() ?? 1;
      if (at < 0.1) await Promise.all([post(), post()]);
      else await post();
      if (at >= 0.1 && at < 0.2) throw new Error('The acknowledgement came too late.');
    },
  };
}
