import type { BotDoor } from '../../bot/door.ts';
import { PortError } from '../../bot/errors.ts';
import { type Event, eventSchema } from '../../bot/event.ts';
import type { Logger } from '../../bot/ports.ts';
import type { Timer } from '../timer.ts';
import { answers } from './answers.ts';
import type { Direct } from './direct.ts';
import { faultOf } from './faults.ts';
import { readFile } from './files.ts';
import { createFormIntake } from './form-intake.ts';
import type { Respond } from './interactions-route.ts';
import type { Mail } from './mail.ts';
import { type Parsed, parseInteraction } from './parse.ts';
import { createPatience, type Patience } from './patience.ts';
import type { Interaction } from './payload.ts';
import { plainMessage } from './prepare.ts';
import type { Pass } from './ticket.ts';
import type { Tickets } from './tickets.ts';
import type { Typed } from './typed.ts';

export interface InteractionPorts {
  readonly door: () => BotDoor;
  /** Our own id; null until Discord has said it. */
  readonly application: () => string | null;
  readonly mail: Mail;
  readonly tickets: Tickets;
  readonly direct: Direct;
  readonly typed: Typed;
  readonly download: (url: string) => Promise<Uint8Array>;
  /** Real time, by which Discord lets permissions run out. */
  readonly wallNow: () => number;
  readonly timer: Timer;
  readonly log: Logger;
}

/** Sentences for people when something could not be taken in. */
export const refusals = {
  notStored: 'I could not note that, so nothing was done. Please do it once more.',
  slow: 'That took too long, so nothing was done. Please do it once more.',
  unknown: 'I do not know what to do with that. Type /help to see what I can do.',
} as const;

/**
 * Stores an event, then acknowledges it; a slow store, or a file that is slowly read, is waited for
 * only so long. Whether it is stored.
 */
export type TakeIn = (
  event: Event | Promise<Event>,
  pass: Pass,
  respond: Respond,
  patience: Patience,
  accepted?: Parameters<Respond>[0],
) => Promise<boolean>;

/**
 * Answers interactions within Discord's three seconds: the event is stored, then acknowledged, and the
 * real answer follows by the interaction's token.
 */
export function createInteractionIntake(ports: InteractionPorts) {
  const { door, mail, tickets, direct, wallNow, timer, log } = ports;

  /** Stores an event. @returns what to say when it was not, or null */
  async function store(event: Event | Promise<Event>): Promise<string | null> {
    try {
      await door().receive(eventSchema.parse(await event));
      return null;
    } catch (error) {
      // A file that cannot be taken says itself why.
      const told = error instanceof PortError && error.port === 'discord' ? error : null;
      if (told?.code === 'refused') return told.message;
      log.error({ error: nameOf(error) }, 'an interaction could not be stored');
      return refusals.notStored;
    }
  }

  const takeIn: TakeIn = async (event, pass, respond, patience, accepted = answers.later(pass)) => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    // Known before it is stored: the answer may be ready sooner than the acknowledgement.
    tickets.expect(pass, promise);
    const stored = store(event).then((problem) => ({ problem }));
    const { problem: early } = (await patience.soon(stored)) ?? { problem: null };
    if (early !== null) {
      await respond(answers.says(early));
      resolve(false);
      return false;
    }
    resolve(await respond(accepted).catch(() => false));
    const { problem } = await stored;
    if (problem !== null) await say(pass, problem);
    return problem === null;
  };

  /** After the acknowledgement: by the token of the interaction, to the person alone. */
  async function say(pass: Pass, text: string): Promise<void> {
    const message = { body: plainMessage(text), files: [] };
    const waits = (await tickets.state(pass.token)) === 'waits';
    tickets.set(pass.token, 'done');
    await (waits ? mail.fill(pass, message) : mail.whisper(pass, message)).catch((error: unknown) =>
      log.info({ why: faultOf(error).code }, 'a refusal was not said'),
    );
  }

  const forms = createFormIntake({ ...ports, takeIn });

  async function withFile(parsed: Extract<Parsed, { kind: 'file' }>): Promise<Event> {
    const { event, attachment } = parsed;
    const file = await readFile(attachment, ports.download);
    const caption = event.body.kind === 'file' ? event.body.caption : '';
    return { ...event, body: { kind: 'file', caption, file } };
  }

  function whereabouts(given: Interaction, { where }: Pass): void {
    const person = (given.member?.user ?? given.user)?.id ?? '';
    if (where === 'server' || given.channel_id == null) direct.away(person);
    else direct.here(person, given.channel_id);
  }

  async function answer(
    given: Interaction,
    respond: Respond,
    patience: Patience,
  ): Promise<unknown> {
    const own = ports.application();
    const foreign = own !== null && given.application_id !== own;
    const parsed: Parsed = foreign
      ? { kind: 'ignored', reason: 'It is for another application.' }
      : parseInteraction(given, wallNow());
    if ('pass' in parsed) whereabouts(given, parsed.pass);
    switch (parsed.kind) {
      case 'ping':
        return respond(answers.pong);
      case 'typing':
        return respond(answers.suggestions(door().suggest(parsed.command, parsed.typed)));
      case 'ignored':
        log.info({ interaction: given.id, why: parsed.reason }, 'an interaction was left aside');
        return respond(answers.says(refusals.unknown));
      case 'event':
        return takeIn(parsed.event, parsed.pass, respond, patience);
      case 'file':
        return takeIn(withFile(parsed), parsed.pass, respond, patience);
      case 'form':
        return forms.open(parsed, respond, patience);
      case 'filled':
        return forms.submit(parsed, respond, patience);
    }
  }

  return async function take(given: Interaction, respond: Respond): Promise<void> {
    try {
      await answer(given, respond, createPatience(timer));
    } catch (error) {
      const fault = faultOf(error);
      log.error({ error: nameOf(error), why: fault.code }, 'an interaction failed');
      const typing = given.type === 4;
      const text = fault.code === 'timeout' ? refusals.slow : refusals.notStored;
      // A second answer is refused, and no harm: something may have been answered before.
      await respond(typing ? answers.suggestions([]) : answers.says(text));
    }
  };
}

/** The store's own words may quote what people wrote. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
