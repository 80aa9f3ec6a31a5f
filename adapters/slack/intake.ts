import type { BotDoor } from '../../bot/door.ts';
import { PortError } from '../../bot/errors.ts';
import { type Event, type EventFile, eventSchema, type Source } from '../../bot/event.ts';
import type { Logger } from '../../bot/ports.ts';
import { plain } from './actions.ts';
import type { Api } from './api.ts';
import { type Download, fileSentences, mostFileBytes } from './download.ts';
import { faultOf, refusalOf } from './faults.ts';
import { errorsAt, metaOf, viewOf } from './modal.ts';
import { type Parsed, parse } from './parse.ts';
import type { Delivery } from './payload.ts';
import { isDirect, isHome } from './place.ts';
import type { Answers } from './response-url.ts';
import { richText } from './rich.ts';
import type { Sender } from './sender.ts';
import { spelled } from './spelled.ts';
import { readTicket } from './ticket.ts';
import { within } from './within.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

/** Slack suggests nothing behind a command, so suggestions are not asked for. */
export type SlackDoor = Pick<BotDoor, 'receive' | 'openForm' | 'checkForm' | 'heard' | 'commands'>;

/** A delivery that passed the door, for a workspace that Keel may speak in. */
export interface Arrived {
  readonly delivery: Delivery;
  readonly workspace: Workspace;
  /** How often Slack has sent it before. */
  readonly retry: number;
}

/** What the acknowledgement carries: nothing, or what a modal does next. */
export type Acknowledge = (answer?: object) => Promise<void>;

export interface IntakePorts {
  readonly api: Api;
  readonly sender: Sender;
  readonly answers: Answers;
  readonly download: Download;
  readonly workspaces: Workspaces;
  readonly log: Logger;
  /** Real time: Slack's own deadlines do not follow a clock that stands at the last price. */
  readonly wallNow: () => number;
  readonly door: () => SlackDoor;
}

/** A file is asked for again by Slack's own retries, this often; then the person is asked. */
const mostFetches = 2;
/** A person's direct chat is asked for once and remembered; the acknowledgement waits for it so long. */
const chatMs = 1_000;

/**
 * Takes one delivery in: it resolves when what it asked is stored durably or needs no storing.
 * Opening a form, and the errors of one, are answered within the acknowledgement.
 */
