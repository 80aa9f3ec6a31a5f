import { adviseTask } from './advice/advise-task.ts';
import { backtestTask } from './advice/backtest-task.ts';
import { firmnessTask } from './advice/firmness-task.ts';
import { frontierTask } from './advice/frontier-task.ts';
import { limitsTask } from './advice/limits-task.ts';
import { compareTask, whatIfTask } from './advice/what-if-task.ts';

/** Long work by name, for worker threads: functions of plain data that report their progress. */
export const tasks = {
  advise: adviseTask,
  backtest: backtestTask,
  firmness: firmnessTask,
  'what-if': whatIfTask,
  compare: compareTask,
  frontier: frontierTask,
  limits: limitsTask,
} as const;
