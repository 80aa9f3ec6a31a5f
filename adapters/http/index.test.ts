import { createConnection } from 'node:net';
import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import { PortError } from '../../bot/errors.ts';
import { createHttpServer, type HttpServer } from './index.ts';
import { listenError } from './listen-error.ts';

const errors: unknown[] = [];
const log = {
  info: () => undefined,
  warn: () => undefined,
  error: (fields: unknown) => errors.push(fields),
};
const open: HttpServer[] = [];

async function start(routes?: Hono, graceMs?: number): Promise<{ url: string; http: HttpServer }> {
  const http = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    log,
    ...(graceMs === undefined ? {} : { graceMs }),
  });
  open.push(http);
  if (routes) http.mount('/', routes);
  return { url: await http.start(), http };
}

afterEach(async () => {
  for (const http of open.splice(0)) await http.stop();
});

describe('http server', () => {
  it('answers health, and puts the security headers on every answer', async () => {
    const { url } = await start();
    const health = await fetch(`${url}/health`);
    expect(await health.json()).toEqual({ status: 'ok' });
    for (const path of ['/health', '/nothing']) {
      const { headers } = await fetch(url + path);
      const policy = headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    }
  });

  it('says in one sentence what to do when the port is in use', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    const second = createHttpServer({ host: '127.0.0.1', port, log });
    const error = await second.start().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PortError);
    expect(error).toMatchObject({ port: 'http', code: 'refused' });
    expect(String(error)).toContain(`Port ${port} on 127.0.0.1 is already in use`);
    expect(String(error)).toContain(`KEEL_PORT=${port + 1}`);
  });

  it('names the setting to change for every other reason not to listen', () => {
    const say = (code: string) =>
      listenError(Object.assign(new Error(), { code }), '10.9.9.9', 80).message;
    expect(say('EACCES')).toContain('KEEL_PORT');
    expect(say('EADDRNOTAVAIL')).toContain('KEEL_HOST');
    expect(say('EWHATEVER')).toContain('EWHATEVER');
  });

  it('answers a broken route with 500 and no inner detail, and logs it', async () => {
    const routes = new Hono().get('/broken', () => {
      throw new Error('secret detail');
    });
    const { url } = await start(routes);
    const response = await fetch(`${url}/broken`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(JSON.stringify(errors)).toContain('secret detail');
  });

  it('refuses a body above the limit with 413, told in advance or not', async () => {
    const routes = new Hono().post('/take', async (c) =>
      c.text(String((await c.req.text()).length)),
    );
    const { url } = await start(routes);
    const body = 'x'.repeat(5 * 1024 * 1024);
    expect((await fetch(`${url}/take`, { method: 'POST', body })).status).toBe(413);
    const chunks = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 5; i++) controller.enqueue(new Uint8Array(1024 * 1024));
        controller.close();
      },
    });
    const streamed = await fetch(`${url}/take`, { method: 'POST', body: chunks, duplex: 'half' });
    expect(streamed.status).toBe(413);
    expect(await (await fetch(`${url}/take`, { method: 'POST', body: 'abc' })).text()).toBe('3');
  });

  it('lets an open request end when it stops, and closes what does not end', async () => {
    let release: () => void = () => undefined;
    const begun = Promise.withResolvers<void>();
    const routes = new Hono().get('/slow', async (c) => {
      begun.resolve();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return c.text('done');
    });
    const { url, http } = await start(routes, 50);
    const slow = fetch(`${url}/slow`).then((response) => response.text());
    await begun.promise;
    const stopped = http.stop();
    release();
    expect(await slow).toBe('done');
    await stopped;

    const again = await start(undefined, 50);
    const idle = createConnection(Number(new URL(again.url).port), '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    idle.write('GET /health HTTP/1.1\r\nHost: a\r\n');
    const closed = new Promise((resolve) => idle.once('close', resolve));
    await again.http.stop();
    await closed;
    expect(idle.destroyed).toBe(true);
  });
});
