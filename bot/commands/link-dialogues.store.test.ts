import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Chat,
  type LinkBench,
  linkTo,
  openLinkBench,
  threeChats,
} from '../../fakes/link-bench.ts';
import { stopTestPostgres } from '../../fakes/postgres.ts';

afterAll(stopTestPostgres);

describe.each(['pglite', 'postgres'] as const)(
  'what is open in two chats of one person, on %s',
  (kind) => {
    let bench: LinkBench;
    let turn = 0;
    let web: Chat;
    let telegram: Chat;
    beforeAll(async () => {
      bench = await openLinkBench(kind);
    });
    afterAll(() => bench.store.close());
    beforeEach(async () => {
      turn += 1;
      [web, telegram] = await threeChats(bench, String(turn));
    });

    test('one questionnaire is begun in one chat and finished in another', async () => {
      await linkTo(web, telegram);
      await web.said('/profile');
      await web.pressed('In 6 to 10 years');
      await web.pressed('No debt');
      const here = await telegram.said('6 months or more');
      expect(here).toContain('in the middle of my questions');
      expect(here).toContain('So far: Time: In 6 to 10 years');
      expect(here).toContain('Question 3 of 10');
      await telegram.pressed('6 months or more');
      // The message on the web still shows question 3: its button is a step on the same state.
      const back = await web.pressed('3 to 5 months');
      expect(back).toContain('I changed your answer to "Emergency fund": 3 to 5 months');
      expect(back).toContain('Question 4 of 10');
      expect(web.heard().at(-1)).toMatchObject({ edits: true });
      for (const label of [
        'Steady',
        'A quarter to a half',
        'I have picked stocks or funds myself for years',
        'Wait and change nothing',
      ]) {
        await web.pressed(label);
      }
      await telegram.said('/profile');
      await telegram.pressed('Up to 20 %: $2,000 of $10,000');
      await telegram.pressed('A 50 % chance of $5,000');
      expect(await telegram.pressed('A fall by a fifth')).toContain('Your risk profile');
      expect(await web.said('/profile')).toContain('Your answers of');
    });

    test('a yes typed where nothing was shown is no yes: it is shown there first', async () => {
      await linkTo(web, telegram);
      await web.said('/goal 90k by June 2032');
      expect(await telegram.said('flibbertigibbet')).toContain('understood in your other chat');
      expect(await telegram.said('yes')).toContain('Is that right');
      expect(await bench.store.read.goals.current(await web.person())).toBeNull();
      await telegram.said('yes');
      expect(await bench.store.read.goals.current(await web.person())).not.toBeNull();
      await web.said('/holdings 12 SPY, 4000 cash');
      expect(await telegram.said('yes')).toContain('SPY');
      expect((await bench.store.read.ledger.holdings(await web.person())).positions).toEqual([]);
      await telegram.said('yes');
      expect((await bench.store.read.ledger.holdings(await web.person())).positions).toHaveLength(
        1,
      );
    });
  },
);
