import { Refused } from './answers.ts';
import type { Methods } from './chat-methods.ts';
import type { SlackLimits } from './limits.ts';
import type { Rules } from './message-rules.ts';
import type { SlackTeam } from './team.ts';
import { wireView } from './wire.ts';
import type { Block, Json, SlackView, World } from './world.ts';

const deepest = 3;

/** Modals and App Homes. */
export function createViews(world: World, rules: Rules, limits: SlackLimits) {
  /** A trigger lives three seconds and opens one thing. */
  function pull(team: SlackTeam, id: string): { readonly user: string } {
    const trigger = world.triggers.get(id);
    if (trigger === undefined || trigger.team !== team.id) {
      throw new Refused('invalid_trigger_id');
    }
    if (trigger.used) throw new Refused('exchanged_trigger_id');
    if (world.timers.now() - trigger.at > limits.triggerMs) {
      throw new Refused('expired_trigger_id');
    }
    trigger.used = true;
    return trigger;
  }

  function payload(view: unknown): SlackView['payload'] {
    rules.view(view as Json);
    const given = view as { type: 'modal' | 'home'; blocks: Json[] } & Json;
    const blocks = given.blocks.map((block) => {
      const element = block.element as Json | undefined;
      return {
        ...block,
        block_id: block.block_id ?? `b${world.serial().toString(36)}`,
        ...(element === undefined
          ? {}
          : { element: { ...element, action_id: element.action_id ?? `a${world.serial()}` } }),
      } as unknown as Block;
    });
    return { ...given, blocks };
  }

  /** Open modals of a person, the newest last. */
  function stack(team: string, user: string): SlackView[] {
    return [...world.views.values()].filter(
      (view) => view.team === team && view.user === user && view.payload.type === 'modal',
    );
  }

  function push(team: SlackTeam, user: string, view: unknown, on: SlackView | null): SlackView {
    const open = stack(team.id, user);
    if (open.length >= deepest) throw new Refused('push_limit_reached');
    const id = world.id('V');
    const checked = payload(view);
    if (checked.type !== 'modal') throw new Refused('invalid_arguments');
    const root = on?.root ?? id;
    const { external_id: external } = checked as { external_id?: string };
    if (external && open.some((one) => one.payload.external_id === external)) {
      throw new Refused('duplicate_external_id');
    }
    return world.keepView({
      id,
      team: team.id,
      user,
      root,
      previous: on?.id ?? null,
      payload: checked,
    });
  }

  function replace(old: SlackView, view: unknown): SlackView {
    const checked = payload(view);
    if (checked.type !== old.payload.type) throw new Refused('view_type_mismatch');
    return world.keepView({ ...old, payload: checked });
  }

  const home = (team: string, user: string) =>
    [...world.views.values()].find(
      (view) => view.team === team && view.user === user && view.payload.type === 'home',
    );

  const methods: Methods = {
    'views.open'(team, params) {
      const { user } = pull(team, String(params.trigger_id));
      // Opening replaces nothing: an open modal stays below only when views.push is used.
      for (const view of stack(team.id, user)) world.closeView(view.id);
      return { view: wireView(world, push(team, user, params.view, null)) };
    },
    'views.push'(team, params) {
      const { user } = pull(team, String(params.trigger_id));
      const top = stack(team.id, user).at(-1);
      if (top === undefined) throw new Refused('not_found');
      return { view: wireView(world, push(team, user, params.view, top)) };
    },
    'views.update'(team, params) {
      const old = [...world.views.values()].find(
        (view) =>
          view.team === team.id &&
          (view.id === params.view_id ||
            (params.external_id !== undefined && view.payload.external_id === params.external_id)),
      );
      if (old === undefined) throw new Refused('not_found');
      if (params.hash !== undefined && params.hash !== old.hash) throw new Refused('hash_conflict');
      return { view: wireView(world, replace(old, params.view)) };
    },
    'views.publish'(team, params) {
      const user = String(params.user_id);
      if (!team.users.has(user)) throw new Refused('user_not_found');
      const old = home(team.id, user);
      if (params.hash !== undefined && params.hash !== old?.hash) {
        throw new Refused('hash_conflict');
      }
      const checked = payload(params.view);
      if (checked.type !== 'home') throw new Refused('invalid_arguments');
      const id = old?.id ?? world.id('V');
      const kept = world.keepView({
        id,
        team: team.id,
        user,
        root: id,
        previous: null,
        payload: checked,
      });
      return { view: wireView(world, kept) };
    },
  };
  return { methods, stack, push, replace, home };
}

export type Views = ReturnType<typeof createViews>;
