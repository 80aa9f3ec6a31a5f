import { parseArgs } from 'node:util';
import { manifest } from '../adapters/slack/manifest.ts';
import { offeredToAll } from '../bot/commands/command.ts';
import { abilitiesOf } from '../bot/commands/index.ts';

/** Prints the Slack app as its "From an app manifest" page takes it. */
const { values } = parseArgs({
  options: { url: { type: 'string' }, oauth: { type: 'boolean', default: false } },
});
const { url, oauth } = values;
const address = url === undefined ? null : URL.parse(url);
if (url !== undefined && address?.protocol !== 'https:') {
  console.error('--url is the public https address of this Keel, e.g. https://keel.example.org.');
  process.exit(1);
}
if (oauth && address === null) {
  console.error('--oauth needs --url too: people come back there after installing.');
  process.exit(1);
}
const commands = offeredToAll(abilitiesOf({ cashRate: 0, admins: [] }).commands);
const where = address === null ? {} : { publicUrl: address.href };
console.log(
  JSON.stringify(manifest({ commands, ...where, socketMode: address === null, oauth }), null, 2),
);
