import type { Api } from 'grammy';
import type { BotDoor } from '../../bot/door.ts';
import { PortError } from '../../bot/errors.ts';
import { type Event, eventSchema } from '../../bot/event.ts';
import { saysCode } from '../../bot/link-code.ts';
import type { Clock, Logger } from '../../bot/ports.ts';
import { faultOf } from './faults.ts';
import { guide } from './guide.ts';
import { choices, limits } from './limits.ts';
import { type Parsed, parse, type Self } from './parse.ts';
import { directAddress, heldInPrivate, placeOf, pointerText } from './place.ts';
import type { Sender } from './sender.ts';
import type { Update } from './update.ts';

/** Telegram has no forms to check and suggests commands itself. */
export type TelegramDoor = Pick<BotDoor, 'receive' | 'openForm'>;

export interface IntakePorts {
  readonly api: Api;
  readonly sender: Sender;
  readonly clock: Clock;
  readonly log: Logger;
  /** Reads a file that getFile has named. */
  readonly download: (path: string) => Promise<Uint8Array>;
  readonly door: () => TelegramDoor;
}

/** A file that Telegram does not hand out after this many tries is asked for again, and the rest goes on. */
const MOST_FETCHES = 3;

/**
 * Takes one update in: it resolves when what it asked is stored durably or needs no storing, so
 * Telegram may forget it. Small answers on the way (a pressed button's, a pointer to the direct chat)
 * are courtesies: they are tried once.
 */
export function createIntake(ports: IntakePorts) {
  const { api, sender, clock, log } = ports;
  const fetches = new Map<number, number>();

  function courtesy(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => log.info({ why: faultOf(error).code }, `not said: ${what}`));
  }

  function answerPress(update: Update, text?: string): void {
    const query = update.callback_query;
    if (query === undefined) return;
    const shown = text?.slice(0, limits.callbackAnswer);
    courtesy(
      'the answer to a press',
      api.answerCallbackQuery(query.id, shown ? { text: shown, show_alert: true } : {}),
    );
  }

  /** Whether the bot may write to this person; groups are told where to go when it may not. */
  async function reachable(event: Event, self: Self): Promise<boolean> {
    if (event.surface === 'direct' || event.body.kind === 'lifecycle') return true;
    try {
      await api.sendChatAction(event.source.identity, 'typing');
      return true;
    } catch (error) {
      const fault = faultOf(error);
      if (fault.code !== 'gone') {
        if (fault.code === 'refused') log.warn({ why: fault.message }, 'a probe was refused');
        return true;
      }
    }
    const address = directAddress(self, event);
    const button = { text: 'Open the direct chat', url: address };
    courtesy('a pointer', sender.say(placeOf(event.source.conversation), pointerText, button));
    return false;
  }

  async function store(event: Event, self: Self): Promise<void> {
    const answerable = await reachable(event, self);
    // A code that was typed among others ends, also when its person hears nothing of it.
    if (answerable || saysCode(event.body)) await ports.door().receive(heldInPrivate(event));
  }

  /** What cannot be read now cannot be read later either, and would hold back everybody behind it. */
  function read(update: Update, self: Self): Parsed {
    try {
      const parsed = parse(update, self, clock.now());
      if ('event' in parsed && parsed.kind !== 'unreadable') eventSchema.parse(parsed.event);
      return parsed;
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      log.error({ update: update.update_id, error: name }, 'an update could not be read');
      return { kind: 'ignored', reason: 'It could not be read.' };
    }
  }

  /** Whether a file that could not be fetched is given up, after some tries. */
  function givenUp(update: number): boolean {
    const tries = (fetches.get(update) ?? 0) + 1;
    fetches.delete(update);
    if (tries >= MOST_FETCHES) return true;
    if (fetches.size > 1_000) fetches.clear();
    fetches.set(update, tries);
    return false;
  }

  async function file(parsed: Extract<Parsed, { kind: 'document' }>, self: Self): Promise<void> {
    const { document, event } = parsed;
    const tooLarge = 'That file is too large: at most 1 MB. A table of holdings needs far less.';
    const refuse = (text: string) =>
      courtesy('a refused file', sender.say({ chat: event.source.identity }, text));
    if ((document.file_size ?? 0) > choices.fileBytes) return refuse(tooLarge);
    let content: Uint8Array;
    try {
      const { file_path } = await api.getFile(document.file_id);
      if (file_path === undefined) throw new PortError('telegram', 'refused', 'No file path.');
      content = await ports.download(file_path);
    } catch (error) {
      const fault = faultOf(error);
      if (fault.code === 'rate-limited') throw fault;
      if (fault.code !== 'refused' && !givenUp(Number(event.id))) throw fault;
      return refuse('I could not read that file. Please send it again, as a CSV file up to 1 MB.');
    }
    if (content.length > choices.fileBytes) return refuse(tooLarge);
    if (event.body.kind !== 'file') return;
    const filled = {
      ...event.body.file,
      bytes: content.length,
      content: Buffer.from(content).toString('base64'),
    };
    await store({ ...event, body: { ...event.body, file: filled } }, self);
  }

  return async function take(update: Update, self: Self): Promise<void> {
    const parsed = read(update, self);
    switch (parsed.kind) {
      case 'ignored':
        log.info({ update: update.update_id, why: parsed.reason }, 'an update was left aside');
        return answerPress(update, parsed.answer);
      case 'unreadable':
        courtesy(
          'what can be read',
          sender.say({ chat: parsed.event.source.identity }, parsed.problem),
        );
        return;
      case 'document':
        return file(parsed, self);
      case 'form': {
        const opened = await ports.door().openForm(parsed.token, parsed.event.source);
        if ('refused' in opened) return answerPress(update, opened.refused);
        await store(parsed.event, self);
        return answerPress(update, guide(opened.form));
      }
      case 'event':
        await store(parsed.event, self);
        return answerPress(update);
    }
  };
}

export type Intake = ReturnType<typeof createIntake>;
