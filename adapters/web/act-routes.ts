import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Form } from '../../bot/dialogue/forms.ts';
import type { BotDoor } from '../../bot/door.ts';
import type { Event } from '../../bot/event.ts';
import type { StreamPorts } from './event-stream.ts';
import { limits } from './limits.ts';
import type { LogEntry } from './log.ts';
import type { Operation } from './operation.ts';
import { type Labels, noLabels, ownMessage } from './own-message.ts';
import {
  type Parsed,
  parseButton,
  parseFile,
  parseForm,
  parseMessage,
  parseSelect,
  type Sender,
  sourceOf,
} from './parse.ts';
import { readOperation } from './view.ts';
import { type GatePorts, senderOf, type Visit } from './visitor.ts';

/** The page completes commands itself. */
export type WebDoor = Omit<BotDoor, 'suggest' | 'heard'>;

export interface ActPorts extends GatePorts, StreamPorts {
  readonly door: () => WebDoor;
}

type Raw = { readonly id: string };

const notStored =
  'Keel could not store that just now, so nothing was done. It will be sent again when you retry.';

/** What a person does: each request is one event, stored before it is acknowledged. */
export function actRoutes(ports: ActPorts): Hono<Visit> {
  const app = new Hono<Visit>();
  const { messages, live, log, clock } = ports;

  async function accept(
    c: Context<Visit>,
    parsed: Parsed<Raw>,
    labels: Labels = noLabels,
  ): Promise<Response> {
    if (!parsed.ok) return c.json({ problem: parsed.problem }, 422);
    const { event, raw } = parsed;
    const conversation = event.source.conversation;
    try {
      const pressedOn = await messageAt(conversation, event.message);
      const entry = ownEntry(raw.id, event, ownMessage(event, pressedOn, labels));
      // Before the bot hears of it, so that no answer can overtake what it answers.
      await messages.put(conversation, entry);
      live.changed(conversation);
      await deliver(event, entry);
    } catch (error) {
      log.error({ event: event.id, error: String(error) }, 'web event not stored');
      return c.json({ problem: notStored }, 503);
    }
    return c.json({ accepted: raw.id }, 202);
  }

  async function deliver(event: Event, entry: LogEntry): Promise<void> {
    try {
      await ports.door().receive(event);
    } catch (error) {
      const undelivered = { ...(entry.operation as Operation), undelivered: true };
      await messages.put(event.source.conversation, { ...entry, operation: undelivered });
      live.changed(event.source.conversation);
      throw error;
    }
  }

  async function messageAt(conversation: string, position: string | undefined) {
    if (position === undefined) return null;
    const row = await messages.at(conversation, Number(position));
    return row === null ? null : readOperation(row, log);
  }

  /** Routes whose body is JSON differ only in how it is parsed. */
  function json(path: string, parse: (raw: unknown, sender: Sender) => Parsed<Raw>): void {
    app.post(path, smallBody, async (c) => accept(c, parse(await readJson(c), senderOf(c, clock))));
  }
  json('/messages', parseMessage);
  json('/buttons', parseButton);
  json('/selects', parseSelect);

  app.post('/forms/open', smallBody, async (c) => {
    const raw = await readJson(c);
    const token = typeof raw === 'object' && raw !== null && 'token' in raw ? raw.token : null;
    if (typeof token !== 'string' || token.length > limits.tokenLength) {
      return c.json({ problem: 'The request names no form.' }, 422);
    }
    const opened = await ports.door().openForm(token, sourceOf(c.get('session').identity));
    if ('refused' in opened) return c.json({ problem: opened.refused }, 409);
    const { title, submit, fields } = opened.form;
    return c.json({ form: { title, submit, fields }, initial: opened.initial });
  });

  app.post('/forms', fileBody, async (c) => {
    const parsed = parseForm(await readFormBody(c), senderOf(c, clock));
    if (!parsed.ok) return c.json({ problem: parsed.problem }, 422);
    const { token, values } = parsed.raw;
    const { source } = parsed.event;
    const checked = await ports.door().checkForm(token, source, values);
    if ('refused' in checked) return c.json({ problem: checked.refused }, 409);
    if (Object.keys(checked.errors).length > 0) return c.json({ errors: checked.errors }, 422);
    const opened = await ports.door().openForm(token, source);
    return accept(c, parsed, 'refused' in opened ? noLabels : labelsOf(opened.form));
  });

  app.post('/files', fileBody, async (c) => {
    const fields = await c.req.parseBody().catch(() => null);
    const file = fields?.file;
    if (fields === null || !(file instanceof File)) {
      return c.json({ problem: 'The request carries no file.' }, 422);
    }
    const raw = {
      id: fields.id,
      name: file.name,
      mediaType: file.type,
      content: new Uint8Array(await file.arrayBuffer()),
      caption: fields.caption ?? '',
    };
    return accept(c, parseFile(raw, senderOf(c, clock)));
  });

  return app;
}

const smallBody = bodyLimit({
  maxSize: limits.jsonBytes,
  onError: (c) =>
    c.json(
      {
        problem: `That is too long for one message: at most ${limits.textLength.toLocaleString('en-US')} characters.`,
      },
      413,
    ),
});

const fileBody = bodyLimit({
  // The parts of a multipart body around the file are small.
  maxSize: limits.fileBytes + limits.jsonBytes,
  onError: (c) =>
    c.json(
      { problem: 'That file is too large: at most 1 MB. A table of holdings needs far less.' },
      413,
    ),
});

async function readJson(c: Context): Promise<unknown> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return null;
  return c.req.json().catch(() => null);
}

/** A form with files is multipart: its JSON in `form`, each file under the name of its field. */
async function readFormBody(c: Context): Promise<unknown> {
  if (!/^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '')) return readJson(c);
  const parts = await c.req.parseBody().catch(() => null);
  if (typeof parts?.form !== 'string' || parts.form.length > limits.jsonBytes) return null;
  try {
    const files: Record<string, unknown> = {};
    for (const [field, part] of Object.entries(parts)) {
      if (!(part instanceof File)) continue;
      const content = new Uint8Array(await part.arrayBuffer());
      files[field] = { name: part.name, mediaType: part.type, content };
    }
    return { ...JSON.parse(parts.form), files };
  } catch {
    return null;
  }
}

function ownEntry(id: string, event: Event, operation: Operation): LogEntry {
  return { key: `you:${id}`, at: event.at, operation, replaces: { keys: [], position: null } };
}

function labelsOf(form: Form): Labels {
  const field = (name: string) => form.fields.find((one) => one.name === name);
  return {
    title: form.title,
    label: (name) => field(name)?.label ?? name,
    value: (name, value) => {
      const named = field(name);
      if (named?.kind !== 'choice') return value;
      return named.options.find((option) => option.value === value)?.label ?? value;
    },
  };
}
