import { madeMarket } from '../bot/advice/made-market.fixture.ts';
import type { Context } from '../bot/commands/command.ts';
import { compareCommand } from '../bot/commands/compare.ts';
import { frontierCommand } from '../bot/commands/frontier.ts';
import { limitActs, limitFormHandler, limitsCommand } from '../bot/commands/limits.ts';
import { methodActs, methodCommand } from '../bot/commands/method.ts';
import { viewFormHandler, viewsCommand } from '../bot/commands/views.ts';
import { wishActs } from '../bot/commands/wish-acts.ts';
import { toUnits } from '../bot/money.ts';
import type { Compute } from '../bot/ports.ts';
import type { Draft } from '../bot/reply.ts';
import { questionnaire } from '../bot/suitability/questionnaire.ts';
import { tasks } from '../bot/tasks.ts';
import { type Wishes, wishesSchema } from '../bot/wishes.ts';
import { personas } from '../demo/answers.ts';
import { marketOf } from './advice-desk.ts';
import { type TalkAbilities, talk } from './talk.ts';

const cashRate = 0.03;
const panel = madeMarket(1_700);
export const now = panel.days[panel.days.length - 1] * 86_400_000;

/** A balanced person with 40 SPY, 60 AGG and 10,000 dollars. */
export function desk() {
  const person = talk(
    onWorker({
      commands: [
        limitsCommand(cashRate),
        viewsCommand(cashRate),
        methodCommand(cashRate),
        compareCommand(cashRate),
        frontierCommand(cashRate),
      ],
      acts: { ...wishActs, ...methodActs(cashRate), ...limitActs(cashRate) },
      forms: { limit: limitFormHandler(cashRate), view: viewFormHandler(cashRate) },
      dialogues: {},
    }),
    { now, market: marketOf(panel) },
  );
  const { record } = person;
  record.answers = {
    questionnaire: questionnaire.version,
    answers: personas.balanced,
    revision: 1,
    at: 1,
  };
  const entry = (asset: string | null, units: number, cashMinor: bigint) => ({
    id: `e-${asset}`,
    at: 1,
    kind: 'declared' as const,
    asset,
    units: toUnits(units),
    cashMinor,
    costMinor: 0n,
    currency: 'USD',
    reference: 'r',
  });
  record.entries = [entry('SPY', 40, 0n), entry('AGG', 60, 0n), entry(null, 0, 1_000_000n)];
  return person;
}

/** Abilities with long work done here, over a copy as for another thread. */
function onWorker({ commands, acts, forms, ...rest }: TalkAbilities): TalkAbilities {
  const withCompute = (context: Context): Context => ({ ...context, compute });
  return {
    ...rest,
    commands: commands.map((one) => ({
      ...one,
      run: (context, args) => one.run(withCompute(context), args),
    })),
    acts: mapped(acts, (act) => (context, args) => act(withCompute(context), args)),
    forms: mapped(
      forms,
      (form) => (context, values, files) => form(withCompute(context), values, files),
    ),
  };
}

function mapped<T>(table: Readonly<Record<string, T>>, change: (one: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(table).map(([name, one]) => [name, change(one)]));
}

const compute: Compute = {
  run: async <T>(name: string, input: unknown, tell?: (done: number, total: number) => void) => {
    const task = tasks[name as keyof typeof tasks];
    const output = await task(structuredClone(input) as never, tell ?? (() => undefined));
    return structuredClone(output) as T;
  },
};

export const kept = (person: ReturnType<typeof desk>): Wishes =>
  wishesSchema.parse(person.record.wishes!.wishes);
export const chartOf = (draft: Draft) =>
  draft.blocks.find((block) => block.kind === 'image')?.chart;
