import { createTeam, type SlackTeam, type TeamOptions } from './team.ts';
import type { Timers } from './timers.ts';

export type Json = Readonly<Record<string, unknown>>;
export type Block = { readonly type: string; readonly block_id: string } & Json;

/** A message as the fake keeps it, from the bot or a person. */
export interface SlackMessage {
  readonly ts: string;
  readonly channel: string;
  readonly thread?: string;
  readonly user: string;
  readonly bot: boolean;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly attachments: readonly Json[];
  readonly files: readonly string[];
  /** Shown to this person alone; gone when they reload. */
  readonly ephemeralTo?: string;
  readonly edits: number;
  /** Rises with every change in the world. */
  readonly change: number;
}

export interface SlackView {
  readonly id: string;
  readonly team: string;
  readonly user: string;
  readonly hash: string;
  readonly root: string;
  readonly previous: string | null;
  readonly payload: Json & { readonly type: 'modal' | 'home'; readonly blocks: readonly Block[] };
}

export interface SlackFile {
  readonly id: string;
  readonly team: string;
  readonly user: string;
  readonly name: string;
  readonly title: string;
  readonly size: number;
  readonly altText: string;
  bytes: Uint8Array | null;
  completed: boolean;
  channels: string[];
  /** So many more times files.info must be asked before the file can be used. */
  pollsLeft: number;
}

export interface Trigger {
  readonly team: string;
  readonly user: string;
  readonly at: number;
  used: boolean;
}

export interface ResponseUrl {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  readonly at: number;
  /** The message whose button was pressed. */
  readonly origin: string | null;
  readonly thread?: string;
  uses: number;
  dead: boolean;
}

/** What an issued token stands for, as long as it lives. */
export interface Token {
  readonly team: string;
  readonly scopes: readonly string[];
  dead: 'token_revoked' | 'account_inactive' | null;
}

/** What the consent page hands back, good for one exchange. */
export interface Code {
  readonly team: string;
  readonly user: string;
  readonly redirect: string;
  readonly scopes: readonly string[];
  readonly at: number;
  used: boolean;
}

export interface App {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly appToken: string;
  readonly scopes: readonly string[];
}

/** Everything Slack would remember about one app in its workspaces. */
export function createWorld(app: App, now: () => number, timers: Timers) {
  const teams = new Map<string, SlackTeam>();
  const tokens = new Map<string, Token>();
  const codes = new Map<string, Code>();
  const files = new Map<string, SlackFile>();
  const views = new Map<string, SlackView>();
  const triggers = new Map<string, Trigger>();
  const responseUrls = new Map<string, ResponseUrl>();
  let lastTs = 0;
  let serial = 0;
  let changes = 0;

  const world = {
    app,
    now,
    timers,
    teams,
    tokens,
    codes,
    files,
    views,
    triggers,
    responseUrls,
    /** What a strict server found wrong; tests want it empty. */
    violations: [] as string[],
    /** Deliveries that nobody acknowledged in time. */
    unanswered: [] as string[],
    /** Every accepted post, in order: what a person's screen would have got. */
    sent: [] as { readonly channel: string; readonly text: string; readonly hidden: boolean }[],
    changes: () => changes,
    id(kind: string): string {
      serial += 1;
      return `${kind}0FAKE${serial.toString(36).toUpperCase().padStart(5, '0')}`;
    },
    serial: () => ++serial,
    /** Message time stamps are ids: they rise even where the clock stands. */
    ts(): string {
      lastTs = Math.max(lastTs + 1, Math.round(now() * 1_000));
      return `${Math.floor(lastTs / 1e6)}.${String(lastTs % 1e6).padStart(6, '0')}`;
    },
    team(id: string): SlackTeam {
      const team = teams.get(id);
      if (team === undefined) throw new Error(`There is no workspace ${id} in the fake.`);
      return team;
    },
    addTeam(options: TeamOptions): SlackTeam {
      const team = createTeam(options);
      teams.set(team.id, team);
      return team;
    },
    /** A new bot token for a workspace, as an installation gives. */
    install(team: string, scopes: readonly string[] = app.scopes): string {
      const token = `xoxb-fake-${team}-${world.serial()}`;
      tokens.set(token, { team, scopes, dead: null });
      world.team(team).installed = true;
      return token;
    },
    put(team: string, message: Omit<SlackMessage, 'ts' | 'edits' | 'change'>): SlackMessage {
      changes += 1;
      const kept = { ...message, ts: world.ts(), edits: 0, change: changes };
      world.team(team).channels.get(message.channel)!.messages.set(kept.ts, kept);
      return kept;
    },
    edit(team: string, old: SlackMessage, next: Partial<SlackMessage>): SlackMessage {
      changes += 1;
      const kept = { ...old, ...next, ts: old.ts, edits: old.edits + 1, change: changes };
      world.team(team).channels.get(old.channel)!.messages.set(old.ts, kept);
      return kept;
    },
    remove(team: string, message: SlackMessage): void {
      changes += 1;
      world.team(team).channels.get(message.channel)!.messages.delete(message.ts);
    },
    keepView(view: Omit<SlackView, 'id' | 'hash'> & { readonly id?: string }): SlackView {
      changes += 1;
      const kept = {
        ...view,
        id: view.id ?? world.id('V'),
        hash: `${Math.floor(now() / 1_000)}.h${changes}`,
      };
      views.set(kept.id, kept);
      return kept;
    },
    closeView(id: string): void {
      changes += 1;
      views.delete(id);
    },
    trigger(team: string, user: string): string {
      const id = `${world.serial()}.${team.length}${user.length}.fake${world.serial()}`;
      triggers.set(id, { team, user, at: timers.now(), used: false });
      return id;
    },
  };
  return world;
}

export type World = ReturnType<typeof createWorld>;
