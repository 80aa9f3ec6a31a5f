export { normalTail, type TailLoss } from './normal-tail.ts';
export { type Replay, type ReplayOutcome, replay } from './replay.ts';
export { type ShockOutcome, type ShockSettings, volatilityDoubles } from './volatility-doubles.ts';
export { type StressWindow, stressWindows } from './windows.ts';
