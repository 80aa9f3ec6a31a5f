import type { PickedFile } from './modal-fill.ts';
import { wireAttachment } from './wire.ts';
import type { CommandOption, FakeAttachment, FakeCommand, World } from './world.ts';

export type OptionValue = string | number | boolean | PickedFile;

const types = { string: 3, integer: 4, boolean: 5, number: 10, attachment: 11 } as const;

/** Why Discord's own input box would not send a command. */
export class NotSent extends Error {}

/** The command as registered, seen from a place. */
export function registered(world: World, name: string, guild: string | null): FakeCommand {
  const slash = world.commands.filter((one) => one.type === 1 && one.name === name);
  const found =
    (guild === null ? undefined : slash.find((one) => one.guild === guild)) ??
    slash.find((one) => one.guild === null);
  if (found === undefined) {
    const there = world.commands.map((one) => `/${one.name}`).join(' ');
    throw new NotSent(`There is no command /${name}; there are: ${there}`);
  }
  const contexts = found.raw.contexts as readonly number[] | null | undefined;
  const context = guild === null ? 1 : 0;
  if (contexts && !contexts.includes(context)) throw new NotSent(`/${name} cannot be used here`);
  return found;
}

/**
 * What the client sends for a command.
 *
 * @param focused the option that is being typed, when it asks for autocomplete
 * @throws {NotSent} when the client's own checks would not let it go
 */
export function commandData(
  world: World,
  command: FakeCommand,
  values: Readonly<Record<string, OptionValue>>,
  focused: string | null = null,
): Readonly<Record<string, unknown>> {
  const files: FakeAttachment[] = [];
  for (const name of Object.keys(values)) {
    if (!command.options.some((one) => one.name === name)) {
      throw new NotSent(`/${command.name} has no option "${name}"`);
    }
  }
  const options = command.options.flatMap((option) => {
    const given = values[option.name];
    if (given === undefined) {
      if (option.required && focused === null) throw new NotSent(`"${option.name}" is required`);
      return [];
    }
    const value = optionValue(world, option, given, files, focused === option.name);
    return [
      {
        name: option.name,
        type: option.type,
        value,
        ...(focused === option.name ? { focused: true } : {}),
      },
    ];
  });
  const attachments = Object.fromEntries(files.map((file) => [file.id, wireAttachment(file)]));
  return {
    id: command.id,
    name: command.name,
    type: 1,
    ...(command.guild === null ? {} : { guild_id: command.guild }),
    options,
    ...(files.length === 0 ? {} : { resolved: { attachments } }),
  };
}

function optionValue(
  world: World,
  option: CommandOption,
  given: OptionValue,
  files: FakeAttachment[],
  typing: boolean,
): string | number | boolean {
  const wrong = (why: string) => new NotSent(`"${option.name}": ${why}`);
  if (typeof given === 'object') {
    if (option.type !== types.attachment) throw wrong('takes no file');
    const file = world.keep({ ...given, ephemeral: true });
    files.push(file);
    return file.id;
  }
  if (option.type === types.attachment) throw wrong('takes a file');
  // While it is typed, a value comes as it stands in the box.
  if (typing) return String(given);
  if (option.choices && option.choices.length > 0) {
    const choice = option.choices.find((one) => one.name === given || one.value === given);
    if (choice === undefined) throw wrong(`"${given}" is not among the choices`);
    return choice.value;
  }
  const number = option.type === types.integer || option.type === types.number;
  if (number) {
    const value = Number(given);
    if (typeof given === 'boolean' || !Number.isFinite(value)) throw wrong('needs a number');
    if (option.type === types.integer && !Number.isInteger(value))
      throw wrong('needs a whole number');
    if (value < (option.min_value ?? -Infinity)) throw wrong(`at least ${option.min_value}`);
    if (value > (option.max_value ?? Infinity)) throw wrong(`at most ${option.max_value}`);
    return value;
  }
  if (option.type === types.boolean) return given === true;
  if (option.type !== types.string) throw wrong(`nobody here fills in type ${option.type}`);
  const text = String(given);
  if (text.length < (option.min_length ?? 0)) throw wrong(`at least ${option.min_length} long`);
  if (text.length > (option.max_length ?? 6_000)) throw wrong(`at most ${option.max_length} long`);
  return text;
}
