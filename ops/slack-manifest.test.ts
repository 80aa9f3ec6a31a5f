import { describe, expect, it } from 'vitest';
import { slackApp } from './slack-manifest.ts';

const url = 'https://keel.example.org/';

describe('the command that prints the Slack app', () => {
  it('prints one for Socket Mode, for HTTP and for many workspaces', () => {
    const settings = (args: readonly string[]) => JSON.stringify(slackApp(args));
    expect(settings([])).toContain('"socket_mode_enabled":true');
    expect(settings(['--url', url])).toContain(
      '"request_url":"https://keel.example.org/slack/events"',
    );
    expect(settings(['--url', url])).not.toContain('redirect_urls');
    expect(settings(['--url', url, '--oauth'])).toContain('https://keel.example.org/slack/oauth');
  });

  it.each([
    ['--url is the public https address', ['--url', 'keel.example.org']],
    ['--url is the public https address', ['--url', 'http://keel.example.org']],
    ['--oauth needs --url too', ['--oauth']],
    ['Write nothing for Socket Mode', ['--help']],
    ['Write nothing for Socket Mode', ['--url']],
    ['Write nothing for Socket Mode', ['socket']],
  ])('says "%s" to %j', (sentence, args) => {
    expect(() => slackApp(args)).toThrow(sentence);
  });
});
