import type { Delivery } from './payload.ts';
import { installationOf, type Whereabouts, type Workspace, type Workspaces } from './workspaces.ts';

/** Why a delivery is not taken although Slack signed it. */
export type NotAdmitted = 'no installation' | 'another app' | 'removed already';

/**
 * Finds the workspace that a delivery is for. One of a workspace without Keel, or of another app, is
 * refused: a signature alone does not make it ours.
 */
export function createGate(workspaces: Workspaces) {
  /** The app whose deliveries carry our signature, where Slack has not said it at the start. */
  let seen: string | null = null;

  return async (delivery: Delivery): Promise<Workspace | NotAdmitted> => {
    // What arrives while Keel starts waits, within the time that Slack gives.
    await workspaces.ready();
    const installation = installationOf(whereabouts(delivery));
    const found = installation === null ? null : await workspaces.find(installation);
    if (found === null) return isRemoval(delivery) ? 'removed already' : 'no installation';
    seen ??= delivery.api_app_id;
    return delivery.api_app_id === (found.app ?? seen) ? found : 'another app';
  };
}

export type Gate = ReturnType<typeof createGate>;

/** The workspace or enterprise that a delivery says it is of. */
export function whereabouts(delivery: Delivery): Whereabouts {
  if ('type' in delivery && delivery.type === 'event_callback') {
    const [authorization] = delivery.authorizations ?? [];
    return {
      team: delivery.team_id ?? null,
      enterprise: authorization?.enterprise_id ?? delivery.enterprise_id ?? null,
      isEnterpriseInstall: authorization?.is_enterprise_install ?? false,
    };
  }
  const isEnterpriseInstall = String(delivery.is_enterprise_install) === 'true';
  if (!('type' in delivery)) {
    const { team_id: team = null, enterprise_id: enterprise = null } = delivery;
    return { team, enterprise, isEnterpriseInstall };
  }
  return {
    team: delivery.team?.id ?? null,
    enterprise: delivery.enterprise?.id ?? delivery.team?.enterprise_id ?? null,
    isEnterpriseInstall,
  };
}

function isRemoval(delivery: Delivery): boolean {
  if (!('type' in delivery) || delivery.type !== 'event_callback') return false;
  return ['app_uninstalled', 'tokens_revoked'].includes(delivery.event.type);
}
