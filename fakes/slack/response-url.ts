import type { Chat } from './chat-methods.ts';
import type { SlackLimits } from './limits.ts';
import { Invalid } from './message-rules.ts';
import type { Json, ResponseUrl, SlackMessage, World } from './world.ts';

const keys = new Set([
  'text',
  'blocks',
  'attachments',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'mrkdwn',
  'unfurl_links',
  'unfurl_media',
  'metadata',
]);

/** Addresses that take an answer to an interaction: five times within half an hour. */
export function createResponseUrls(
  world: World,
  chat: Chat,
  limits: SlackLimits,
  url: () => string,
) {
  function issue(
    kind: 'commands' | 'actions',
    about: Omit<ResponseUrl, 'at' | 'uses' | 'dead'>,
  ): string {
    const path = `/${kind}/${about.team}/${world.serial()}/fakesecret${world.serial()}`;
    world.responseUrls.set(path, { ...about, at: world.timers.now(), uses: 0, dead: false });
    return `${url()}${path}`;
  }

  function checkShape(message: Json): void {
    for (const name of Object.keys(message)) {
      if (!keys.has(name)) throw new Invalid('invalid_arguments', [`unknown argument ${name}`]);
    }
    if (!['ephemeral', 'in_channel', undefined].includes(message.response_type as string)) {
      throw new Invalid('invalid_arguments', ['response_type is ephemeral or in_channel']);
    }
    for (const name of ['replace_original', 'delete_original']) {
      if (!['boolean', 'undefined'].includes(typeof message[name])) {
        throw new Invalid('invalid_arguments', [`${name} must be a boolean`]);
      }
    }
  }

  /** Shows a message as an answer to an interaction; also for what an acknowledgement says. */
  function show(about: ResponseUrl, message: Json): SlackMessage | null {
    checkShape(message);
    const team = world.team(about.team);
    const channel = team.channels.get(about.channel)!;
    const origin = about.origin === null ? undefined : channel.messages.get(about.origin);
    if (message.delete_original === true) {
      if (origin !== undefined) world.remove(team.id, origin);
      if (message.text === undefined && message.blocks === undefined) return null;
    }
    const content = chat.content(team, message, 'response_url');
    if (message.replace_original === true) {
      if (origin === undefined) throw new Invalid('message_not_found');
      return world.edit(team.id, origin, content);
    }
    const thread = message.thread_ts === undefined ? about.thread : String(message.thread_ts);
    return world.put(team.id, {
      channel: channel.id,
      user: team.botUser,
      bot: true,
      files: [],
      ...content,
      ...(thread === undefined ? {} : { thread }),
      ...(message.response_type === 'in_channel' ? {} : { ephemeralTo: about.user }),
    });
  }

  return {
    issue,
    show,
    find: (path: string) => world.responseUrls.get(path),
    /** Null when it was taken, else why not. */
    take(path: string, message: Json): { readonly status: number; readonly error: string } | null {
      const about = world.responseUrls.get(path);
      if (about === undefined) return { status: 404, error: 'no_such_url' };
      const age = world.timers.now() - about.at;
      if (about.dead || age > limits.responseMs) return { status: 404, error: 'expired_url' };
      if (about.uses >= limits.responseUses) return { status: 404, error: 'used_url' };
      about.uses += 1;
      try {
        const shown = show(about, message);
        if (shown) {
          world.sent.push({ channel: about.channel, text: shown.text, hidden: false });
        }
        return null;
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        const details = error instanceof Invalid ? error.details.join('; ') : '';
        if (error instanceof Invalid) {
          world.violations.push(`response_url: ${said} ${details}`.trim());
        }
        return { status: said === 'invalid_blocks' ? 404 : 400, error: said };
      }
    },
  };
}

export type ResponseUrls = ReturnType<typeof createResponseUrls>;
