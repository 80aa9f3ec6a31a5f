import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('no settings at all is a valid configuration', () => {
  const config = readConfig({});
  expect(config.KEEL_PRICES).toBe('sandbox');
  expect(config.KEEL_HOST).toBe('127.0.0.1');
  expect(config.DATABASE_URL).toBeUndefined();
});

test('an empty value counts as absent', () => {
  expect(readConfig({ KEEL_PORT: '' }).KEEL_PORT).toBe(4242);
});

test.each([
  ['KEEL_PORT', '99999', 'KEEL_PORT is wrong: write a port number from 0 to 65535'],
  ['KEEL_PORT', 'http', 'KEEL_PORT is wrong: write a port number'],
  ['KEEL_PRICES', 'bloomberg', 'KEEL_PRICES is wrong: write sandbox'],
  ['KEEL_ROLE', 'boss', 'KEEL_ROLE is wrong: write all, chat or worker'],
  ['KEEL_SECRET', 'short', 'KEEL_SECRET is wrong: write at least 32 random characters'],
  ['DATABASE_URL', 'mysql://x', 'DATABASE_URL is wrong: write postgres://'],
  ['KEEL_MODEL_CLIENT', 'llama', 'KEEL_MODEL_CLIENT is wrong: write openai or langchain'],
  ['OPENAI_BASE_URL', 'model', 'OPENAI_BASE_URL is wrong: write the address of an OpenAI-compat'],
  ['TELEGRAM_WEBHOOK_URL', 'https://k.example', 'TELEGRAM_WEBHOOK_URL is wrong: add a path'],
  ['TELEGRAM_BOT_TOKEN', 'secret', 'TELEGRAM_BOT_TOKEN is wrong: copy the token'],
  ['DISCORD_BOT_TOKEN', 'secret', 'DISCORD_BOT_TOKEN is wrong: copy the token'],
  ['DISCORD_PUBLIC_KEY', 'abc', 'DISCORD_PUBLIC_KEY is wrong: copy the public key'],
  ['DISCORD_SHARDS', '0', 'DISCORD_SHARDS is wrong: write auto, or how many'],
  ['SLACK_BOT_TOKEN', 'xapp-1', 'SLACK_BOT_TOKEN is wrong: copy the bot token'],
  ['SLACK_CLIENT_ID', 'me', 'SLACK_CLIENT_ID is wrong: copy the client id'],
  ['KEEL_CASH_RATE', '2%', 'KEEL_CASH_RATE is wrong: write what cash earns in percent'],
])('a wrong %s stops the start with what to write', (name, value, sentence) => {
  expect(() => readConfig({ [name]: value })).toThrow(sentence);
});

test.each([
  ['KEEL_PROT', 'KEEL_PORT'],
  ['DISCORD_TOKEN', 'DISCORD_BOT_TOKEN'],
  ['SLACK_SIGNING_SECERT', 'SLACK_SIGNING_SECRET'],
  ['TELEGRAM_TOKEN', 'TELEGRAM_BOT_TOKEN'],
])('%s is told to be %s, so that nobody waits for a platform that is off', (name, meant) => {
  const stop = () => readConfig({ [name]: 'a-secret' });
  expect(stop).toThrow(`${name} is not a setting of Keel. Did you mean ${meant}?`);
  expect(stop).not.toThrow('a-secret');
});

test('what other programs call after a platform is theirs', () => {
  const others = { SLACK_WEBHOOK_URL: 'x', SLACK_CHANNEL: 'y', DISCORD_WEBHOOK: 'z' };
  expect(() => readConfig(others)).not.toThrow();
});

test('a role of its own needs a database that others can reach', () => {
  expect(() => readConfig({ KEEL_ROLE: 'chat' })).toThrow('KEEL_ROLE=chat needs DATABASE_URL');
  const shared = { KEEL_ROLE: 'worker', DATABASE_URL: 'postgres://keel@db/keel' };
  expect(readConfig(shared).KEEL_ROLE).toBe('worker');
});

const slack = {
  bot: 'xoxb-1234567890-a',
  app: 'xapp-1-A-1234567890',
  hex: '0123456789abcdef0123456789abcdef',
};

test.each([
  [{ SLACK_BOT_TOKEN: slack.bot }, 'SLACK_SIGNING_SECRET'],
  [{ SLACK_APP_TOKEN: slack.app }, 'SLACK_BOT_TOKEN'],
  [{ SLACK_CLIENT_ID: '1.2', SLACK_SIGNING_SECRET: slack.hex }, 'go together'],
  [
    { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: slack.hex, SLACK_SIGNING_SECRET: slack.hex },
    'KEEL_PUBLIC_URL',
  ],
  [{ DISCORD_PUBLIC_KEY: slack.hex + slack.hex }, 'DISCORD_BOT_TOKEN'],
])('chat settings that need another say which: %o', (settings, missing) => {
  expect(() => readConfig(settings)).toThrow(missing);
});

test('Slack starts with a bot token and either way for requests to arrive', () => {
  const way = { SLACK_BOT_TOKEN: slack.bot, SLACK_APP_TOKEN: slack.app };
  expect(readConfig(way).SLACK_APP_TOKEN).toBe(slack.app);
  const { SLACK_SIGNING_SECRET } = readConfig({ ...way, SLACK_SIGNING_SECRET: slack.hex });
  expect(SLACK_SIGNING_SECRET).toBe(slack.hex);
});

test.each(['https://keel.example.org/advice', 'https://keel.example.org/?a=b'])(
  'a public address is one without a path, not %s',
  (address) => {
    expect(() => readConfig({ KEEL_PUBLIC_URL: address })).toThrow('without a path');
    expect(() => readConfig({ KEEL_PUBLIC_URL: 'keel' })).toThrow('write the address people open');
    const root = new URL(address).origin;
    expect(readConfig({ KEEL_PUBLIC_URL: root }).KEEL_PUBLIC_URL).toBe(root);
  },
);

test('a misspelt setting is named with the nearest right one', () => {
  expect(() => readConfig({ KEEL_PRICE: 'yahoo' })).toThrow('Did you mean KEEL_PRICES?');
});

test('a wrong secret or database address is never repeated in the error', () => {
  const error = (() => {
    try {
      readConfig({ DATABASE_URL: 'mysql://root:hunter2@db/keel' });
    } catch (caught) {
      return caught;
    }
  })();
  expect(error).toBeInstanceOf(ConfigError);
  expect(String(error)).not.toContain('hunter2');
});
