import type { Driver } from '../../engine/drivers/driver.ts';
import type { PricePanel } from '../../engine/panel.ts';
import { ENGINE_VERSION } from '../../engine/version.ts';
import type { Context } from '../commands/command.ts';
import type { WishWork } from '../commands/wish-work.ts';
import type { Goal } from '../goal.ts';
import { MS_PER_DAY } from '../language/format.ts';
import type { MarketView } from '../ports.ts';
import type { Reads, Tx } from '../store.ts';
import type { Policy } from '../suitability/policy.ts';
import type { Wishes } from '../wishes.ts';
import { type AdviseInput, type AdviseOutput, adviseTask, takesLong } from './advise-task.ts';
import { canonical, sha256 } from './canonical.ts';
import { encodePanel, lastRows, WINDOW_ROWS } from './panel-window.ts';
import type { AdviceInputs, AdviceResult } from './record.ts';
import { inputsFor } from './replay.ts';
import type { Situation } from './situation.ts';
import { standing } from './standing.ts';
import { keepWindow, recentWindow } from './stored-window.ts';
import type { Recommendation } from './types.ts';

/** The engine needs no randomness for advice yet; its seed is recorded all the same. */
const SEED = 0;

interface Window {
  readonly panel: PricePanel;
  readonly bytes: Uint8Array;
  readonly hash: string;
}

const windows = new WeakMap<MarketView, Window>();

/** The price window that advice looks at, worked out once for each state of the market. */
export function windowOf(market: MarketView): Window {
  const known = windows.get(market);
  if (known !== undefined) return known;
  const panel = lastRows(market.panel, WINDOW_ROWS);
  const bytes = encodePanel(panel);
  const made = { panel, bytes, hash: sha256(bytes) };
  windows.set(market, made);
  keepWindow(made.hash, panel);
  return made;
}

/** The inputs of advice for a person on a market. */
export function inputsOf(
  market: MarketView,
  situation: Situation,
  policy: Policy,
  goal: Goal,
  now: number,
  cashRate: number,
  previous: string | null,
  wishes: Wishes,
): AdviceInputs {
  return {
    panelHash: windowOf(market).hash,
    today: Math.floor(now / MS_PER_DAY),
    policy,
    goal,
    totalMinor: Number(situation.totalMinor),
    current: [...situation.weights].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
    cashRate,
    simulated: market.simulated,
    previous,
    wishes,
  };
}

export interface Advice {
  readonly recommendation: Recommendation;
  readonly result: AdviceResult;
  readonly drivers: readonly Driver[];
  readonly inputs: AdviceInputs;
  readonly situation: Situation;
  /** Stores the record and what it names; call inside the transaction that replies. */
  readonly keep: (tx: Tx) => Promise<void>;
}

/**
 * The inputs as they are kept for good. What the money is for changes no number, and a person's own
 * words must not outlive /forget.
 */
function withoutWords(inputs: AdviceInputs): AdviceInputs {
  const { goal, wishes } = inputs;
  return {
    ...inputs,
    goal: goal.kind === 'by-date' ? { ...goal, purpose: null } : goal,
    wishes: {
      ...wishes,
      views: wishes.views.map((view) => ({ ...view, text: '' })),
    },
  };
}

/**
 * Computes today's advice for a person and the record of it. Nothing is stored until `keep`.
 *
 * @param work where it is worked out when that takes long
 */
export async function makeAdvice(
  context: Context,
  cashRate: number,
  work: Pick<WishWork, 'run'>,
): Promise<Advice> {
  const { person, now } = context;
  const [{ policy, goal, wishes, market, situation }, [last]] = await Promise.all([
    standing(context),
    context.read.recommendations.list(person, 1),
  ]);
  const window = windowOf(market);
  const inputs = inputsOf(market, situation, policy, goal, now, cashRate, last?.id ?? null, wishes);
  const previous = last === undefined ? null : await askedBefore(context.read, last);
  const asked: AdviseInput = { inputs, window: window.panel, previous };
  const { result, drivers } = takesLong(asked)
    ? await work.run<AdviseOutput>('Working out your mix', 'advise', asked)
    : adviseTask(asked);
  const inputsText = canonical(withoutWords(inputs));
  const inputsHash = sha256(inputsText);
  const recommendation: Recommendation = {
    id: context.newId(),
    workspace: person.workspace,
    person: person.person,
    createdAt: now,
    engineVersion: ENGINE_VERSION,
    seed: SEED,
    inputsHash,
    panelHash: window.hash,
    policy: canonical(policy),
    result: canonical(result),
    drivers: canonical(drivers),
  };
  return {
    recommendation,
    result,
    drivers,
    inputs,
    situation,
    async keep(tx) {
      if (!(await tx.artifacts.has(window.hash))) {
        await tx.artifacts.put(window.hash, window.bytes);
      }
      await tx.artifacts.put(inputsHash, Buffer.from(inputsText));
      await tx.recommendations.put(recommendation);
      await tx.audit.append({
        workspace: person.workspace,
        actor: 'keel',
        person: person.person,
        kind: 'advised',
        payload: {
          recommendation: recommendation.id,
          inputs: inputsHash,
          prices: window.hash,
          result: sha256(canonical(result)),
        },
        at: now,
      });
    },
  };
}

/** What an earlier recommendation was computed from; null when another engine version gave it. */
async function askedBefore(
  read: Reads,
  recommendation: Recommendation,
): Promise<AdviseInput['previous']> {
  if (recommendation.engineVersion !== ENGINE_VERSION) return null;
  return {
    inputs: await inputsFor(read, recommendation),
    window: await recentWindow(read, recommendation.panelHash),
  };
}
