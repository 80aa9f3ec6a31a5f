import { PortError } from '../../bot/errors.ts';

/** A workspace, or a whole enterprise, that Keel may speak in. */
export interface Workspace {
  /** The team's id; the enterprise's when Keel was installed for all of it. */
  readonly installation: string;
  readonly team: string | null;
  readonly enterprise: string | null;
  /** The app that Slack delivers for; null until Slack has said it. */
  readonly app: string | null;
  readonly botUser: string;
  readonly token: string;
}

/** Where Slack says that something happened. */
export interface Whereabouts {
  readonly team: string | null;
  readonly enterprise: string | null;
  readonly isEnterpriseInstall: boolean;
}

/** One installation of Keel, as it is stored; its token is sealed at rest. */
export interface Installation extends Workspace {
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly installedAt: number;
}

/** Installations of many workspaces, in the database. */
export interface SlackInstallations {
  find(installation: string): Promise<Installation | null>;
  put(installation: Installation): Promise<void>;
  /** Forgets the token; one that was installed after `until` stays. @returns whether there was one */
  remove(installation: string, until: number): Promise<boolean>;
  /** True the first time: a state is good for one installation. */
  spend(state: string, expiresAt: number, now: number): Promise<boolean>;
}

/** Which workspaces Keel speaks in: one by its token, or those that installed it. */
export interface Workspaces {
  /** Resolves when it is known which workspaces there are. */
  ready(): Promise<void>;
  /** @throws {PortError} 'unreachable' as long as that is not known */
  find(installation: string): Promise<Workspace | null>;
  remove(installation: string, until: number): Promise<void>;
  /** Forgets a workspace whose token Slack refused. @returns false when it has another one by now */
  forget(refused: Workspace): Promise<boolean>;
}

/** One workspace, whose token stands in the settings; known once Slack has said which it is. */
export function oneWorkspace(): Workspaces & { know(workspace: Workspace): void } {
  let known: Workspace | null = null;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return {
    ready: () => begun,
    know(workspace) {
      known = workspace;
      begin();
    },
    async find(installation) {
      if (known === null) throw new PortError('slack', 'unreachable', 'Keel is starting.');
      return known.installation === installation ? known : null;
    },
    async remove() {
      // The token is in the settings; only who wrote it there can take it out.
    },
    forget: async () => true,
  };
}

export function manyWorkspaces(installations: SlackInstallations): Workspaces {
  return {
    ready: async () => undefined,
    find: (installation) => installations.find(installation),
    async remove(installation, until) {
      await installations.remove(installation, until);
    },
    async forget({ installation, token }) {
      const found = await installations.find(installation);
      if (found === null) return true;
      if (found.token !== token) return false;
      return installations.remove(installation, found.installedAt);
    },
  };
}

export function installationOf(where: Whereabouts): string | null {
  return where.isEnterpriseInstall ? where.enterprise : where.team;
}

/** @throws {PortError} 'gone' when the workspace has removed Keel */
export async function workspaceOf(all: Workspaces, installation: string): Promise<Workspace> {
  const found = await all.find(installation);
  if (found !== null) return found;
  throw new PortError('slack', 'gone', 'Keel is not installed in that Slack workspace any more.');
}
