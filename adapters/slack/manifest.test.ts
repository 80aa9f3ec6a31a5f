import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { offeredToAll } from '../../bot/commands/command.ts';
import { abilitiesOf } from '../../bot/commands/index.ts';
import { botScopes, type ManifestOptions, manifest } from './manifest.ts';

const file = fileURLToPath(
  new URL('../../../shared/specs/slack/manifest.schema.2.0.0.json', import.meta.url),
);
const commands = offeredToAll(abilitiesOf({ cashRate: 0.02, admins: [] }).commands);

describe('the manifest of the Slack app', () => {
  const kinds: readonly [name: string, options: Omit<ManifestOptions, 'commands'>][] = [
    ['over HTTP', { publicUrl: 'https://keel.example.org', socketMode: false, oauth: false }],
    ['in Socket Mode', { socketMode: true, oauth: false }],
    ['for many', { publicUrl: 'https://keel.example.org/', socketMode: false, oauth: true }],
  ];
  it.skipIf(!existsSync(file)).each(kinds)('is valid for one %s', (_, options) => {
    const schema = JSON.parse(readFileSync(file, 'utf8'));
    const valid = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    valid(manifest({ ...options, commands }));
    expect(valid.errors ?? []).toEqual([]);
  });

  it('asks for nothing that is not explained, and not for what people write to each other', () => {
    expect(botScopes.every(({ why }) => why.length > 5)).toBe(true);
    const scopes: readonly string[] = botScopes.map(({ scope }) => scope);
    expect(scopes).not.toContain('channels:history');
    expect(scopes).not.toContain('users:read.email');
  });

  it('names no address in Socket Mode, and the one of this Keel over HTTP', () => {
    expect(JSON.stringify(manifest({ socketMode: true, oauth: false, commands }))).not.toMatch(
      /request_url|"url"/,
    );
    const text = JSON.stringify(manifest({ ...kinds[2][1], commands }));
    expect(text).toContain('"request_url":"https://keel.example.org/slack/events"');
    expect(text).toContain('"redirect_urls":["https://keel.example.org/slack/oauth"]');
  });

  it('hints at commands of the table, within what Slack shows', () => {
    const { features } = manifest({ socketMode: true, oauth: false, commands }) as {
      features: { slash_commands: { usage_hint: string }[]; shortcuts: { name: string }[] };
    };
    expect(features.slash_commands[0].usage_hint.length).toBeLessThanOrEqual(100);
    expect(features.slash_commands[0].usage_hint).toContain(commands[0].name);
    for (const { name } of features.shortcuts) expect(name.length).toBeLessThanOrEqual(24);
  });
});
