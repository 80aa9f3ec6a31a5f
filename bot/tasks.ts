import { backtestTask } from './advice/backtest-task.ts';
import { firmnessTask } from './advice/firmness-task.ts';

/** Long work by name, for worker threads: functions of plain data that report their progress. */
export const tasks = { backtest: backtestTask, firmness: firmnessTask } as const;
