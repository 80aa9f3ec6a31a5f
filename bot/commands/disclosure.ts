import type { Block } from '../reply.ts';

/** What everyone reads and agrees to first. A new version is shown, and agreed to, again. */
export const DISCLOSURE: { readonly version: string; readonly points: readonly string[] } = {
  version: '2026-11',
  points: [
    '**A machine.** I am a program, not a person. An algorithm works out every number; no language model does.',
    '**What the algorithm does.** From past prices it estimates how investments rise, swing and move together. It looks for the mix that fits your goal inside the limits of your risk profile, and tests it against history.',
    '**What it assumes, and where it ends.** It assumes that the future will resemble the past in its swings. It may not. You can lose money, also with a careful mix. It knows only what you tell it: not your taxes, your pension or your family.',
    '**What people do.** Nothing is bought or sold until you press Confirm. The people who run this installation set its limits, can read its record, and are there when something breaks.',
    '**Fees and conflicts.** Keel charges nothing and is paid by nobody for what it recommends. Trades go to a paper account: no real money moves, and spread, slippage and commission are simulated.',
    '**Prices.** Every answer names where its prices come from and how old they are. Where they are simulated, it says so.',
    '**Your data.** I keep your answers, goal, holdings, and what was advised and done. /export shows all of it. /forget erases what no rule obliges us to keep, and says what stays.',
  ],
};

/** The disclosure as blocks, one notice each, so that every platform shows all of it. */
export function disclosureBlocks(): readonly Block[] {
  return DISCLOSURE.points.map((text) => ({ kind: 'notice', tone: 'disclosure', text }));
}