export function createIntake(ports: IntakePorts) {
  const { api, sender, answers, download, workspaces, log } = ports;

  const names = () => new Set(ports.door().commands.map(({ name }) => name));
  const spoken = (text: string) => spelled(text, names());

  function courtesy(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) =>
      log.info({ platform: 'slack', why: faultOf(error).code }, `not said: ${what}`),
    );
  }

  /** For the person's eyes: there where they pressed, else in the direct chat. */
  async function tell(at: Workspace, event: Omit<Event, 'body'>, words: string): Promise<void> {
    const text = spoken(words);
    const address = event.ticket === undefined ? null : readTicket(event.ticket);
    if (address !== null && answers.left(address) > 0) {
      return answers.say(address, { text, blocks: [richText([[{ text }]])] });
    }
    return sender.say(at, event.source.identity, text);
  }

  /** What cannot be read now cannot be read later either. */
  function read({ delivery, workspace }: Arrived): Parsed {
    try {
      const parsed = parse(delivery, {
        installation: workspace.installation,
        botUser: workspace.botUser,
        commands: names(),
        now: ports.wallNow(),
      });
      if ('event' in parsed && 'body' in parsed.event) eventSchema.parse(parsed.event);
      return parsed;
    } catch (error) {
      if (error instanceof PortError) throw error;
      const name = error instanceof Error ? error.name : 'unknown';
      log.error({ platform: 'slack', error: name }, 'a delivery could not be read');
      return { kind: 'ignored', reason: 'It could not be read.' };
    }
  }

  /**
   * A person's direct chat with Keel: the channel that a command names, where they spoke before, else
   * what Slack says. After a start many ask at once, and Slack answers few a minute.
   */
  async function directChat(at: Workspace, source: Source, channel: string): Promise<string> {
    const here = { ...source, conversation: channel };
    if (
      isDirect(channel) &&
      !sender.knows(at, source.identity) &&
      (await ports.door().heard(here))
    ) {
      sender.learn(at, source.identity, channel);
    }
    return sender.directChat(at, source.identity);
  }

  /** A command in the direct chat is part of that conversation, whatever way it was typed. */
  async function settled(at: Workspace, event: Event, known = false): Promise<Event> {
    const { identity, conversation } = event.source;
    const [channel] = conversation.split(':');
    // Commands do not say that they were typed here; what was said or pressed here does.
    if (event.surface === 'direct' && isDirect(conversation)) sender.learn(at, identity, channel);
    if (!known && (event.message !== undefined || !isDirect(channel) || channel === conversation)) {
      return event;
    }
    const chat = await within(chatMs, directChat(at, event.source, channel)).catch(() => null);
    if (chat === null || (!known && chat !== channel)) return event;
    const { ticket: _ticket, ...rest } = event;
    return { ...rest, surface: 'direct', source: { ...event.source, conversation: chat } };
  }

  /** What is pressed on the Home tab is answered in the direct chat, and goes on there. */
  async function store(
    at: Workspace,
    event: Event,
    known = isHome(event.source) && event.body.kind !== 'lifecycle',
  ): Promise<void> {
    await ports.door().receive(await settled(at, event, known));
  }

  async function file(
    { workspace, retry }: Arrived,
    { event, file: given }: Extract<Parsed, { kind: 'file' }>,
  ): Promise<void> {
    if (event.body.kind !== 'file') return;
    try {
      const content = await download(given, workspace.token, mostFileBytes);
      await store(workspace, { ...event, body: { ...event.body, file: content } });
    } catch (error) {
      if (!(error instanceof PortError) || error.port !== 'slack') throw error;
      if (error.code !== 'refused' && retry < mostFetches) throw error;
      const why = error.code === 'refused' ? error.message : fileSentences.unread;
      courtesy('a refused file', sender.say(workspace, event.source.identity, why));
    }
  }

  async function openForm(
    at: Workspace,
    { event, token, trigger }: Extract<Parsed, { kind: 'form' }>,
  ): Promise<void> {
    const opened = await ports.door().openForm(token, event.source);
    if ('refused' in opened) return courtesy('a refusal', tell(at, event, opened.refused));
    try {
      await api.openView(at, trigger, viewOf(opened.form, opened.initial, token, metaOf(event)));
    } catch (error) {
      const fault = faultOf(error);
      const late = /trigger/.test(refusalOf(error) ?? '');
      log.warn({ platform: 'slack', why: late ? 'trigger' : fault.code }, 'a form did not open');
      courtesy('a form', tell(at, event, 'The form did not open in time. Please press once more.'));
    }
  }

  async function submit(
    at: Workspace,
    parsed: Extract<Parsed, { kind: 'submission' }>,
    ack: Acknowledge,
  ): Promise<void> {
    const { event, token, values, fields } = parsed;
    const checked = await ports.door().checkForm(token, event.source, values, event.locale);
    if ('refused' in checked) return ack(said(spoken(checked.refused)));
    const errors = errorsAt(fields, checked.errors);
    if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
    const files: Record<string, EventFile> = {};
    for (const [name, given] of Object.entries(parsed.files)) {
      try {
        files[name] = await download(given, at.token, mostFileBytes);
      } catch (error) {
        const why = faultOf(error);
        const sentence = why.code === 'refused' ? why.message : fileSentences.unread;
        return ack({ response_action: 'errors', errors: { [name]: sentence } });
      }
    }
    const sent = Object.keys(files).length > 0 ? { files } : {};
    const full = { ...event, body: { kind: 'form' as const, token, values, ...sent } };
    // Whatever the form remembers, one that stood in private is answered in its person's own chat.
    await store(at, eventSchema.parse(full), event.surface === 'direct');
    await ack({ response_action: 'clear' });
  }

  return async function take(arrived: Arrived, ack: Acknowledge): Promise<void> {
    const { workspace } = arrived;
    const parsed = read(arrived);
    switch (parsed.kind) {
      case 'ignored':
        log.info({ platform: 'slack', why: parsed.reason }, 'a delivery was left aside');
        return ack();
      case 'unreadable':
        courtesy('a problem', sender.say(workspace, parsed.event.source.identity, parsed.problem));
        return ack();
      case 'file':
        await file(arrived, parsed);
        return ack();
      case 'form':
        await openForm(workspace, parsed);
        return ack();
      case 'submission':
        return submit(workspace, parsed, ack);
      case 'removed':
        // Stored first: once the workspace is forgotten, what Slack sends again is refused.
        await ports.door().receive(parsed.event);
        await workspaces.remove(workspace.installation, parsed.at + 999);
        return ack();
      case 'shortcut':
        await store(workspace, parsed.event, true);
        return ack();
      case 'event':
        await store(workspace, parsed.event);
        return ack();
    }
  };
}

export type Intake = ReturnType<typeof createIntake>;

/** A modal that says a sentence in place of its fields. */
function said(text: string): object {
  const view = {
    type: 'modal',
    title: plain('Keel'),
    close: plain('Close'),
    blocks: [richText([[{ text }]])],
  };
  return { response_action: 'update', view };
}
