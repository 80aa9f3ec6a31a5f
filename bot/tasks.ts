import { backtestTask } from './advice/backtest-task.ts';

/** Long work by name, for worker threads: functions of plain data that report their progress. */
export const tasks = { backtest: backtestTask } as const;
