import { replay } from '../bot/advice/replay.ts';
import { type Turn, transcript } from '../demo/transcript.ts';
import { openWebClient } from '../demo/web-client.ts';
import type { Keel } from '../main.ts';
import { type ChatStage, chatStage, type OpenPlatform } from './chat-stage.ts';
import { actOf } from './delivering.ts';
import { rowsOf } from './rows.ts';
import { settled } from './settled.ts';

export interface Played {
  readonly rows: ReadonlyMap<string, readonly string[]>;
  readonly violations: readonly string[];
  /** What the person sees at the end. */
  readonly shown: readonly string[];
}

/** Plays one turn; resolves when everything it caused has been delivered. */
type Act = (turn: Turn) => Promise<void>;

/** From turn to turn. */
const minute = 60_000;

/** Plays the transcript through a whole Keel on one platform, under a clock of its own. */
export async function playTranscript(open: OpenPlatform, turns = transcript): Promise<Played> {
  const stage = await chatStage(open);
  const person = stage.platform.person(0);
  return play(
    stage,
    turns,
    () => person.standing().map(({ words }) => words),
    async (turn) => {
      const delivery = await actOf(person, turn);
      await delivery?.post();
    },
  );
}

/** The same through the web chat. */
export async function playOnWeb(turns = transcript): Promise<Played> {
  const stage = await chatStage(nowhere);
  const client = await openWebClient(stage.keel().address!);
  const played = await play(
    stage,
    turns,
    () => [],
    async (turn) => {
      if ('say' in turn) await client.say(turn.say);
      else if ('press' in turn) await client.press(turn.press);
      else if ('until' in turn) await client.until((text) => text.startsWith(turn.until));
      else await client.upload(turn.file, Buffer.from(turn.content), 'text/csv');
    },
  );
  client.close();
  return played;
}

/** No platform but the web chat that is always there. */
const nowhere: OpenPlatform = async () => ({
  name: 'web',
  env: () => ({}),
  options: {},
  person: () => {
    throw new Error('Nobody is here but on the web.');
  },
  violations: () => [],
  disturb: () => undefined,
  release: () => undefined,
  leap: () => undefined,
  stop: async () => undefined,
});

async function play(
  stage: ChatStage,
  turns: readonly Turn[],
  shown: () => readonly string[],
  act: Act,
): Promise<Played> {
  try {
    for (const turn of turns) {
      // Waiting takes no time of its own: what goes on meanwhile happens at one moment.
      if (!('until' in turn)) stage.clock.set(stage.clock.now() + minute);
      await act(turn);
      await settled(stage.keel());
    }
    const violations = [...stage.platform.violations(), ...(await unsound(stage.keel()))];
    await stage.stop();
    return { rows: await rowsOf(stage.home), violations, shown: shown() };
  } finally {
    await stage.clear();
  }
}

/** Advice that does not replay, a broken audit chain, something parked. */
export async function unsound({ store }: Keel): Promise<string[]> {
  const found: string[] = [];
  for (const workspace of await store.read.audit.workspaces()) {
    const { brokenAt } = await store.read.audit.verify(workspace);
    if (brokenAt !== null) found.push(`the audit chain is broken at ${brokenAt}`);
    for (const advice of await store.read.recommendations.all(workspace)) {
      const outcome = await replay(store.read, advice, advice);
      if (outcome.kind !== 'same') found.push(`advice ${advice.id} does not replay`);
    }
  }
  const parked = await store.read.inbox.parked();
  return [...found, ...parked.map(({ id }) => `event ${id} was parked`)];
}
