import { questionnaire } from '../bot/suitability/questionnaire.ts';
import type { HostileBench, Visitor } from './hostile-bench.ts';

/** A person at one point of the conversation, and the dialogue that is open there. */
export interface Standing {
  readonly name: string;
  readonly visitor: Visitor;
  readonly dialogue: unknown;
}

/** Options that suit investing and do not contradict each other, by question. */
const answers = questionnaire.questions.map(
  ({ options }) => options[Math.min(3, options.length - 1)].label,
);

async function begun(visitor: Visitor, answered: number): Promise<Visitor> {
  await visitor.says('hello');
  await visitor.press('I have read this and agree');
  for (const label of answers.slice(0, answered)) await visitor.press(label);
  return visitor;
}

/** A person with a profile, a goal and holdings, reached by talking. */
export async function settledPerson(bench: HostileBench, name: string): Promise<Visitor> {
  const visitor = await begun(bench.visitor(name), answers.length);
  await visitor.says('/goal 50k by 2040, adding 300 a month');
  await visitor.press('Yes');
  await visitor.says('/holdings 12 SPY, 40 AGG, 0.25 BTC, 4000 cash');
  await visitor.press('Yes');
  return visitor;
}

/** The words that open each dialogue of somebody who has a profile, a goal and holdings. */
const doors: Readonly<Record<string, readonly string[]>> = {
  idle: [],
  'goal asked': ['/goal'],
  'goal half said': ['/goal', '20k for a house'],
  'goal in doubt': ['/goal 20k by 12/05/2031'],
  'goal echoed': ['/goal 20k by 2040'],
  'holdings asked': ['/holdings'],
  'holdings with an unknown ticker': ['/holdings 12 SPX'],
  'holdings without a number': ['/holdings GLD'],
  'holdings echoed': ['/holdings 15 SPY'],
  'changing an answer': ['/profile', '[Answer all again]'],
  'a proposal open': ['/recommend', '/rebalance'],
};

/** A person at every point of the conversation at which something can be said. */
export async function everyStanding(bench: HostileBench): Promise<readonly Standing[]> {
  const standings: Standing[] = [];
  const add = async (name: string, visitor: Visitor) => {
    standings.push({ name, visitor, dialogue: (await visitor.dialogue()).state });
  };
  const stranger = bench.visitor('stranger');
  await stranger.says('hello');
  await add('before consent', stranger);
  for (const [at, question] of questionnaire.questions.entries()) {
    await add(`question ${question.name}`, await begun(bench.visitor(`q-${question.name}`), at));
  }
  const torn = await begun(bench.visitor('torn'), answers.length - 2);
  for (const label of ['$1,000 for sure', 'A fall by a fifth']) await torn.press(label);
  await add('a contradiction', torn);
  for (const [name, words] of Object.entries(doors)) {
    const visitor = await settledPerson(bench, name.replaceAll(' ', '-'));
    for (const said of words) {
      const label = /^\[(.*)\]$/.exec(said)?.[1];
      await (label ? visitor.press(label) : visitor.says(said));
    }
    await add(name, visitor);
  }
  return standings;
}
