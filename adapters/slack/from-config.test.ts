import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { slackFrom } from './from-config.ts';

const mounted: string[] = [];
const ports = {
  http: { mount: (path: string) => mounted.push(path) },
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  images: { png: async () => new Uint8Array() },
  key: new Uint8Array(32),
  installations: {
    find: async () => null,
    put: async () => undefined,
    remove: async () => false,
    spend: async () => true,
  },
};
const from = (env: Record<string, string>) => {
  mounted.length = 0;
  return slackFrom(readConfig(env), ports);
};
const one = { SLACK_BOT_TOKEN: 'xoxb-1234567890' };
const many = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'a'.repeat(32) };

describe('Slack as the settings ask for it', () => {
  it('is left alone without a token', () => {
    expect(from({})).toBeNull();
  });

  it('listens on the one server with a signing secret', () => {
    expect(from({ ...one, SLACK_SIGNING_SECRET: 'b'.repeat(32) })?.platform).toBe('slack');
    expect(mounted).toEqual(['/slack/events']);
  });

  it('opens no address in Socket Mode', () => {
    expect(from({ ...one, SLACK_APP_TOKEN: 'xapp-1234567890' })).not.toBeNull();
    expect(mounted).toEqual([]);
  });

  it('can be installed by many workspaces', () => {
    const settings = { ...many, SLACK_SIGNING_SECRET: 'b'.repeat(32) };
    from({ ...settings, KEEL_PUBLIC_URL: 'https://keel.example.org/' });
    expect(mounted).toEqual(['/slack/events', '/slack']);
    expect(() => from(settings)).toThrow(/KEEL_PUBLIC_URL/);
  });
});
