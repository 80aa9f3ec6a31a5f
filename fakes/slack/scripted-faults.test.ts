import { describe, expect, it } from 'vitest';
import { seededFaults } from './scripted-faults.ts';

const shares = { flood: 0.2, broken: 0.1, hidden: 0.1, twice: 0.3, notSent: 0.2 };
const event = { id: 'Ev1', kind: 'events', team: 'T0001', body: {} } as const;

function play(seed: number) {
  const faults = seededFaults(seed, shares);
  const kinds = Array.from({ length: 1_000 }, (_, index) => [
    faults.fault('chat.postMessage', {}, 'T0001')?.kind,
    faults.deliveryFault(event, index % 2)?.kind,
  ]);
  return { kinds, counts: faults.counts() };
}

describe('seeded faults', () => {
  it('are the same for the same seed and others for another', () => {
    expect(play(7)).toEqual(play(7));
    expect(play(7).kinds).not.toEqual(play(8).kinds);
  });

  it('come as often as their shares say, and only on first attempts', () => {
    const { kinds, counts } = play(7);
    expect(counts.flood).toBeGreaterThan(150);
    expect(counts.flood).toBeLessThan(250);
    expect(counts.twice).toBeGreaterThan(110);
    expect(kinds.filter((_, index) => index % 2).every(([, kind]) => kind === undefined)).toBe(
      true,
    );
  });

  it('leave installations, uploads and connections alone, and presses are never lost', () => {
    const faults = seededFaults(1, { flood: 1, ackLost: 1 });
    expect(faults.fault('apps.connections.open', {}, '')).toBeNull();
    expect(faults.deliveryFault({ ...event, kind: 'interactive' }, 0)).toBeNull();
  });
});
