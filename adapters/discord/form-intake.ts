import { InteractionResponseType } from 'discord.js';
import type { FieldErrors, Form } from '../../bot/dialogue/forms.ts';
import type { BotDoor } from '../../bot/door.ts';
import type { Event, EventFile } from '../../bot/event.ts';
import { answers } from './answers.ts';
import { fileWords, readFile } from './files.ts';
import type { TakeIn } from './interaction-intake.ts';
import type { Respond } from './interactions-route.ts';
import { choices } from './limits.ts';
import { modalOf } from './modal.ts';
import type { Parsed } from './parse.ts';
import type { Patience } from './patience.ts';
import type { Attachment } from './payload.ts';
import type { Typed } from './typed.ts';

type Wanted = Extract<Parsed, { kind: 'form' }>;
type Filled = Extract<Parsed, { kind: 'filled' }>;
type Values = Readonly<Record<string, string>>;

interface FormPorts {
  readonly door: () => BotDoor;
  readonly typed: Typed;
  readonly download: (url: string) => Promise<Uint8Array>;
  readonly takeIn: TakeIn;
}

/** Opens forms and checks what was filled in: both inside the first answer. */
export function createFormIntake({ door, typed, download, takeIn }: FormPorts) {
  async function open(
    { begun, press }: Wanted,
    respond: Respond,
    patience: Patience,
  ): Promise<void> {
    const { token } = press;
    const opened = await patience.now(door().openForm(token, begun.source));
    if ('refused' in opened) {
      await respond(answers.says(opened.refused));
      return;
    }
    const values = { ...opened.initial, ...typed.of(begun.source.identity, token) };
    const data = modalOf(opened.form, press, values);
    await respond({ type: InteractionResponseType.Modal, data });
  }

  async function submit(filled: Filled, respond: Respond, patience: Patience): Promise<void> {
    const { begun, press, pass } = filled;
    const { token, again } = press;
    const { source, locale } = begun;
    const opened = await patience.now(door().openForm(token, source));
    if ('refused' in opened) {
      await respond(answers.says(opened.refused));
      return;
    }
    const values = onlyOf(opened.form, filled.values);
    // Kept at once: whatever happens next, nobody types it twice.
    typed.keep(source.identity, token, withoutFiles(opened.form, values));
    const checked = await patience.now(door().checkForm(token, source, values, locale));
    if ('refused' in checked) {
      await respond(answers.says(checked.refused));
      return;
    }
    const errors = { ...checked.errors, ...fileErrors(opened.form, filled.attachments) };
    if (Object.keys(errors).length > 0) {
      const files = Object.keys(filled.attachments).length > 0;
      await respond(answers.mistakes(opened.form, errors, press, files));
      return;
    }
    const event = (files?: Readonly<Record<string, EventFile>>): Event => {
      const held = files === undefined ? {} : { files };
      return { ...begun, body: { kind: 'form', token, values, ...held } };
    };
    const accepted = again ? answers.corrected : answers.later(pass);
    const full =
      Object.keys(filled.attachments).length === 0
        ? event()
        : filesOf(opened.form, filled.attachments).then(event);
    const stored = await takeIn(full, pass, respond, patience, accepted);
    if (stored) typed.forget(source.identity, token);
  }

  async function filesOf(form: Form, attachments: Readonly<Record<string, Attachment>>) {
    const files: Record<string, EventFile> = {};
    for (const [name, attachment] of Object.entries(attachments)) {
      const field = form.fields.find((one) => one.kind === 'file' && one.name === name);
      if (field?.kind !== 'file') continue;
      files[name] = await readFile(attachment, download, bytesOf(field.maxBytes));
    }
    return files;
  }

  return { open, submit };
}

function bytesOf(maxBytes: number): number {
  return Math.min(maxBytes, choices.fileBytes);
}

/** Fields that the form has, and no others: what a client sends besides is nobody's answer. */
function onlyOf(form: Form, values: Values): Values {
  const names = form.fields.map(({ name }) => name);
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

function withoutFiles(form: Form, values: Values): Values {
  const files = form.fields.filter(({ kind }) => kind === 'file').map(({ name }) => name);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !files.includes(name)));
}

function fileErrors(form: Form, attachments: Readonly<Record<string, Attachment>>): FieldErrors {
  const errors: Record<string, string> = {};
  for (const field of form.fields) {
    const file = attachments[field.name];
    if (field.kind !== 'file' || file === undefined) continue;
    const fits = field.accept.some((end) => file.filename.toLowerCase().endsWith(end));
    if (!fits) errors[field.name] = `The name must end with ${field.accept.join(' or ')}.`;
    if (file.size > bytesOf(field.maxBytes)) errors[field.name] = fileWords.large;
  }
  return errors;
}
