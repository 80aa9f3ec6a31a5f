export { contributionsIn, futureValue, type SavingsPlan } from './future-value.ts';
export {
  type GoalProbability,
  goalProbability,
  simulatedGoalProbability,
} from './goal-probability.ts';
export { type Required, requiredReturn } from './required-return.ts';
export { type GrowthModel, growthModel, terminalWealth } from './terminal-wealth.ts';
