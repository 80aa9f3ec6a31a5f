import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Body, Event, EventFile } from '../../bot/event.ts';
import { limits } from './limits.ts';

/** Who sent a request and when, from its session and the clock. */
export interface Sender {
  readonly identity: string;
  /** The browser's Accept-Language header. */
  readonly languages: string | undefined;
  readonly at: number;
}

/** An event, or why there is none, in words for the person. */
export type Parsed<Raw> =
  | { readonly ok: true; readonly event: Event; readonly raw: Raw }
  | { readonly ok: false; readonly problem: string };

/** The page makes one per action and keeps it when it sends again, so a retry is one event. */
const delivery = z.uuid('The delivery id is not a UUID.');
const position = z.number().int().positive().nullable();
const token = z.string().min(1).max(limits.tokenLength);

const messageSchema = z.object({
  id: delivery,
  text: z
    .string()
    .transform((text) => clean(text).trim())
    .pipe(
      z
        .string()
        .min(1, 'Write something first.')
        .max(
          limits.textLength,
          `That is too long for one message: at most ${limits.textLength.toLocaleString('en-US')} characters.`,
        ),
    ),
});
const buttonSchema = z.object({ id: delivery, message: position, token });
const selectSchema = buttonSchema.extend({ value: z.string().max(limits.selectValueLength) });
const contentSchema = z.object({
  name: z
    .string()
    .transform((name) => clean(name).trim() || 'file')
    .pipe(z.string().max(limits.fileNameLength, 'The name of that file is too long.')),
  mediaType: z.string().max(127),
  content: z
    .instanceof(Uint8Array)
    .refine((bytes) => bytes.length > 0, 'That file is empty.')
    .refine(
      (bytes) => bytes.length <= limits.fileBytes,
      'That file is too large: at most 1 MB. A table of holdings needs far less.',
    ),
});
const fileSchema = contentSchema.extend({
  id: delivery,
  caption: z.string().max(limits.captionLength, 'That caption is too long.').transform(clean),
});

const formSchema = buttonSchema.extend({
  values: z
    .record(
      z.string().max(100),
      z
        .string()
        .max(limits.formValueLength, `At most ${limits.formValueLength} characters fit in a field.`)
        .transform(clean),
    )
    .refine((values) => Object.keys(values).length <= limits.formFields, 'Too many fields.'),
  files: z
    .record(z.string().max(100), contentSchema)
    .refine((files) => Object.keys(files).length <= limits.formFields, 'Too many files.')
    .optional(),
});
export type FormBody = z.infer<typeof formSchema>;

export function parseMessage(raw: unknown, sender: Sender) {
  return parse(messageSchema, raw, sender, ({ text }) => ({ body: textBody(text) }));
}

export function parseButton(raw: unknown, sender: Sender) {
  return parse(buttonSchema, raw, sender, (button) => ({
    message: button.message,
    body: { kind: 'button', token: button.token },
  }));
}

export function parseSelect(raw: unknown, sender: Sender) {
  return parse(selectSchema, raw, sender, (select) => ({
    message: select.message,
    body: { kind: 'select', token: select.token, value: select.value },
  }));
}

export function parseForm(raw: unknown, sender: Sender) {
  return parse(formSchema, raw, sender, (form) => ({
    message: form.message,
    body: {
      kind: 'form',
      token: form.token,
      values: form.values,
      ...(form.files ? { files: filesOf(form.files) } : {}),
    },
  }));
}

export function parseFile(raw: unknown, sender: Sender) {
  return parse(fileSchema, raw, sender, ({ caption, ...file }) => ({
    body: { kind: 'file', file: eventFile(file), caption },
  }));
}

function filesOf(files: Readonly<Record<string, z.infer<typeof contentSchema>>>) {
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, eventFile(file)]));
}

function eventFile({ name, mediaType, content }: z.infer<typeof contentSchema>): EventFile {
  const base64 = Buffer.from(content).toString('base64');
  return { name, mediaType, bytes: content.length, content: base64 };
}

/** Where a browser's events come from: each identity has one conversation, its own. */
export function sourceOf(identity: string): Event['source'] {
  return { platform: 'web', installation: 'local', conversation: identity, identity };
}

/** "/recommend now" is the command "recommend" with "now"; anything else is text. */
export function textBody(text: string): Body {
  const match = /^\/([a-z][a-z0-9-]{0,31})(?:\s+([\s\S]*))?$/i.exec(text);
  if (match === null) return { kind: 'text', text };
  return { kind: 'command', name: match[1].toLowerCase(), args: (match[2] ?? '').trim() };
}

function parse<S extends z.ZodType<{ id: string }>>(
  schema: S,
  raw: unknown,
  sender: Sender,
  read: (value: z.infer<S>) => { readonly body: Body; readonly message?: number | null },
): Parsed<z.infer<S>> {
  const result = schema.safeParse(raw);
  if (!result.success) return { ok: false, problem: inWords(result.error) };
  const { body, message } = read(result.data);
  return {
    ok: true,
    raw: result.data,
    event: {
      id: `web:${visitorPrint(sender.identity)}:${result.data.id}`,
      source: sourceOf(sender.identity),
      surface: 'direct',
      ...(message ? { message: String(message) } : {}),
      locale: localeOf(sender.languages),
      at: sender.at,
      body,
    },
  };
}

/** Delivery ids are kept after /forget, so they must not name whose they were. */
function visitorPrint(identity: string): string {
  return createHash('sha256').update(`web delivery ${identity}`).digest('base64url').slice(0, 16);
}

/** Our own sentences stand as they are; a malformed request is named by its place. */
function inWords(error: z.ZodError): string {
  const issue = error.issues[0];
  if (/[.]$/.test(issue.message)) return issue.message;
  const place = issue.path.join('.') || 'the request';
  return `The page sent something this server does not understand (${place}). Reload the page and try again.`;
}

/** The databases refuse NUL and half a surrogate pair inside JSON. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

function localeOf(languages: string | undefined): string {
  const first = languages?.split(',')[0].split(';')[0].trim() ?? '';
  if (first.length > 35 || !/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(first)) return 'en-US';
  return Intl.getCanonicalLocales(first)[0];
}
