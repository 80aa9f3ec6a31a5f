import type { Offered } from '../../bot/door.ts';
import { limits } from './limits.ts';

/** What Keel asks a workspace for, and why: the least that it works with. */
export const botScopes = [
  { scope: 'app_mentions:read', why: 'to hear "@Keel …" in channels it was invited to' },
  { scope: 'chat:write', why: 'to answer' },
  { scope: 'commands', why: 'for /keel and the shortcuts' },
  { scope: 'files:read', why: 'to read a file with holdings that somebody sends it' },
  { scope: 'files:write', why: 'to show charts and hand out exports' },
  { scope: 'im:history', why: 'to read what people write to it in the direct chat' },
  { scope: 'im:write', why: 'to open the direct chat' },
] as const;

/** What Slack tells Keel about. */
export const botEvents = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'message.im',
  'tokens_revoked',
] as const;

export const slashCommand = '/keel';

export interface ManifestOptions {
  readonly commands: readonly Offered[];
  /** The public https address of this Keel; Socket Mode without one. */
  readonly publicUrl?: string;
  readonly socketMode: boolean;
  /** Installed by many workspaces: where they come back to. */
  readonly oauth: boolean;
}

/** The commands that open with one press, without words behind them. */
const shortcutNames = ['recommend', 'portfolio', 'rebalance', 'goal', 'help'];

/** The app as Slack's page "From an app manifest" takes it. */
export function manifest({ commands, publicUrl, socketMode, oauth }: ManifestOptions): object {
  const root = publicUrl?.replace(/\/+$/, '');
  const request = socketMode || root === undefined ? null : `${root}/slack/events`;
  const address = request === null ? {} : { request_url: request };
  const offered = shortcutNames.flatMap((name) => commands.filter((one) => one.name === name));
  return {
    _metadata: { major_version: 2, minor_version: 0 },
    display_information: {
      name: 'Keel',
      description: 'Says how to split your money, and why',
      long_description:
        'Keel is a deterministic investment advisor. You answer ten questions about risk, name a goal and say what you hold; Keel says how to split your money across stocks, bonds, gold and crypto, shows it as a chart, says why in plain words, and rebalances when you press one button. Everything personal is shown to you alone.',
      background_color: '#0b3d4a',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: 'Keel', always_online: true },
      slash_commands: [
        {
          command: slashCommand,
          description: 'Ask Keel: recommend, portfolio, goal, why …',
          usage_hint: usageHint(commands),
          should_escape: false,
          ...(request === null ? {} : { url: request }),
        },
      ],
      shortcuts: offered.slice(0, limits.shortcuts).map(({ name, summary }) => ({
        name: titled(name),
        type: 'global',
        callback_id: `do_${name}`,
        description: summary.slice(0, 150),
      })),
    },
    oauth_config: {
      scopes: { bot: botScopes.map(({ scope }) => scope) },
      ...(oauth && root !== undefined ? { redirect_urls: [`${root}/slack/oauth`] } : {}),
    },
    settings: {
      event_subscriptions: { ...address, bot_events: [...botEvents] },
      interactivity: { is_enabled: true, ...address },
      org_deploy_enabled: oauth,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  };
}

/** "[recommend | goal 20k by 2030 | …]", as much as stands beside a command. */
function usageHint(commands: readonly Offered[]): string {
  let hint = '';
  for (const { name, takes } of commands) {
    const one = takes === undefined ? name : `${name} ${takes}`;
    const longer = hint === '' ? one : `${hint} | ${one}`;
    if (longer.length > 90) break;
    hint = longer;
  }
  return `[${hint}]`;
}

function titled(name: string): string {
  return `Keel: ${name}`;
}
