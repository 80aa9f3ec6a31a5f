import { Refused } from './answers.ts';
import { Invalid, type Rules } from './message-rules.ts';
import { eachObject } from './structure-rules.ts';
import type { SlackChannel, SlackTeam } from './team.ts';
import { fileReady, wireMessage } from './wire.ts';
import type { Block, Json, SlackMessage, World } from './world.ts';

export type Methods = Readonly<Record<string, (team: SlackTeam, params: Json) => Json>>;

/** Told of the bot's own messages, as the Events API tells of them in direct conversations. */
export type Echo = (
  team: SlackTeam,
  message: SlackMessage,
  what: 'posted' | 'changed' | 'deleted',
) => void;

/** Messages: posting, changing and deleting them, and what a response_url does with them. */
export function createChat(world: World, rules: Rules, echo: Echo) {
  function channelOf(team: SlackTeam, params: Json): SlackChannel {
    const id = String(params.channel);
    // Slack opens the direct conversation when a person's id stands for it.
    const channel = team.users.has(id) ? team.dm(id) : team.channels.get(id);
    if (channel === undefined) throw new Refused('channel_not_found');
    if (!channel.members.has(team.botUser)) throw new Refused('not_in_channel');
    return channel;
  }

  /** Pictures in blocks must be files of this workspace that Slack has looked at. */
  function checkFiles(team: SlackTeam, blocks: readonly Json[]): void {
    eachObject(blocks, '', (object, at) => {
      const { slack_file: named } = object as { slack_file?: { id?: string; url?: string } };
      if (named === undefined) return;
      const id = named.id ?? /-(F[A-Z0-9]+)\//.exec(named.url ?? '')?.[1] ?? '';
      const file = world.files.get(id);
      if (file === undefined || file.team !== team.id || !fileReady(file)) {
        throw new Refused('invalid_blocks', {
          response_metadata: {
            messages: [`[ERROR] invalid slack file [json-pointer:/blocks${at}/slack_file]`],
          },
        });
      }
    });
  }

  /** Blocks without an id get one, as the payloads of presses show. */
  function named(blocks: readonly Json[]): Block[] {
    return blocks.map((block) => {
      const id = block.block_id ?? `b${world.serial().toString(36)}`;
      const elements = (block.elements as Json[] | undefined)?.map((element) =>
        typeof element.type === 'string' && /^(button|overflow|.*select)$/.test(element.type)
          ? { ...element, action_id: element.action_id ?? `a${world.serial().toString(36)}` }
          : element,
      );
      return { ...block, ...(elements ? { elements } : {}), block_id: id } as Block;
    });
  }

  function content(team: SlackTeam, params: Json, where: string) {
    if (params.markdown_text !== undefined && (params.text ?? params.blocks) !== undefined) {
      throw new Invalid('markdown_text_conflict');
    }
    const poor = rules.message(
      params.markdown_text === undefined ? params : { ...params, text: params.markdown_text },
    );
    world.violations.push(...poor.map((each) => `${where}: ${each}`));
    const blocks = (params.blocks ?? []) as Json[];
    checkFiles(team, blocks);
    return {
      text: String(params.text ?? params.markdown_text ?? ''),
      blocks: named(blocks),
      attachments: (params.attachments ?? []) as Json[],
    };
  }

  function standing(team: SlackTeam, params: Json, no: string): SlackMessage {
    const message = channelOf(team, params).messages.get(String(params.ts));
    if (message === undefined || message.ephemeralTo !== undefined) {
      throw new Refused('message_not_found');
    }
    if (!message.bot) throw new Refused(no);
    return message;
  }

  function threadOf(channel: SlackChannel, params: Json): { thread?: string } {
    if (params.thread_ts === undefined) return {};
    const root = channel.messages.get(String(params.thread_ts));
    if (root === undefined) throw new Refused('thread_not_found');
    return { thread: root.thread ?? root.ts };
  }

  function post(team: SlackTeam, channel: SlackChannel, params: Json, more: Partial<SlackMessage>) {
    return world.put(team.id, {
      channel: channel.id,
      user: team.botUser,
      bot: true,
      files: [],
      ...content(team, params, 'chat'),
      ...threadOf(channel, params),
      ...more,
    });
  }

  const methods: Methods = {
    'chat.postMessage'(team, params) {
      const channel = channelOf(team, params);
      const message = post(team, channel, params, {});
      echo(team, message, 'posted');
      return { channel: channel.id, ts: message.ts, message: wireMessage(world, team, message) };
    },
    'chat.postEphemeral'(team, params) {
      const channel = channelOf(team, params);
      const user = String(params.user);
      if (!channel.members.has(user)) throw new Refused('user_not_in_channel');
      const message = post(team, channel, params, { ephemeralTo: user });
      return { message_ts: message.ts };
    },
    'chat.update'(team, params) {
      const old = standing(team, params, 'cant_update_message');
      const next = content(team, params, 'chat.update');
      // Text alone leaves blocks standing that are no longer true.
      if (params.blocks === undefined && old.blocks.length > 0) {
        world.violations.push('chat.update: text without blocks removes the old blocks; send []');
      }
      const message = world.edit(team.id, old, next);
      echo(team, message, 'changed');
      return {
        channel: old.channel,
        ts: old.ts,
        text: message.text,
        message: wireMessage(world, team, message),
      };
    },
    'chat.delete'(team, params) {
      const message = standing(team, params, 'cant_delete_message');
      world.remove(team.id, message);
      echo(team, message, 'deleted');
      return { channel: message.channel, ts: message.ts };
    },
    'conversations.open'(team, params) {
      if (params.channel !== undefined) {
        const channel = channelOf(team, params);
        return { no_op: true, already_open: true, channel: { id: channel.id } };
      }
      const users = String(params.users).split(',');
      if (users.length > 1) throw new Refused('method_not_supported_for_channel_type');
      if (!team.users.has(users[0])) throw new Refused('user_not_found');
      const known = team.channels.has(team.dm(users[0]).id);
      return { no_op: known, already_open: known, channel: { id: team.dm(users[0]).id } };
    },
    'conversations.info'(team, params) {
      const channel = channelOf(team, params);
      const im = channel.kind === 'im';
      return {
        channel: {
          id: channel.id,
          name: channel.name,
          is_im: im,
          is_channel: !im,
          is_private: im,
          ...(im ? { user: [...channel.members].find((id) => id !== team.botUser) } : {}),
        },
      };
    },
  };
  return { methods, content, threadOf };
}

export type Chat = ReturnType<typeof createChat>;
