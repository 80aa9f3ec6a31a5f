import { openWebClient } from '../demo/web-client.ts';
import { codeIn } from '../fakes/link-bench.ts';
import { chatStage, type OpenPlatform } from './chat-stage.ts';
import { settled } from './settled.ts';
import { unsound } from './transcript.ts';

/** What one person saw who went on in another chat, and what the store holds in the end. */
export interface Linked {
  readonly violations: readonly string[];
  /** What was told where, in order. */
  readonly joined: string;
  readonly told: string;
  readonly resumed: string;
  readonly profile: string;
  /** The record of the one recommendation, as each of the two names it. */
  readonly records: readonly (string | undefined)[];
  readonly unlinked: string;
  /** What pressing a button from before comes to, and what is known there then. */
  readonly refused: string;
  readonly afterwards: string;
}

const minute = 60_000;

/**
 * Through a whole Keel: a questionnaire begun on the web is finished on a platform that was linked
 * meanwhile, advice stands in both, and after unlinking the platform knows nothing of it.
 */
export async function playLinking(open: OpenPlatform): Promise<Linked> {
  const stage = await chatStage(open);
  const web = await openWebClient(stage.keel().address!);
  const person = stage.platform.person(0);
  const last = () => person.standing().at(-1)?.words ?? '';
  const there = async (does: (who: typeof person) => { post(): Promise<void> }) => {
    stage.clock.set(stage.clock.now() + minute);
    await does(person).post();
    await settled(stage.keel());
    return last();
  };
  const here = async (does: Promise<readonly unknown[]>) => {
    stage.clock.set(stage.clock.now() + minute);
    const said = JSON.stringify(await does);
    await settled(stage.keel());
    return said;
  };
  try {
    await here(web.say('hello'));
    await here(web.press('I have read this and agree'));
    for (const label of ['In 6 to 10 years', 'No debt', '6 months or more', 'Steady']) {
      await here(web.press(label));
    }
    await there((who) => who.said('hello'));
    const code = codeIn(await here(web.say('/link')));
    await there((who) => who.said(`/link ${code}`));
    const joined = await there((who) => who.pressed('Yes, join it'));
    const told = JSON.stringify(await web.until((text) => text.startsWith('A chat was linked')));
    const resumed = await there((who) => who.pressed('Go on with the questions'));
    let profile = '';
    for (const label of [
      'A quarter to a half',
      'I have picked stocks or funds myself for years',
      'Wait and change nothing',
      'Up to 20 %: $2,000 of $10,000',
      'A 50 % chance of $5,000',
      'A fall by a fifth',
    ]) {
      profile = await there((who) => who.pressed(label));
    }
    await here(web.say('/goal 90k towards a house by June 2032, adding 500 a month'));
    await there((who) => who.said('yes'));
    await there((who) => who.said('yes'));
    await there((who) => who.said('/holdings 12 SPY, 40 AGG, 15k cash'));
    await there((who) => who.pressed('Yes'));
    await there((who) => who.said('/recommend'));
    const histories = [await there((who) => who.said('/history')), await here(web.say('/history'))];
    const records = histories.map((text) => /record ([0-9a-f]{8})/.exec(text)?.[1]);
    await here(web.press('Unlink it'));
    const unlinked = last();
    const refused = await there((who) => who.pressed('Recommend again'));
    const afterwards = await there((who) => who.said('/history'));
    const violations = [...stage.platform.violations(), ...(await unsound(stage.keel()))];
    await stage.stop();
    return {
      ...{ violations, joined, told, resumed, profile, records },
      ...{ unlinked, refused, afterwards },
    };
  } finally {
    web.close();
    await stage.clear();
  }
}
