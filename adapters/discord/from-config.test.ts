import { describe, expect, it } from 'vitest';
import { specMissing } from '../../fakes/discord/schema.ts';
import { startDiscord } from '../../fakes/discord/server.ts';
import { quiet } from '../../fakes/store.ts';
import { readConfig } from '../config.ts';
import { discordFrom } from './from-config.ts';

const ports = (mounted: string[]) => ({
  log: quiet,
  clock: { now: Date.now },
  images: { png: async () => new Uint8Array() },
  http: { mount: (path: string) => void mounted.push(path) },
});

describe('Discord as the settings ask for it', () => {
  it('is off without a token', () => {
    expect(discordFrom(readConfig({}), ports([]))).toBeNull();
  });

  it('takes interactions by HTTP where there is a public key, else over the gateway', () => {
    const token = `${'a'.repeat(24)}.${'b'.repeat(6)}.${'c'.repeat(30)}`;
    const mounted: string[] = [];
    const over = discordFrom(readConfig({ DISCORD_BOT_TOKEN: token }), ports(mounted));
    expect(over?.platform).toBe('discord');
    expect(mounted).toEqual([]);
    const key = { DISCORD_PUBLIC_KEY: 'ab'.repeat(32) };
    discordFrom(readConfig({ DISCORD_BOT_TOKEN: token, ...key }), ports(mounted));
    expect(mounted).toEqual(['/discord/interactions']);
  });

  it.skipIf(specMissing !== null)('talks to another API where one is set', async () => {
    const fake = await startDiscord();
    for (const root of [fake.url, `${fake.url}/api`]) {
      const config = readConfig({ DISCORD_BOT_TOKEN: fake.token, DISCORD_API_ROOT: root });
      const discord = discordFrom(config, ports([]))!;
      discord.connect({
        receive: async () => true,
        openForm: async () => ({ refused: '' }),
        checkForm: async () => ({ refused: '' }),
        heard: async () => false,
        suggest: () => [],
        commands: [],
      });
      await discord.start();
      expect(discord.address()).toContain(fake.applicationId);
      await discord.stop();
    }
    expect(fake.world.violations).toEqual([]);
    await fake.stop();
  });
});
