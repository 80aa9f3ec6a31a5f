import { adviceToTradeOn } from '../advice/latest.ts';
import { goalActs, goalDialogue, goalFormHandler } from '../dialogue/goal.ts';
import { holdingsActs, holdingsDialogue, holdingsFormHandler } from '../dialogue/holdings.ts';
import {
  acts as questionnaireActs,
  questionnaireDialogue,
  questionnaireFormHandler,
} from '../dialogue/questionnaire-handlers.ts';
import type { Abilities } from '../dispatch.ts';
import { backtestCommand } from './backtest.ts';
import type { Command } from './command.ts';
import { compareCommand } from './compare.ts';
import { exportData } from './export.ts';
import { forget, forgetActs } from './forget.ts';
import { frontierCommand } from './frontier.ts';
import { goal } from './goal.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { holdings } from './holdings.ts';
import { home } from './home.ts';
import { limitActs, limitFormHandler, limitsCommand } from './limits.ts';
import { linkActs, linkCommands } from './link.ts';
import { methodActs, methodCommand } from './method.ts';
import { parked } from './parked.ts';
import { portfolio } from './portfolio.ts';
import { profile } from './profile.ts';
import { profilesCommand } from './profiles.ts';
import { rebalanceCommand } from './rebalance.ts';
import { rebalanceActs } from './rebalance-acts.ts';
import { recommendCommand } from './recommend.ts';
import { start, acts as startActs, welcome } from './start.ts';
import { stressCommand } from './stress.ts';
import { viewFormHandler, viewsCommand } from './views.ts';
import { why } from './why.ts';
import { wishActs } from './wish-acts.ts';

export interface AbilitySettings {
  /** What cash earns per year where prices hold no Treasury bill fund. */
  readonly cashRate: number;
  /** Who runs Keel, as platform:identity; nobody when left out. */
  readonly admins?: readonly string[];
}

/** The one table of what Keel can do: help, menus, intent routing and buttons read it. */
export function abilitiesOf({ cashRate, admins = [] }: AbilitySettings): Abilities {
  const commands: readonly Command[] = [
    start,
    profile,
    goal,
    holdings,
    recommendCommand(cashRate),
    why,
    portfolio,
    profilesCommand(cashRate),
    frontierCommand(cashRate),
    methodCommand(cashRate),
    compareCommand(cashRate),
    limitsCommand(cashRate),
    viewsCommand(cashRate),
    backtestCommand(cashRate),
    stressCommand(cashRate),
    rebalanceCommand(adviceToTradeOn),
    history,
    ...linkCommands,
    help(() => commands),
    exportData,
    forget,
    ...(admins.length > 0 ? [parked(admins)] : []),
  ];
  return {
    commands,
    acts: {
      ...startActs,
      ...questionnaireActs,
      ...goalActs,
      ...holdingsActs,
      ...rebalanceActs(adviceToTradeOn),
      ...wishActs,
      ...methodActs(cashRate),
      ...limitActs(cashRate),
      ...linkActs,
      ...forgetActs,
    },
    forms: {
      goal: goalFormHandler,
      holdings: holdingsFormHandler,
      limit: limitFormHandler(cashRate),
      view: viewFormHandler(cashRate),
      capacity: questionnaireFormHandler,
      willingness: questionnaireFormHandler,
    },
    dialogues: {
      questionnaire: questionnaireDialogue,
      goal: goalDialogue,
      holdings: holdingsDialogue,
    },
    welcome,
    home,
    onFile: holdingsDialogue.onFile,
  };
}
