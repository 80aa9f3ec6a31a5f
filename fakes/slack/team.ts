import type { SlackMessage } from './world.ts';

export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly timezone: string;
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'im' | 'channel';
  /** People in it; the bot must be in a channel to write there. */
  readonly members: Set<string>;
  readonly messages: Map<string, SlackMessage>;
}

export interface TeamOptions {
  readonly id: string;
  readonly name?: string;
  readonly domain?: string;
}

/** One workspace: its people, channels and whether the app is installed. */
export function createTeam(options: TeamOptions) {
  const users = new Map<string, SlackUser>();
  const channels = new Map<string, SlackChannel>();
  const tail = options.id.slice(1);
  const team = {
    id: options.id,
    name: options.name ?? `Workspace ${options.id}`,
    domain: options.domain ?? `workspace-${options.id.toLowerCase()}`,
    botUser: `UBOT${tail}`,
    botId: `BBOT${tail}`,
    installed: false,
    users,
    channels,
    user(id: string, more: Partial<SlackUser> = {}): SlackUser {
      const known = users.get(id);
      if (known !== undefined && Object.keys(more).length === 0) return known;
      const made = {
        id,
        name: `person.${id.toLowerCase()}`,
        locale: 'en-US',
        timezone: 'America/New_York',
        ...known,
        ...more,
      };
      users.set(id, made);
      return made;
    },
    /** The direct conversation of a person with the bot. */
    dm(user: string): SlackChannel {
      return team.channel(`D${user.slice(1)}${tail}`, { kind: 'im', members: [user] });
    },
    channel(
      id: string,
      more: { kind?: 'im' | 'channel'; name?: string; members?: readonly string[] } = {},
    ): SlackChannel {
      const known = channels.get(id);
      if (known !== undefined) {
        for (const member of more.members ?? []) known.members.add(member);
        return known;
      }
      const made: SlackChannel = {
        id,
        name: more.name ?? (more.kind === 'im' ? 'directmessage' : `channel-${id.toLowerCase()}`),
        kind: more.kind ?? 'channel',
        members: new Set([...(more.members ?? []), team.botUser]),
        messages: new Map(),
      };
      channels.set(id, made);
      return made;
    },
  };
  return team;
}

export type SlackTeam = ReturnType<typeof createTeam>;
