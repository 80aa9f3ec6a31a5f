import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canFollow,
  isFinal,
  isOpen,
  proposalHash,
  proposalStates,
  transition,
} from './proposal.ts';
import type { Leg, Proposal } from './types.ts';

const leg: Leg = {
  index: 0,
  asset: 'SPY',
  side: 'buy',
  units: 150_000_000n,
  price: 400.25,
  amount: { minor: 60_038n, currency: 'USD' },
  cost: { minor: 31n, currency: 'USD' },
};

const proposed: Proposal = {
  id: 'p1',
  workspace: 'w',
  person: 'me',
  recommendationId: 'r1',
  version: 1,
  hash: proposalHash([leg], 20_000),
  state: 'proposed',
  legs: [leg],
  pricedOn: 20_000,
  createdAt: 0,
  expiresAt: 900_000,
  confirmedBy: null,
  reason: null,
  source: { platform: 'web', installation: 'i', conversation: 'c', identity: 'me' },
  messageKey: 'm1',
};

test('a proposal runs from proposed to filled, one version at a time', () => {
  const confirmed = transition(proposed, 'confirmed', { confirmedBy: 'me' });
  const filled = transition(
    transition(transition(confirmed, 'submitting'), 'partly-filled'),
    'filled',
  );
  expect(filled.version).toBe(5);
  expect(filled.confirmedBy).toBe('me');
  expect(proposed.version).toBe(1);
});

test('what was never confirmed cannot be sent, and what was sent cannot be superseded', () => {
  expect(() => transition(proposed, 'submitting')).toThrow(RangeError);
  const submitting = transition(transition(proposed, 'confirmed'), 'submitting');
  expect(() => transition(submitting, 'superseded')).toThrow('cannot become superseded');
  expect(() => transition(submitting, 'confirmed')).toThrow(RangeError);
});

test('random sequences never reach an illegal state, and final states stay', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...proposalStates), { maxLength: 30 }), (wishes) => {
      let now = proposed;
      for (const wish of wishes) {
        if (canFollow(now.state, wish)) {
          const next = transition(now, wish);
          expect(next.version).toBe(now.version + 1);
          expect(isFinal(now.state)).toBe(false);
          now = next;
        } else {
          expect(() => transition(now, wish)).toThrow(RangeError);
        }
        // Everything that was ever sent went through a confirmation.
        if (['submitting', 'partly-filled', 'filled'].includes(now.state)) {
          expect(now.version).toBeGreaterThanOrEqual(3);
        }
        expect(isOpen(now.state) && isFinal(now.state)).toBe(false);
      }
    }),
  );
});

test('from every state that is not final a final one can be reached', () => {
  for (const start of proposalStates) {
    const seen = new Set([start]);
    for (const from of seen) {
      for (const to of proposalStates) if (canFollow(from, to)) seen.add(to);
    }
    expect([...seen].some(isFinal)).toBe(true);
  }
});

test('the hash changes with anything the person was shown', () => {
  const hash = proposalHash([leg], 20_000);
  const changed: readonly Leg[] = [
    { ...leg, units: leg.units + 1n },
    { ...leg, price: 400.26 },
    { ...leg, side: 'sell' },
    { ...leg, asset: 'VTI' },
    { ...leg, cost: { minor: 32n, currency: 'USD' } },
  ];
  const hashes = changed.map((each) => proposalHash([each], 20_000));
  expect(new Set([hash, proposalHash([leg], 20_001), ...hashes]).size).toBe(7);
  expect(proposalHash([{ ...leg }], 20_000)).toBe(hash);
});
