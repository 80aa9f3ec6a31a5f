import { describe, expect, it } from 'vitest';
import { createSlackPerson } from './person.ts';
import { schemaMissing } from './schema.ts';
import { seededFaults } from './scripted-faults.ts';
import { startSlack } from './server.ts';
import { listenTo } from './testing.ts';
import { createLeapingTimers } from './timers.ts';

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

  it.skipIf(schemaMissing !== null)(
    'lose nothing that is taken in by its event id: each arrives, some often and out of order',
    async () => {
      const faults = seededFaults(11, { twice: 0.2, ackLost: 0.2, notSent: 0.2, held: 0.2 });
      const fake = await startSlack({
        timers: createLeapingTimers(),
        deliveryFault: faults.deliveryFault,
      });
      const app = await listenTo(fake);
      const people = Array.from({ length: 20 }, (_, i) =>
        createSlackPerson(fake, 'T0001', `U${i}`),
      );
      const said = people.flatMap((person) =>
        [1, 2, 3].map((i) => person.say(`${person.id} ${i}`)),
      );
      fake.delivery.release();
      await Promise.all(said);
      await fake.delivery.settled();
      const texts = app.heard.map(({ body }) => (body.event as { text: string }).text);
      expect(new Set(texts).size).toBe(60);
      expect(texts.length).toBeGreaterThan(70);
      expect(new Set(app.heard.map(({ body }) => body.event_id)).size).toBe(60);
      expect(Object.keys(faults.counts()).sort()).toEqual([
        'ack lost',
        'held',
        'not sent',
        'twice',
      ]);
      expect(fake.world.unanswered).toEqual([]);
      await app.stop();
      await fake.stop();
    },
  );
});
