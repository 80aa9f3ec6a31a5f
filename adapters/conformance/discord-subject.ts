import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Event } from '../../bot/event.ts';
import type { Reply } from '../../bot/reply.ts';
import { type Component, everyComponent, kinds } from '../../fakes/discord/components.ts';
import type { MessageBody } from '../../fakes/discord/message-body.ts';
import { messageFlaws } from '../../fakes/discord/message-rules.ts';
import { requestFlaws } from '../../fakes/discord/schema.ts';
import { readCustomId } from '../discord/custom-id.ts';
import { parseInteraction } from '../discord/parse.ts';
import { parseMessage } from '../discord/parse-message.ts';
import { interactionSchema, messageSchema } from '../discord/payload.ts';
import type { PartFile } from '../discord/pieces.ts';
import { type Part, render } from '../discord/render.ts';
import { asRead } from './discord-markdown.ts';
import { openDiscord } from './discord-running.ts';
import type { ChatSubject, Press, Shown } from './subject.ts';

const recorded = fileURLToPath(
  new URL('../../../shared/specs/inbound-samples/discord.json', import.meta.url),
);
const now = 1_780_000_000_000;

interface Recorded {
  readonly metadata: { readonly botId: string };
  readonly [name: string]: unknown;
}

/** What the recorded deliveries are; what is missing here is not said to the bot. */
const kindsOf: Readonly<Record<string, Event['body']['kind']>> = {
  gatewayMention: 'text',
  gatewayAIMention: 'text',
};

function payloads(): ChatSubject['payloads'] {
  if (!existsSync(recorded)) return [];
  const { metadata, ...all } = JSON.parse(readFileSync(recorded, 'utf8')) as Recorded;
  const self = { application: metadata.botId, user: metadata.botId };
  return Object.entries(all).map(([name, given]): ChatSubject['payloads'][number] => {
    const { type, data } = given as { readonly type: unknown; readonly data: unknown };
    if (type === 3) {
      return { name, kind: 'button', read: () => interaction(given) };
    }
    const kind = kindsOf[name] ?? null;
    return { name, kind, read: () => message(type, data, self) };
  });
}

function interaction(given: unknown): Event | null {
  const parsed = parseInteraction(interactionSchema.parse(given), now);
  return parsed.kind === 'event' ? parsed.event : null;
}

function message(type: unknown, data: unknown, self: Parameters<typeof parseMessage>[1]) {
  if (type !== 'GATEWAY_MESSAGE_CREATE') return null;
  const parsed = parseMessage(messageSchema.parse(data), self, now);
  return parsed.kind === 'event' ? parsed.event : null;
}

const route = ['POST', '/channels/{channel_id}/messages'] as const;
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

/** The request that sends a part, as the schema and the rules of the platform look at it. */
function flawsOf(part: Part): string[] {
  const components = part.components as unknown as readonly Component[];
  const uploads = new Map(
    part.files.map((file, at) => [
      `files[${at}]`,
      { name: file.name, bytes: bytesOf(file), type: 'text/plain' },
    ]),
  );
  const attachments = part.files.map(({ name }, at) => ({ id: String(at), filename: name }));
  const body: MessageBody = { flags: 32_768, components, attachments };
  const flaws = [...requestFlaws(...route, body), ...messageFlaws(body, uploads)];
  return flaws.map(({ path, message: words }) => `${path}: ${words}`);
}

function bytesOf(file: PartFile): Uint8Array {
  return file.kind === 'file' ? Buffer.from(file.content) : png;
}

function show(reply: Reply): Shown {
  const parts = render(reply);
  const every = parts.flatMap((part) =>
    everyComponent(part.components as unknown as readonly Component[]).map((one) => one.component),
  );
  const files = parts.flatMap((part) => part.files);
  const contents = files.flatMap((file) => (file.kind === 'file' ? [file] : []));
  const moved = contents.filter((file) => file.moved).map((file) => file.content);
  return {
    words: every.flatMap(wordsOf).join('\n'),
    attached: moved.join('\n'),
    presses: every.flatMap(pressesOf),
    files: contents.map((file) => file.content),
    pictures: every.filter(({ type }) => type === kinds.gallery).length,
    broken: parts.flatMap(flawsOf),
  };
}

function wordsOf(component: Component): string[] {
  const options = (component.options ?? []).flatMap(({ label, description }) => [
    label,
    description ?? '',
  ]);
  return [
    asRead(component.content ?? ''),
    component.label ?? '',
    component.placeholder ?? '',
    ...options,
  ];
}

/** Pressed as Discord would deliver it, and read as the adapter reads it. */
function pressesOf(component: Component): Press[] {
  if (component.type === kinds.button && component.url) {
    return [{ action: 'link', url: component.url }];
  }
  if (!component.custom_id) return [];
  const meant = readCustomId(component.custom_id);
  if (meant.kind === 'form') return [{ action: 'form', token: meant.token, form: meant.form }];
  const chosen = component.options?.map(({ value }) => [value]) ?? [undefined];
  return chosen.map((values): Press => {
    const event = interaction({
      id: '1',
      application_id: '2',
      type: 3,
      token: 'token',
      context: 1,
      user: { id: '3' },
      message: { id: '4' },
      data: { custom_id: component.custom_id, component_type: component.type, values },
    });
    if (event === null) throw new Error('A press came to nothing.');
    return { action: 'event', body: event.body };
  });
}

export const discordSubject = (mode: 'gateway' | 'http'): ChatSubject => ({
  platform: mode === 'gateway' ? 'discord' : 'discord by HTTP',
  payloads: payloads(),
  show,
  open: () => openDiscord(mode),
});
