import { parseArgs } from 'node:util';
import { manifest } from '../adapters/slack/manifest.ts';
import { offeredToAll } from '../bot/commands/command.ts';
import { abilitiesOf } from '../bot/commands/index.ts';
import { run } from './run.ts';

/**
 * The Slack app as the page "From an app manifest" takes it.
 *
 * @param args --url with the public address for requests over HTTP, --oauth for many workspaces
 * @throws a sentence that says what to write instead
 */
export function slackApp(args: readonly string[]): object {
  const { url, oauth } = read(args);
  const address = url === undefined ? null : URL.parse(url);
  if (url !== undefined && address?.protocol !== 'https:') {
    throw new Error(
      '--url is the public https address of this Keel, e.g. https://keel.example.org.',
    );
  }
  if (oauth && address === null) {
    throw new Error(
      '--oauth needs --url too: people come back there after installing. Write --url https://keel.example.org --oauth.',
    );
  }
  const commands = offeredToAll(abilitiesOf({ cashRate: 0, admins: [] }).commands);
  const where = address === null ? {} : { publicUrl: address.href };
  return manifest({ commands, ...where, socketMode: address === null, oauth });
}

function read(args: readonly string[]) {
  try {
    const options = {
      url: { type: 'string' },
      oauth: { type: 'boolean', default: false },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new Error(
      'Write nothing for Socket Mode, --url https://keel.example.org for HTTP, and --oauth behind it for many workspaces.',
    );
  }
}

if (import.meta.main)
  await run(async () => {
    console.log(JSON.stringify(slackApp(process.argv.slice(2)), null, 2));
    return 0;
  });
