import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScriptedChat, startScriptedChat } from './fixtures/scripted-chat.ts';
import { visit } from './fixtures/visitor.ts';
import { limits } from './limits.ts';

let chat: ScriptedChat;
let now = 1_700_000_000_000;
beforeAll(async () => {
  chat = await startScriptedChat({ now: () => now });
});
afterAll(() => chat.stop());

/** The status of a request with headers that fetch would not send, such as another Host. */
function raw(path: string, headers: Readonly<Record<string, string>>, method = 'GET') {
  return new Promise<number>((resolve, reject) => {
    const sent = request(`${chat.url}${path}`, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('who may use the web chat', () => {
  it('issues a session that scripts cannot read and other sites cannot send', async () => {
    const { setCookie } = await visit(chat.url);
    expect(setCookie).toMatch(/^keel_[0-9a-f]{8}=v1\./);
    expect(setCookie).toMatch(/HttpOnly/i);
    expect(setCookie).toMatch(/SameSite=Strict/i);
  });

  it('keeps a session while it is used, and ends it when it was not', async () => {
    const visitor = await visit(chat.url);
    expect((await visitor.get('history')).status).toBe(200);
    const again = await visitor.post('session', {});
    expect(again.headers.get('set-cookie')).toBeNull();
    now += 2 * 86_400_000;
    const renewed = (await visitor.post('session', {})).headers.get('set-cookie') ?? '';
    expect(renewed.split('.')[1]).toBe(visitor.cookie.split('.')[1]);
    now += (limits.sessionDays + 1) * 86_400_000;
    const ended = await visitor.get('history');
    expect(ended.status).toBe(401);
    expect(ended.body.problem).toContain('Reload the page');
  });

  it('lets nobody in without a session, or with a forged one', async () => {
    const visitor = await visit(chat.url);
    const [name, value] = visitor.cookie.split('=');
    const stranger = value.replace(/\.([0-9a-f])/, (_, c) => `.${c === '0' ? '1' : '0'}`);
    const before = chat.events.length;
    for (const cookie of ['', `${name}=`, `${name}=${stranger}`, `keel=${value}`]) {
      for (const path of ['history', 'events', 'commands']) {
        expect(await raw(`/web/${path}`, { cookie })).toBe(401);
      }
      const body = { id: randomUUID(), text: 'x' };
      expect((await visitor.post('messages', body, { cookie })).status).toBe(401);
    }
    expect(chat.events.length).toBe(before);
  });

  it('stores nothing that another site has sent', async () => {
    const visitor = await visit(chat.url);
    const before = chat.events.length;
    const foreign: readonly Readonly<Record<string, string>>[] = [
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const extra of foreign) {
      const body = { id: randomUUID(), text: 'transfer everything' };
      const refused = await visitor.post('messages', body, extra);
      expect(refused.status).toBe(403);
      expect(refused.body.problem).toContain('Keel page');
    }
    const { cookie } = visitor;
    expect(await raw('/web/messages', { cookie }, 'POST')).toBe(403);
    expect(chat.events.length).toBe(before);
  });

  it('answers to no name that could be rebound to it', async () => {
    const { cookie } = await visit(chat.url);
    const { port } = new URL(chat.url);
    expect(await raw('/web/history', { cookie, host: `evil.test:${port}` })).toBe(403);
    expect(await raw('/web/history', { cookie, host: `localhost:${port}` })).toBe(200);
    expect(await raw('/web/history', { cookie, 'sec-fetch-site': 'cross-site' })).toBe(403);
  });

  it('serves a page with no inline script or style and no foreign address', async () => {
    const response = await fetch(chat.url);
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|style="|https?:\/\//);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    const etag = response.headers.get('etag') ?? '';
    const again = await fetch(chat.url, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  it('serves nothing of the project but the page', async () => {
    for (const path of [
      '/web/modules/main.ts',
      '/web/modules/adapters/web/session.ts',
      '/web/modules/adapters/web/page/..%2Fsession.ts',
      '/web/modules/package.json',
      '/.env',
    ]) {
      expect((await fetch(chat.url + path)).ok, path).toBe(false);
    }
    const page = await fetch(`${chat.url}/web/modules/adapters/web/page/main.ts`);
    expect(page.headers.get('content-type')).toContain('text/javascript');
    expect(await page.text()).not.toContain(': PageMessage');
  });
});
