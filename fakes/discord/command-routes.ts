import { type CommandBody, commandFlaws } from './command-rules.ts';
import { invalidForm, mistaken, Refused } from './refused.ts';
import { type Answer, ok, type Request, type Rooms, type Route } from './route.ts';
import type { FakeCommand } from './world.ts';

/** Registering slash commands, for everybody and for a guild. */
export function commandRoutes({ world }: Rooms): Route[] {
  function wire(command: FakeCommand) {
    return {
      name_localizations: null,
      description_localizations: null,
      contexts: null,
      ...command.raw,
      id: command.id,
      application_id: world.self,
      version: command.id,
      default_member_permissions: null,
      type: command.type,
      name: command.name,
      description: command.description,
      options: command.options,
      ...(command.guild === null ? {} : { guild_id: command.guild }),
    };
  }
  function ours(params: Request['params']): string | null {
    if (params.application_id !== world.self) throw mistaken(403, 20012, 'You are not authorized');
    const guild = params.guild_id ?? null;
    if (guild !== null && world.guilds.get(guild)?.joined !== true) {
      throw new Refused(403, 50001, 'Missing Access');
    }
    return guild;
  }
  function list({ params }: Request): Answer {
    const guild = ours(params);
    return ok(world.commands.filter((one) => one.guild === guild).map(wire));
  }
  function put({ params, body }: Request): Answer {
    const guild = ours(params);
    const given = (body ?? []) as readonly CommandBody[];
    const flaws = commandFlaws(given);
    if (flaws.length > 0) throw invalidForm(flaws);
    const old = world.commands.filter((one) => one.guild === guild);
    const made = given.map((command): FakeCommand => {
      const same = old.find((one) => one.name === command.name && one.type === (command.type ?? 1));
      return {
        id: same?.id ?? world.nextId(),
        name: command.name,
        type: command.type ?? 1,
        description: command.description ?? '',
        guild,
        options: command.options ?? [],
        raw: command as unknown as FakeCommand['raw'],
      };
    });
    world.commands = [...world.commands.filter((one) => one.guild !== guild), ...made];
    return ok(made.map(wire));
  }
  return [
    '/applications/{application_id}/commands',
    '/applications/{application_id}/guilds/{guild_id}/commands',
  ].flatMap((path) => [
    { method: 'GET', path, bot: true, run: list },
    { method: 'PUT', path, bot: true, run: put },
  ]);
}
