import { randomBytes } from 'node:crypto';
import type { AnswerPorts } from '../bot/answer.ts';
import type { Context, Outcome } from '../bot/commands/command.ts';
import type { Abilities } from '../bot/dispatch.ts';
import type { Draft } from '../bot/reply.ts';
import type { Store } from '../bot/store.ts';
import { quiet } from './store.ts';
import { textReply } from './store-samples.ts';

/** A bot's abilities with one command, "/probe", for tests of what stands around a handler. */
export function probeAbilities(probe: (context: Context) => Promise<Outcome>): Abilities {
  const silent = async () => null;
  const nothing = async () => says('nothing');
  return {
    commands: [{ name: 'probe', summary: 'probe', phrases: [], needs: 'nothing', run: probe }],
    acts: {},
    forms: {
      goal: nothing,
      holdings: nothing,
      limit: nothing,
      view: nothing,
      capacity: nothing,
      willingness: nothing,
    },
    dialogues: {
      questionnaire: { onText: silent },
      goal: { onText: silent },
      holdings: { onText: silent },
    },
    welcome: nothing,
    home: nothing,
    onFile: silent,
  };
}

/** The ports of a bot that only probes: a clock that stands, no market, no long work. */
export function probePorts(
  store: Store,
  probe: (context: Context) => Promise<Outcome>,
): Omit<AnswerPorts, 'committed'> {
  return {
    store,
    clock: { now: () => 1_000 },
    random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
    market: { view: () => Promise.reject(new Error('no market here')) },
    compute: { run: () => Promise.reject(new Error('no compute here')) },
    log: quiet,
    buttonKey: new Uint8Array(32),
    abilities: probeAbilities(probe),
  };
}

export function draftOf(key: string, text: string): Draft {
  return { ...textReply(key, text), actions: [] };
}

export const says = (text: string): Outcome => ({ replies: [draftOf('r', text)] });
