import { createHash } from 'node:crypto';
import type { types } from '@slack/bolt';
import type { Ticket } from '../../bot/event.ts';
import type { Logger } from '../../bot/ports.ts';
import type { Reply } from '../../bot/reply.ts';
import type { Timer } from '../timer.ts';
import type { Api, Said } from './api.ts';
import { faultOf, isFileFault, refusalOf } from './faults.ts';
import { choices } from './limits.ts';
import { type Place, pointerText } from './place.ts';
import { plan, readStanding, type Standing, type Step, standingId } from './plan.ts';
import { type Item, type Part, type Picture, render, renderHome } from './render.ts';
import { richText } from './rich.ts';
import type { Uploads } from './upload.ts';
import type { Whispers } from './whisper.ts';
import type { Workspace } from './workspaces.ts';

export interface SenderPorts {
  readonly api: Api;
  readonly uploads: Uploads;
  readonly whispers: Whispers;
  readonly timer: Timer;
  readonly log: Logger;
}

/** Replies whose delivery broke off are remembered so that what was delivered is not sent again. */
const mostUnfinished = 1_000;
const mostChats = 20_000;
/** The message to edit is not there any more, or cannot be edited. */
const uneditable =
  /^(message_not_found|cant_update_message|edit_window_closed|cant_delete_message|file_not_found|file_deleted)$/;

