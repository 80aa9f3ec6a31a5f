import { createHash } from 'node:crypto';
import { type Api, GrammyError, InputFile } from 'grammy';
import type { PortError } from '../../bot/errors.ts';
import type { Images, Logger } from '../../bot/ports.ts';
import type { Reply } from '../../bot/reply.ts';
import { faultOf, isNotModified, isUneditable } from './faults.ts';
import { choices } from './limits.ts';
import type { Pace } from './pace.ts';
import type { Place } from './place.ts';
import { messageKey, plan, type Step } from './plan.ts';
import { type Part, render } from './render.ts';
import { toHtml } from './rich.ts';

export interface SenderPorts {
  readonly api: Api;
  readonly pace: Pace;
  readonly images: Images;
  readonly log: Logger;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** Replies whose delivery broke off are remembered so that what was delivered is not sent again. */
const mostUnfinished = 1_000;

/** Carries replies out, message by message. */
export function createSender({ api, pace, images, log, now }: SenderPorts) {
  const unfinished = new Map<string, string[]>();
  const running = new Map<string, Promise<readonly string[]>>();
  /** Groups that became supergroups have a new id. */
  const moved = new Map<string, string>();

  async function call<T>(place: Place, request: (chat: string) => Promise<T>): Promise<T> {
    const chat = moved.get(place.chat) ?? place.chat;
    await pace.turn(chat);
    try {
      return await request(chat);
    } catch (error) {
      const next = error instanceof GrammyError && error.parameters.migrate_to_chat_id;
      if (!next) throw error;
      moved.set(place.chat, String(next));
      await pace.turn(String(next));
      return request(String(next));
    }
  }

  /** The picture of a part, or null when it cannot be drawn: then its words are said instead. */
  async function fileOf(part: Exclude<Part, { kind: 'text' }>): Promise<InputFile | null> {
    if (part.kind === 'document') {
      return new InputFile(new TextEncoder().encode(part.content), part.name);
    }
    try {
      return new InputFile(await images.png(part.chart, 'light'), 'chart.png');
    } catch (error) {
      log.error({ error: String(error) }, 'a chart could not be drawn; its words are sent');
      return null;
    }
  }

  async function send(place: Place, part: Part, silent: boolean): Promise<string> {
    const common = {
      parse_mode: 'HTML' as const,
      ...(part.keyboard.length === 0 ? {} : { reply_markup: markup(part) }),
      ...(place.topic === undefined ? {} : { message_thread_id: place.topic }),
      ...(silent ? { disable_notification: true } : {}),
    };
    const file = part.kind === 'text' ? null : await fileOf(part);
    if (part.kind === 'text' || file === null) {
      const html = part.kind === 'photo' ? inWords(part) : part.html;
      const text = { ...common, link_preview_options: { is_disabled: true } };
      const sent = await call(place, (chat) => api.sendMessage(chat, html, text));
      return messageKey('text', sent.message_id);
    }
    const captioned = { ...common, ...caption(part) };
    const sent = await call(
      place,
      async (chat): Promise<{ readonly message_id: number }> =>
        part.kind === 'photo'
          ? api.sendPhoto(chat, file, captioned)
          : api.sendDocument(chat, file, captioned),
    );
    return messageKey(part.kind, sent.message_id);
  }

  async function edit(place: Place, message: number, part: Part): Promise<string> {
    const reply_markup = markup(part);
    const file = part.kind === 'text' ? null : await fileOf(part);
    try {
      if (part.kind === 'text' || file === null) {
        const html = part.kind === 'photo' ? inWords(part) : part.html;
        await call(place, (chat) =>
          api.editMessageText(chat, message, html, {
            parse_mode: 'HTML',
            link_preview_options: { is_disabled: true },
            reply_markup,
          }),
        );
        return messageKey('text', message);
      }
      const media = { media: file, parse_mode: 'HTML' as const, ...caption(part) };
      await call(place, (chat) =>
        api.editMessageMedia(
          chat,
          message,
          part.kind === 'photo' ? { type: 'photo', ...media } : { type: 'document', ...media },
          { reply_markup },
        ),
      );
    } catch (error) {
      if (!isNotModified(error)) throw error;
    }
    return messageKey(part.kind, message);
  }

  /** What is left over goes; where Telegram keeps it, at least its buttons do. */
  async function remove(place: Place, message: number): Promise<void> {
    try {
      await call(place, (chat) => api.deleteMessage(chat, message));
    } catch (error) {
      if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
      await call(place, (chat) => api.editMessageReplyMarkup(chat, message)).catch(() => undefined);
    }
  }

  async function carryOut(place: Place, step: Step, silent: boolean): Promise<string | null> {
    if (step.do === 'remove') {
      await remove(place, step.message);
      return null;
    }
    if (step.do === 'send') return send(place, step.part, silent);
    try {
      return await edit(place, step.message, step.part);
    } catch (error) {
      if (!isUneditable(error)) throw error;
      await remove(place, step.message).catch(() => undefined);
      return send(place, step.part, silent);
    }
  }

  function remember(name: string, done: string[]): void {
    for (const oldest of unfinished.keys()) {
      if (unfinished.size < mostUnfinished) break;
      unfinished.delete(oldest);
    }
    unfinished.set(name, done);
  }

  async function carryAll(
    name: string,
    place: Place,
    steps: readonly Step[],
    silent: boolean,
  ): Promise<readonly string[]> {
    const began = now();
    const done = unfinished.get(name) ?? [];
    unfinished.delete(name);
    try {
      for (const step of steps.slice(done.length)) {
        done.push((await carryOut(place, step, silent)) ?? '');
      }
    } catch (error) {
      if (done.length > 0) remember(name, done);
      throw heldBack(place.chat, error);
    }
    // Who waited may have given up meanwhile, and asks for the same once more.
    if (now() - began > choices.longDeliveryMs) remember(name, done);
    return done.filter((id) => id !== '');
  }

  return {
    /**
     * Delivers or edits a reply. One that broke off goes on where it was; one that is still on its
     * way is not sent a second time.
     * @throws PortError
     */
    async deliver(
      place: Place,
      reply: Reply,
      previous: readonly string[] | null,
    ): Promise<readonly string[]> {
      const steps = plan(made(reply), previous);
      const name = createHash('sha256')
        .update(JSON.stringify([place, reply.key, steps]))
        .digest('hex');
      const known = running.get(name);
      if (known !== undefined) return known;
      const work = carryAll(name, place, steps, reply.notify === 'silent').finally(() =>
        running.delete(name),
      );
      running.set(name, work);
      return work;
    },
    /** One short message outside any reply. */
    async say(place: Place, text: string, button?: { text: string; url: string }) {
      const html = toHtml([{ look: 'plain', lines: [[{ text }]] }]);
      const keyboard = button === undefined ? [] : [[button]];
      return send(place, { kind: 'text', html, keyboard }, false).catch((error: unknown) => {
        throw heldBack(place.chat, error);
      });
    },
  };

  function heldBack(chat: string, error: unknown): PortError {
    const fault = faultOf(error);
    if (error instanceof GrammyError && fault.retryAfterMs !== undefined) {
      pace.hold(moved.get(chat) ?? chat, fault.retryAfterMs);
    }
    return fault;
  }
}

export type Sender = ReturnType<typeof createSender>;

function made(reply: Reply): readonly Part[] {
  try {
    return render(reply);
  } catch (error) {
    throw faultOf(error);
  }
}

function markup(part: Part) {
  return { inline_keyboard: part.keyboard.map((row) => [...row]) };
}

function caption(part: Exclude<Part, { kind: 'text' }>) {
  if (part.html === '') return {};
  return {
    caption: part.html,
    ...(part.kind === 'photo' && part.captionAbove ? { show_caption_above_media: true } : {}),
  };
}

/** A picture that could not be drawn, in words. */
function inWords(part: Extract<Part, { kind: 'photo' }>): string {
  const alt =
    part.alt.trim() === '' ? 'A chart belongs here.' : part.alt.slice(0, 2_000).toWellFormed();
  const said = toHtml([{ look: 'plain', lines: [[{ text: alt, italic: true }]] }]);
  return part.html === '' ? said : `${part.html}\n\n${said}`;
}
