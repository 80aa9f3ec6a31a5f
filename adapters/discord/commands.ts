import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Routes,
} from 'discord.js';
import type { Offered } from '../../bot/door.ts';
import type { Api } from './api.ts';
import { limits } from './limits.ts';
import { fileCommand, textOption, wordsCommand } from './parse.ts';
import { oneLine } from './words.ts';

interface Option {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly autocomplete?: boolean;
}

/** A command as it is registered. */
export interface Registered {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly contexts: readonly number[];
  readonly integration_types: readonly number[];
  readonly options: readonly Option[];
}

const everywhere = {
  type: ApplicationCommandType.ChatInput,
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

/** What the bot offers as slash commands, and those by which words and files come without messages. */
export function commandsOf(offered: readonly Offered[]): readonly Registered[] {
  const own = [talking, sending];
  const made = offered
    .filter(({ name }) => limits.commands.name.test(name) && name === name.toLowerCase())
    .slice(0, limits.commands.count - own.length)
    .map(
      ({ name, summary, takes, namesAssets }): Registered => ({
        ...everywhere,
        name,
        description: said(summary),
        options: takes === undefined ? [] : [textOf(takes, namesAssets === true)],
      }),
    );
  const names = new Set(made.map(({ name }) => name));
  return [...made, ...own.filter(({ name }) => !names.has(name))];
}

const talking: Registered = {
  ...everywhere,
  name: wordsCommand,
  description: 'Say anything in your own words',
  options: [
    {
      type: ApplicationCommandOptionType.String,
      name: textOption,
      description: 'Such as: increase bonds to 40 %',
      required: false,
    },
  ],
};

const sending: Registered = {
  ...everywhere,
  name: fileCommand.name,
  description: 'Send a file, such as a table of what you hold',
  options: [
    {
      type: ApplicationCommandOptionType.Attachment,
      name: fileCommand.file,
      description: 'A CSV file, at most 1 MB',
      required: true,
    },
    {
      type: ApplicationCommandOptionType.String,
      name: fileCommand.words,
      description: 'What you want to say about it',
      required: false,
    },
  ],
};

/** Where nothing is ever suggested, Discord would say at each letter that no option matches. */
function textOf(takes: string, autocomplete: boolean): Option {
  return {
    type: ApplicationCommandOptionType.String,
    name: textOption,
    description: said(`For example: ${takes}`),
    required: false,
    ...(autocomplete ? { autocomplete } : {}),
  };
}

function said(text: string): string {
  return oneLine(text).slice(0, limits.commands.description).toWellFormed().trim();
}

/** Registers the commands, only when Discord has others. @returns whether it was needed */
export async function register(
  api: Api,
  application: string,
  wanted: readonly Registered[],
): Promise<boolean> {
  const route = Routes.applicationCommands(application);
  const present = await api.call<readonly Partial<Registered>[]>('GET', route);
  if (same(present) === same(wanted)) return false;
  await api.call('PUT', route, { body: wanted });
  return true;
}

function same(commands: readonly Partial<Registered>[]): string {
  return JSON.stringify(commands.map(plain).sort());
}

/** What counts of a command, in one order: Discord adds the rest, and leaves out what is false. */
function plain(command: Partial<Registered>) {
  return [
    command.name,
    command.type ?? ApplicationCommandType.ChatInput,
    command.description,
    [...(command.contexts ?? [])].sort(),
    [...(command.integration_types ?? [])].sort(),
    (command.options ?? []).map(({ type, name, description, required, autocomplete }) => [
      ...[type, name, description],
      ...[required ?? false, autocomplete ?? false],
    ]),
  ];
}
