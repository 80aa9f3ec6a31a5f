import { openGoal } from '../dialogue/goal.ts';
import { goalSchema } from '../goal.ts';
import type { Command } from './command.ts';

/** Asks what the money is for, or reads it from the words that came with the command. */
export const goal: Command = {
  name: 'goal',
  summary: 'Say what the money is for, or change it',
  phrases: ['my goal', 'set a goal', 'change my goal', 'i want to save', 'save for', 'saving for'],
  takes: '90k towards a house by June 2032, adding 500 a month',
  needs: 'consent',
  async run(context, args) {
    const stored = await context.read.goals.current(context.person);
    return openGoal(context, args, stored && goalSchema.parse(stored.goal));
  },
};
