import { everyComponent, type Media, mediaOf, type Sources, stored } from './components.ts';
import { checkSize } from './file-rules.ts';
import { flags, type MessageBody, type Uploads } from './message-body.ts';
import { messageFlaws } from './message-rules.ts';
import { invalidForm, mistaken, Refused } from './refused.ts';
import { pngSize } from './wire.ts';
import type { FakeAttachment, FakeChannel, FakeInteraction, FakeMessage, World } from './world.ts';

/** A few minutes, for how long Discord remembers an enforced nonce. */
const nonceMs = 5 * 60_000;

/** Who may write where, and messages from requests. */
export function createMessages(world: World) {
  const nonces = new Map<string, FakeMessage>();

  function attach(body: MessageBody, uploads: Uploads, ephemeral: boolean): FakeAttachment[] {
    return [...uploads].map(([field, { name, bytes, type }]) => {
      const entry = body.attachments?.find(({ id }) => field === `files[${id}]`);
      return world.keep({
        name: entry?.filename ?? name,
        bytes,
        ephemeral,
        description: entry?.description ?? null,
        ...(type === '' ? {} : { contentType: type }),
      });
    });
  }

  /** Media as stored; an edit may repeat what is there by its address. */
  function sourcesOf(files: readonly FakeAttachment[]): Sources {
    const find = ({ url }: Media) =>
      files.find((one) => url === one.url || url === `attachment://${one.name}`);
    return {
      media(of) {
        const file = find(of);
        const url = file?.url ?? of.url;
        return {
          id: world.nextId(),
          url,
          proxy_url: url,
          ...(file === undefined
            ? {}
            : {
                attachment_id: file.id,
                content_type: file.contentType,
                ...(pngSize(file.bytes) ?? {}),
              }),
        };
      },
      about(of) {
        const file = find(of);
        return { name: file?.name ?? '', size: file?.bytes.length ?? 0 };
      },
    };
  }

  function nothing(
    message: Pick<FakeMessage, 'content' | 'components' | 'embeds' | 'attachments'>,
  ) {
    const { content, components, embeds, attachments } = message;
    return (
      content.trim() === '' &&
      components.length === 0 &&
      embeds.length === 0 &&
      attachments.length === 0
    );
  }

  /** Media that an edit repeats as it was answered: by its address on the CDN. */
  function repeated(body: MessageBody, old: FakeMessage): MessageBody {
    if (!body.components) return body;
    const shown = everyComponent(body.components).flatMap(({ component }) => mediaOf(component));
    const gone = shown.filter(({ url }) =>
      old.attachments.some(
        (file) =>
          file.url === url &&
          body.attachments &&
          !body.attachments.some(({ id }) => id === file.id),
      ),
    );
    if (gone.length > 0) throw mistaken(400, 50035, 'An edit shows a file that it takes away');
    return body;
  }

  const messages = {
    channel(id: string): FakeChannel {
      const channel = world.channels.get(id);
      if (channel === undefined) throw new Refused(404, 10003, 'Unknown Channel');
      const guild = channel.guild === null ? null : world.guild(channel.guild);
      if (!channel.readable || guild?.joined === false) {
        throw new Refused(403, 50001, 'Missing Access');
      }
      return channel;
    },
    /** The channel, when the bot may write there unasked. */
    writable(id: string): FakeChannel {
      const channel = messages.channel(id);
      if (channel.person !== null && world.user(channel.person).blocking) {
        throw new Refused(403, 50007, 'Cannot send messages to this user');
      }
      if (!channel.writable) throw new Refused(403, 50013, 'Missing Permissions');
      return channel;
    },
    find(channel: string, id: string): FakeMessage {
      const message = world.channels.get(channel)?.messages.get(id);
      if (message === undefined) throw new Refused(404, 10008, 'Unknown Message');
      return message;
    },
    /** A message that an enforced nonce already made. */
    again(body: MessageBody, channel: string): FakeMessage | undefined {
      if (!body.enforce_nonce || body.nonce === undefined || body.nonce === null) return undefined;
      const found = nonces.get(String(body.nonce));
      if (found === undefined || found.at <= world.now() - nonceMs) return undefined;
      if (found.channel !== channel) {
        world.violations.push(`nonce ${body.nonce} was used for another channel: nothing was sent`);
      }
      return found;
    },
    create(
      channel: string,
      body: MessageBody,
      uploads: Uploads,
      by: { readonly interaction: FakeInteraction | null; readonly ephemeral: boolean },
    ): FakeMessage {
      if (by.interaction === null && (body.flags ?? 0) & flags.ephemeral) {
        throw mistaken(400, 50035, 'Only an answer to an interaction can be ephemeral');
      }
      checkSize(uploads);
      const flaws = messageFlaws(body, uploads);
      if (flaws.length > 0) throw invalidForm(flaws);
      const files = attach(body, uploads, by.ephemeral);
      const message = {
        id: world.nextId(),
        channel,
        author: world.self,
        at: world.now(),
        editedAt: null,
        content: body.content ?? '',
        components: stored(body.components ?? [], sourcesOf(files)),
        embeds: body.embeds ?? [],
        attachments: files,
        flags: ((body.flags ?? 0) & ~flags.ephemeral) | (by.ephemeral ? flags.ephemeral : 0),
        nonce: body.nonce ?? null,
        mentions: [],
        only: by.ephemeral ? (by.interaction?.user ?? null) : null,
        interaction: by.interaction,
      };
      if (nothing(message)) throw mistaken(400, 50006, 'Cannot send an empty message');
      const kept = world.put(message);
      if (kept.nonce !== null) nonces.set(String(kept.nonce), kept);
      world.sent.push({ channel, message: kept.id, hidden: false });
      return kept;
    },
    edit(old: FakeMessage, given: MessageBody, uploads: Uploads): FakeMessage {
      if (old.author !== world.self) {
        throw mistaken(403, 50005, 'Cannot edit a message authored by another user');
      }
      const body = repeated(given, old);
      checkSize(uploads);
      const flaws = messageFlaws(body, uploads, old);
      if (flaws.length > 0) throw invalidForm(flaws);
      const ephemeral = old.only !== null;
      const kept = old.attachments.filter(
        (file) => !body.attachments || body.attachments.some(({ id }) => id === file.id),
      );
      const files = [...kept, ...attach(body, uploads, ephemeral)];
      const message = {
        ...old,
        editedAt: old.flags & flags.loading ? null : world.now(),
        content: body.content === undefined ? old.content : (body.content ?? ''),
        components:
          body.components === undefined
            ? old.components
            : stored(body.components ?? [], sourcesOf(files)),
        embeds: body.embeds === undefined ? old.embeds : (body.embeds ?? []),
        attachments: files,
        flags: (old.flags | ((body.flags ?? 0) & flags.components)) & ~flags.loading,
      };
      if (nothing(message)) throw mistaken(400, 50006, 'Cannot send an empty message');
      return world.put(message);
    },
  };
  return messages;
}

export type Messages = ReturnType<typeof createMessages>;
