import { profile } from '../bot/commands/profile.ts';
import { start, acts as startActs, welcome } from '../bot/commands/start.ts';
import {
  acts,
  questionnaireDialogue,
  questionnaireFormHandler,
} from '../bot/dialogue/questionnaire-handlers.ts';
import { talk } from './talk.ts';

/** When these talks take place. */
export const NOW = Date.UTC(2026, 4, 4, 12);

/** Ten answers that come to a balanced profile. */
export const typical = [
  'In 6 to 10 years',
  'No debt',
  '6 months or more',
  'Steady',
  'A tenth to a quarter',
  'I have had a fund or a savings plan',
  'Wait and change nothing',
  'Up to 30 %: $3,000 of $10,000',
  'A 50 % chance of $5,000',
  'A fall by a fifth',
];

/** A talk that knows /start, /profile and the questionnaire. */
export function newTalk() {
  const commands = [start, profile, { ...start, name: 'hello', run: welcome }];
  return talk(
    {
      commands,
      acts: { ...acts, ...startActs },
      forms: { capacity: questionnaireFormHandler, willingness: questionnaireFormHandler },
      dialogues: { questionnaire: questionnaireDialogue },
    },
    { now: NOW },
  );
}

/** A questionnaire in which these buttons were pressed. */
export async function answering(labels: readonly string[]) {
  const chat = newTalk();
  await chat.command('profile');
  for (const label of labels) await chat.presses(label);
  return chat;
}
