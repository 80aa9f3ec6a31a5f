import type { PageMessage } from '../adapters/web/operation.ts';
import { optionOf, questionnaire } from '../bot/suitability/questionnaire.ts';
import { type Persona, personas } from './answers.ts';
import { textOf, type WebClient } from './web-client.ts';

/** Told after each turn: what the person did and what came back. */
export type Told = (did: string, answers: readonly PageMessage[]) => Promise<void>;

/** From hello to a told portfolio: consent, ten answers, a goal, holdings. */
export async function onboard(client: WebClient, persona: Persona, told: Told): Promise<void> {
  const turn = async (did: string, answers: Promise<readonly PageMessage[]>) =>
    told(did, await answers);
  await turn('hello', client.say('hello'));
  await turn('[I have read this and agree]', client.press('I have read this and agree'));
  for (const question of questionnaire.questions) {
    const value = (personas[persona] as Readonly<Record<string, string>>)[question.name];
    const label = optionOf(question, value)?.label;
    if (label === undefined) throw new Error(`${question.name} has no answer ${value}.`);
    await turn(`[${label}]`, client.press(label));
  }
  const goal =
    persona === 'balanced'
      ? '90k towards a house by June 2032, adding 500 a month'
      : persona === 'conservative'
        ? 'keep what I have'
        : 'as much growth as my risk allows';
  await turn(goal, client.say(goal));
  await turn('[Yes]', client.press('Yes'));
  const holdings = '12 SPY, 0.05 BTC, 40 AGG, 15k cash';
  await turn(holdings, client.say(holdings));
  await turn('[Yes]', client.press('Yes'));
}

/** Everything a newcomer would try next, to the fills of a confirmed rebalance and beyond. */
export async function explore(client: WebClient, told: Told): Promise<void> {
  for (const command of ['/recommend', '/why', '/backtest', '/stress', '/profiles', '/portfolio']) {
    await told(command, await client.say(command));
  }
  await told('/rebalance', await client.say('/rebalance'));
  await told('[Confirm]', await client.press('Confirm'));
  const filled = await client.until((text) => text.startsWith('Done: your portfolio'));
  await told('(the broker reports)', [filled]);
  for (const command of ['/portfolio', '/recommend', '/history', 'what can you do']) {
    await told(command, await client.say(command));
  }
  await told('/export', await client.say('/export'));
}

/** A turn as a terminal shows it. */
export function shownTurn(did: string, answers: readonly PageMessage[]): string {
  const buttons = (message: PageMessage) =>
    message.operation.actions.map((action) => `[${action.label}]`).join(' ');
  const body = answers
    .map(
      (message) =>
        `${textOf(message)}${message.operation.actions.length > 0 ? `\n${buttons(message)}` : ''}`,
    )
    .join('\n---\n');
  return `\n> ${did}\n\n${body}\n`;
}
