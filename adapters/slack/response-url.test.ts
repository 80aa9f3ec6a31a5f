import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnswers } from './response-url.ts';

const now = 1_780_000_000_000;
const said = { text: 'secret words', blocks: [] };

describe('an address for answers', () => {
  let answer: { status: number; headers?: Record<string, string>; body: string };
  let asked: number;
  let root: string;
  const server = createServer((request, response) => {
    asked += 1;
    request.resume();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  beforeEach(async () => {
    asked = 0;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const open = () => {
    const answers = createAnswers({ apiRoot: `${root}/api`, wallNow: () => now });
    const address = { url: `${root}/commands/T1/1/secret`, until: now + 1, origin: null };
    return { answers, address };
  };

  it.each([
    [429, { 'retry-after': '7' }, '', { code: 'rate-limited', retryAfterMs: 7_000 }],
    [429, {}, '', { code: 'rate-limited', retryAfterMs: 1_000 }],
    [503, {}, 'upstream', { code: 'unreachable' }],
    [404, {}, 'used_url', { code: 'gone' }],
    [404, {}, '{"ok":false,"error":"expired_url"}', { code: 'gone' }],
    [400, {}, '{"ok":false,"error":"invalid_blocks"}', { code: 'refused' }],
  ])('that answers %i %o "%s" is told apart', async (status, headers, body, expected) => {
    const { answers, address } = open();
    answer = { status, headers, body };
    const error = await answers.say(address, said).catch((thrown: Error) => thrown);
    expect(error).toMatchObject(expected);
    expect(`${error}${JSON.stringify(error)}`).not.toMatch(/secret/);
  });

  it('is used five times at most, never when its time is up, and never elsewhere', async () => {
    const { answers, address } = open();
    answer = { status: 200, body: 'ok' };
    for (let round = 0; round < 5; round += 1) await answers.say(address, said);
    const late = { ...address, url: `${root}/commands/T1/2/secret`, until: now };
    const foreign = { ...address, url: 'https://hooks.slack.com/commands/T1/3/secret' };
    for (const closed of [address, late, foreign]) {
      await expect(answers.say(closed, said)).rejects.toMatchObject({ code: 'gone' });
    }
    expect(asked).toBe(5);
  });
});
