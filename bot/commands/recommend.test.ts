import { expect, it } from 'vitest';
import { openAdviceDesk } from '../../fakes/advice-desk.ts';
import { shown } from '../../fakes/talk.ts';
import { madeMarket } from '../advice/made-market.fixture.ts';
import type { Compute } from '../ports.ts';
import { tasks } from '../tasks.ts';
import { noWishes, type Way } from '../wishes.ts';
import { recommendCommand } from './recommend.ts';

const here: Compute = {
  run: async (name, input) =>
    tasks[name as keyof typeof tasks](structuredClone(input) as never, () => undefined) as never,
};

/** What somebody without a goal is told. */
async function advised(way: Way): Promise<string> {
  const { desk, plain } = openAdviceDesk(madeMarket(1_200));
  desk.wishes = { ...noWishes, way };
  const context = { ...plain(), compute: here, progress: async () => undefined };
  const read = { ...context.read, goals: { current: async () => null } };
  const { replies } = await recommendCommand(0.02).run({ ...context, read } as never, '');
  return shown(replies[0]);
}

it('looks for the most return without a goal, unless a way of their own was chosen', async () => {
  expect(await advised('goal')).toContain(
    'You have not set a goal yet, so I look for the most return that it allows.',
  );
  const own = await advised('least-risk');
  expect(own).toContain('For your balanced profile. You have not set a goal yet.');
  expect(own).toContain('You chose the way "Least risk"');
});
