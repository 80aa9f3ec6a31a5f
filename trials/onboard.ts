import { typical } from '../fakes/questionnaire-talk.ts';

/** Somebody who can write and press buttons; each resolves when the answer is there. */
export interface Speaker {
  say(text: string): Promise<unknown>;
  /** Presses the newest button of that label. */
  press(label: string): Promise<unknown>;
}

/** From hello to advice, for somebody balanced who holds funds and cash. */
export async function onboard(person: Speaker): Promise<void> {
  await person.say('hello');
  await person.press('I have read this and agree');
  for (const label of typical) await person.press(label);
  await person.say('as much growth as my risk allows');
  await person.press('Yes');
  await person.say('/holdings 12 SPY, 0.05 BTC, 40 AGG, 15k cash');
  await person.press('Yes');
  await person.say('/recommend');
}
