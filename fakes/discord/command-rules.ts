import { type Flaw, flaw } from './refused.ts';
import type { CommandOption } from './world.ts';

const named = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const mostCommands = 100;
const combined = 8_000;

/** A command in a request, after the schema has looked at it. */
export interface CommandBody {
  readonly name: string;
  readonly type?: number | null;
  readonly description?: string | null;
  readonly options?: readonly CommandOption[] | null;
}

/** What the documentation asks of commands beyond the schema. */
export function commandFlaws(commands: readonly CommandBody[]): Flaw[] {
  const flaws: Flaw[] = [];
  const typed = commands.filter(isSlash);
  if (typed.length > mostCommands) {
    flaws.push(flaw('', 'Must be 100 or fewer in length.', 'BASE_TYPE_BAD_LENGTH'));
  }
  for (const [index, command] of commands.entries()) {
    const at = String(index);
    const twin = commands.findIndex(
      (other) => other.name === command.name && (other.type ?? 1) === (command.type ?? 1),
    );
    if (twin !== index) {
      flaws.push(
        flaw(
          `${at}.name`,
          'Application command names must be unique',
          'APPLICATION_COMMANDS_DUPLICATE_NAME',
        ),
      );
    }
    if (!isSlash(command)) continue;
    flaws.push(...nameFlaws(at, command.name));
    if (!command.description) {
      flaws.push(flaw(`${at}.description`, 'This field is required', 'BASE_TYPE_REQUIRED'));
    }
    flaws.push(...optionFlaws(at, command.options ?? []));
    if (characters(command) > combined) {
      flaws.push(flaw(at, 'Command exceeds maximum size (8000)', 'APPLICATION_COMMAND_TOO_LARGE'));
    }
  }
  return flaws;
}

function isSlash(command: CommandBody): boolean {
  return (command.type ?? 1) === 1;
}

function nameFlaws(at: string, name: string): Flaw[] {
  return named.test(name) && name === name.toLowerCase()
    ? []
    : [flaw(`${at}.name`, 'Command name is invalid', 'APPLICATION_COMMAND_INVALID_NAME')];
}

function optionFlaws(at: string, options: readonly CommandOption[]): Flaw[] {
  const flaws: Flaw[] = [];
  const groups = options.filter(({ type }) => type === 1 || type === 2).length;
  if (groups !== 0 && groups !== options.length) {
    flaws.push(
      flaw(`${at}.options`, 'Sub-commands and values cannot be mixed', 'COMMAND_OPTIONS_MIXED'),
    );
  }
  let optional = false;
  for (const [index, option] of options.entries()) {
    const path = `${at}.options.${index}`;
    flaws.push(...nameFlaws(path, option.name));
    if (options.findIndex(({ name }) => name === option.name) !== index) {
      flaws.push(
        flaw(path, 'Option names must be unique', 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID'),
      );
    }
    if (option.required && optional) {
      flaws.push(
        flaw(
          path,
          'Required options must be placed before non-required options',
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        ),
      );
    }
    optional ||= !option.required;
    if (option.autocomplete && (option.choices?.length ?? 0) > 0) {
      flaws.push(flaw(path, 'An option has choices or autocomplete, not both'));
    }
    flaws.push(...optionFlaws(path, option.options ?? []));
  }
  return flaws;
}

function characters(of: CommandBody | CommandOption): number {
  const own = of.name.length + (of.description?.length ?? 0);
  const choices = 'choices' in of ? (of.choices ?? []) : [];
  const listed = choices.reduce((sum, one) => sum + one.name.length + String(one.value).length, 0);
  const inside = (of.options ?? []).reduce((sum, one) => sum + characters(one), 0);
  return own + listed + inside;
}