/** Carries replies out, message by message. */
export function createSender({ api, uploads, whispers, timer, log }: SenderPorts) {
  const unfinished = new Map<string, string[]>();
  const running = new Map<string, Promise<readonly string[]>>();
  const chats = new Map<string, string>();

  /** The id of a person's direct chat. */
  async function directChat(at: Workspace, user: string): Promise<string> {
    const name = `${at.installation} ${user}`;
    const known = chats.get(name);
    if (known !== undefined) return known;
    const channel = await api.open(at, user);
    learn(at, user, channel);
    return channel;
  }

  function knows(at: Workspace, user: string): boolean {
    return chats.has(`${at.installation} ${user}`);
  }

  /** A direct chat that is known need not be asked for. */
  function learn(at: Workspace, user: string, channel: string): void {
    if (chats.size >= mostChats) chats.clear();
    chats.set(`${at.installation} ${user}`, channel);
  }

  async function block(at: Workspace, item: Item): Promise<types.KnownBlock> {
    if (item.type !== 'picture') return item;
    const id = await uploads.picture(at, item.chart);
    if (id !== null) return { type: 'image', slack_file: { id }, alt_text: item.alt };
    log.error({ platform: 'slack' }, 'a chart could not be drawn; its words are sent');
    return richText([[{ text: item.alt, italic: true }]]);
  }

  async function blocksOf(at: Workspace, items: readonly Item[]): Promise<types.KnownBlock[]> {
    const made: types.KnownBlock[] = [];
    for (const item of items) made.push(await block(at, item));
    return made;
  }

  /** Sends blocks; pictures that Slack has thrown away meanwhile are uploaded once more. */
  async function withPictures<T>(
    at: Workspace,
    items: readonly Item[],
    send: (blocks: readonly types.KnownBlock[]) => Promise<T>,
  ): Promise<T> {
    try {
      return await send(await blocksOf(at, items));
    } catch (error) {
      if (!forgotten(at, items, error)) throw error;
      return send(await blocksOf(at, items));
    }
  }

  /** Forgets pictures that Slack would not show, so that they are uploaded anew. */
  function forgotten(at: Workspace, items: readonly Item[], error: unknown): boolean {
    if (!isFileFault(error)) return false;
    const pictures = items.filter((item): item is Picture => item.type === 'picture');
    for (const { chart } of pictures) uploads.forget(at, chart);
    return pictures.length > 0;
  }

  async function send(at: Workspace, channel: string, part: Part): Promise<string> {
    if (part.kind === 'file') {
      const file = await uploads.file(at, channel, part.name, part.content);
      return standingId({ kind: 'file', channel, file });
    }
    const ts = await withPictures(at, part.items, (blocks) =>
      api.post(at, channel, { text: part.text, blocks }),
    );
    return standingId({ kind: 'message', channel, ts });
  }

  async function remove(at: Workspace, standing: Standing): Promise<void> {
    try {
      if (standing.kind === 'message') await api.remove(at, standing.channel, standing.ts);
      if (standing.kind === 'file') await api.removeFile(at, standing.file);
    } catch (error) {
      if (!uneditable.test(refusalOf(error) ?? '')) throw error;
    }
  }

  async function carryOut(at: Workspace, channel: string, step: Step): Promise<string> {
    if (step.do === 'send') return send(at, channel, step.part);
    if (step.do === 'remove') {
      await remove(at, step.standing);
      return '';
    }
    const { ts, part } = step;
    try {
      await withPictures(at, part.items, (blocks) =>
        api.update(at, channel, ts, { text: part.text, blocks }),
      );
      return standingId({ kind: 'message', channel, ts });
    } catch (error) {
      if (!uneditable.test(refusalOf(error) ?? '')) throw error;
      await remove(at, { kind: 'message', channel, ts }).catch(() => undefined);
      return send(at, channel, part);
    }
  }

  async function inChannel(
    at: Workspace,
    channel: string,
    parts: readonly Part[],
    previous: readonly Standing[],
    done: string[],
  ): Promise<readonly string[]> {
    for (const step of plan(parts, channel, previous).slice(done.length)) {
      done.push(await carryOut(at, channel, step));
    }
    return done;
  }

  /** To one person among others: there where it can be, else in the direct chat with a word there. */
  async function toOne(
    at: Workspace,
    place: Extract<Place, { kind: 'ephemeral' }>,
    reply: Reply,
    previous: readonly Standing[],
    ticket: Ticket | undefined,
    done: string[],
  ): Promise<readonly string[]> {
    const parts = render(reply);
    const waits =
      reply.actions.length === 0 && reply.blocks.every(({ kind }) => kind === 'progress');
    // What one person sees cannot be changed by us: progress is shown once.
    if (waits && previous.some(({ kind }) => kind === 'whisper')) return previous.map(standingId);
    const messages = parts.flatMap((part) => (part.kind === 'message' ? [part] : []));
    const chatted = previous.some((one) => one.kind === 'message' || one.kind === 'file');
    const begun = done.some((id) => !id.startsWith('w:'));
    if (messages.length === parts.length && !chatted && !begun) {
      const said: Said[] = [];
      for (const { items, text } of messages)
        said.push({ text, blocks: await blocksOf(at, items) });
      const work = whispers.show(at, place, said, previous, ticket, done);
      const shown = await work.catch((error: unknown): never => {
        for (const { items } of messages) forgotten(at, items, error);
        throw error;
      });
      if (shown !== null) return shown;
      done.length = 0;
    }
    const channel = await directChat(at, place.user);
    const ids = await inChannel(at, channel, parts, previous, done);
    if (channel !== place.channel && !waits) await point(at, place, ticket);
    return ids.filter((id) => id !== '');
  }

  async function point(
    at: Workspace,
    place: Extract<Place, { kind: 'ephemeral' }>,
    ticket: Ticket | undefined,
  ): Promise<void> {
    const said = { text: pointerText, blocks: [richText([[{ text: pointerText }]])] };
    await whispers.show(at, place, [said], [], ticket, []).catch((error: unknown) => {
      log.info({ platform: 'slack', why: faultOf(error).code }, 'a pointer was not shown');
    });
  }

  async function carryAll(
    name: string,
    at: Workspace,
    place: Place,
    reply: Reply,
    previous: readonly Standing[],
    ticket: Ticket | undefined,
  ): Promise<readonly string[]> {
    const began = timer.now();
    const done = unfinished.get(name) ?? [];
    unfinished.delete(name);
    try {
      if (place.kind === 'home') {
        await withPictures(at, renderHome(reply), (blocks) => api.publish(at, place.user, blocks));
        return [standingId({ kind: 'home' })];
      }
      if (place.kind === 'ephemeral') {
        return await toOne(at, place, reply, previous, ticket, done);
      }
      const channel = place.kind === 'direct' ? await directChat(at, place.user) : place.channel;
      await inChannel(at, channel, render(reply), previous, done);
    } catch (error) {
      if (done.length > 0) remember(name, done);
      throw faultOf(error);
    }
    // Who waited may have given up meanwhile, and asks for the same once more.
    if (timer.now() - began > choices.longDeliveryMs) remember(name, done);
    return done.filter((id) => id !== '');
  }

  function remember(name: string, done: string[]): void {
    for (const oldest of unfinished.keys()) {
      if (unfinished.size < mostUnfinished) break;
      unfinished.delete(oldest);
    }
    unfinished.set(name, done);
  }

  return {
    directChat,
    knows,
    learn,
    /**
     * Delivers or edits a reply. One that broke off goes on where it was; one that is still on its
     * way is not sent a second time.
     * @throws PortError
     */
    async deliver(
      at: Workspace,
      place: Place,
      reply: Reply,
      previous: readonly string[],
      ticket?: Ticket,
    ): Promise<readonly string[]> {
      const { blocks, actions, key } = reply;
      const what = [at.installation, place, key, blocks, actions, previous];
      const name = createHash('sha256').update(JSON.stringify(what)).digest('hex');
      const known = running.get(name);
      if (known !== undefined) return known;
      const standing = readStanding(previous);
      const work = carryAll(name, at, place, reply, standing, ticket).finally(() =>
        running.delete(name),
      );
      running.set(name, work);
      return work;
    },
    /** One short message outside any reply, in a person's direct chat. */
    async say(at: Workspace, user: string, text: string): Promise<void> {
      const channel = await directChat(at, user);
      await api.post(at, channel, { text, blocks: [richText([[{ text }]])] });
    },
  };
}

export type Sender = ReturnType<typeof createSender>;
