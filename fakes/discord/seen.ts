import { type Component, everyComponent, kinds, mediaOf } from './components.ts';
import { flags } from './message-body.ts';
import type { FakeAttachment, FakeMessage, World } from './world.ts';

/** A message as a person sees it. */
export interface Seen {
  readonly id: string;
  readonly bot: boolean;
  /** Everything that can be read, in order, without the words on buttons. */
  readonly words: string;
  /** The words on buttons, and of the options of selects. */
  readonly labels: readonly string[];
  readonly images: readonly FakeAttachment[];
  readonly files: readonly FakeAttachment[];
  readonly ephemeral: boolean;
  /** Shown as "thinking". */
  readonly loading: boolean;
  readonly edited: boolean;
}

export function seen(world: World, message: FakeMessage): Seen {
  const v2 = (message.flags & flags.components) !== 0;
  const every = everyComponent(message.components).map(({ component }) => component);
  const shown = v2
    ? every.flatMap(mediaOf).flatMap(({ attachment_id: id }) => {
        const file = message.attachments.find((one) => one.id === id);
        return file === undefined ? [] : [file];
      })
    : message.attachments;
  const image = (file: FakeAttachment) => file.contentType.startsWith('image/');
  return {
    id: message.id,
    bot: message.author === world.self,
    words: [
      message.content,
      ...message.embeds.map(embedWords),
      ...every.filter(({ type }) => type === kinds.text).map(({ content }) => content ?? ''),
    ]
      .filter((one) => one !== '')
      .join('\n'),
    labels: every.flatMap(labelsOf),
    images: shown.filter(image),
    files: shown.filter((file) => !image(file)),
    ephemeral: message.only !== null,
    loading: (message.flags & flags.loading) !== 0,
    edited: message.editedAt !== null,
  };
}

function labelsOf(component: Component): string[] {
  if (component.type === kinds.button) return component.label ? [component.label] : [];
  return (component.options ?? []).map(({ label }) => label);
}

function embedWords(embed: Readonly<Record<string, unknown>>): string {
  const { title, description, fields, footer } = embed as {
    readonly title?: string;
    readonly description?: string;
    readonly fields?: readonly { readonly name: string; readonly value: string }[];
    readonly footer?: { readonly text: string };
  };
  const listed = (fields ?? []).map(({ name, value }) => `${name}: ${value}`);
  return [title, description, ...listed, footer?.text].filter(Boolean).join('\n');
}
