import { expect, it } from 'vitest';
import { openAdviceDesk } from '../../fakes/advice-desk.ts';
import { shown } from '../../fakes/talk.ts';
import { madeMarket } from '../advice/made-market.fixture.ts';
import { noWishes } from '../wishes.ts';
import { why } from './why.ts';

it('leaves out what would take minutes under slow limits, and says so', async () => {
  const { desk, advise, plain } = openAdviceDesk(madeMarket(1_200));
  desk.wishes = { ...noWishes, limits: [{ kind: 'conditional-value-at-risk', most: 0.01 }] };
  await advise();
  const none = () => Promise.reject(new Error('Nothing is worked out.'));
  const { replies } = await why.run({ ...plain(), compute: { run: none } }, '');
  expect(shown(replies[0])).toContain('How far single estimates may move takes minutes');
});

it('says how firm the mix is, worked out on a worker', async () => {
  const { advise, plain } = openAdviceDesk(madeMarket(1_200));
  await advise();
  const asked: string[] = [];
  const run = async (task: string) => {
    asked.push(task);
    return null as never;
  };
  const { replies } = await why.run({ ...plain(), compute: { run } }, '');
  expect(asked).toEqual(['firmness']);
  expect(shown(replies[0])).toContain('No estimate of returns enters this way');
});
