import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Field, Form } from '../../bot/dialogue/forms.ts';
import { type Event, ticketSchema } from '../../bot/event.ts';
import { plain } from './actions.ts';
import { limits } from './limits.ts';
import type { SlackFile, Submission } from './payload.ts';
import { oneLine, shortened } from './rich.ts';
import { wellFormed } from './text.ts';

/** What a form must remember until it is sent: whose it is and where its button stood. */
const metaSchema = z.object({
  user: z.string().min(1).max(40),
  conversation: z.string().min(1).max(200),
  surface: z.enum(['direct', 'group', 'thread']),
  message: z.string().max(40).optional(),
  ticket: ticketSchema.optional(),
});
export type Meta = z.infer<typeof metaSchema>;
const kept = metaSchema.extend({ token: z.string().min(1).max(200) });

/** What somebody filled in. */
export interface Filled {
  readonly meta: Meta;
  readonly token: string;
  readonly values: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, SlackFile>>;
  /** The fields that an error can be shown at. */
  readonly fields: readonly string[];
}

const callback = 'keel-form';
const element = 'value';

export function metaOf(event: Omit<Event, 'body'>): Meta {
  const { source, surface, message, ticket } = event;
  return metaSchema.parse({
    user: source.identity,
    conversation: source.conversation,
    surface,
    message,
    ticket,
  });
}

/** A form as a modal. */
export function viewOf(
  form: Form,
  initial: Readonly<Record<string, string>>,
  token: string,
  meta: Meta,
): types.ModalView {
  const metadata = JSON.stringify({ ...meta, token });
  if (metadata.length > limits.view.privateMetadata) throw new Error('A form has too long a past.');
  const title = oneLine(form.title);
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: metadata,
    title: plain(shortened(title, limits.view.title)),
    submit: plain(shortened(oneLine(form.submit), limits.view.button)),
    close: plain('Cancel'),
    blocks: [
      ...(title.length > limits.view.title
        ? [{ type: 'header' as const, text: plain(shortened(title, limits.header)) }]
        : []),
      ...form.fields.map((field) => input(field, initial[field.name])),
    ],
  };
}

function input(field: Field, initial: string | undefined): types.InputBlock {
  return {
    type: 'input',
    block_id: field.name,
    label: plain(shortened(oneLine(field.label), limits.input.label)),
    optional: field.optional ?? false,
    element: elementOf(field, initial),
    ...(field.hint === undefined
      ? {}
      : { hint: plain(shortened(oneLine(field.hint), limits.input.hint)) }),
  };
}

function elementOf(field: Field, initial: string | undefined): types.InputBlockElement {
  if (field.kind === 'file') {
    const filetypes = field.accept.map((ending) => ending.replace(/^\./, ''));
    return { type: 'file_input', action_id: element, filetypes, max_files: 1 };
  }
  if (field.kind === 'text') {
    const most = Math.min(field.maxLength, limits.input.text);
    const placeholder = field.placeholder?.slice(0, limits.input.placeholder).toWellFormed();
    return {
      type: 'plain_text_input',
      action_id: element,
      multiline: field.multiline ?? false,
      max_length: most,
      ...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
      ...(initial ? { initial_value: initial.slice(0, most).toWellFormed() } : {}),
    };
  }
  const options = field.options.map(
    ({ label, value }): types.PlainTextOption => ({
      text: plain(shortened(oneLine(label), limits.option.text)),
      value,
    }),
  );
  const chosen = options.find(({ value }) => value === initial);
  const rest = { action_id: element, options, ...(chosen ? { initial_option: chosen } : {}) };
  return options.length <= limits.radioOptions
    ? { type: 'radio_buttons', ...rest }
    : { type: 'static_select', ...rest };
}

/** What a submitted modal holds; null when it is none of ours or not of who sent it. */
export function readSubmission({ view, user }: Submission): Filled | null {
  if (view.callback_id !== callback) return null;
  const read = kept.safeParse(parsed(view.private_metadata));
  if (!read.success || read.data.user !== user.id) return null;
  const { token, ...meta } = read.data;
  // Among others, and on a Home tab, a conversation names whose it is.
  const [, whose = user.id] = meta.conversation.split(':');
  if (whose !== user.id) return null;
  const values: Record<string, string> = {};
  const files: Record<string, SlackFile> = {};
  for (const [name, elements] of Object.entries(view.state.values)) {
    const state = elements[element];
    if (state === undefined) continue;
    const [file] = state.files ?? [];
    if (file !== undefined) {
      files[name] = file;
      values[name] = wellFormed(file.name ?? 'file').slice(0, 255);
    } else values[name] = wellFormed(state.selected_option?.value ?? state.value ?? '');
  }
  const fields = view.blocks.filter(({ type }) => type === 'input').map(({ block_id: id }) => id);
  return { meta, token, values, files, fields };
}

/** Errors beside their fields; what belongs to no field stands at the first. */
export function errorsAt(
  fields: readonly string[],
  errors: Readonly<Record<string, string>>,
): Record<string, string> {
  const placed: Record<string, string> = {};
  for (const [name, why] of Object.entries(errors)) {
    const at = fields.includes(name) ? name : fields[0];
    placed[at] = placed[at] === undefined ? why : `${placed[at]} ${why}`;
  }
  return placed;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
