import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaMissing } from './schema.ts';
import { type FakeSlack, startSlack } from './server.ts';
import { call, eventually, listenTo } from './testing.ts';
import { createLeapingTimers } from './timers.ts';

describe.skipIf(schemaMissing !== null)('installing and uninstalling in the fake', () => {
  const timers = createLeapingTimers();
  let fake: FakeSlack;
  let app: Awaited<ReturnType<typeof listenTo>>;
  beforeEach(async () => {
    fake = await startSlack({
      timers,
      installed: false,
      teams: [{ id: 'T0001' }, { id: 'T0002' }],
    });
    app = await listenTo(fake);
    fake.installAs('T0002', 'U7');
  });
  afterEach(async () => {
    await app.stop();
    await fake.stop();
  });

  const redirect = 'http://127.0.0.1:1/slack/oauth';
  async function consent(more: Record<string, string> = {}): Promise<Response> {
    const query = new URLSearchParams({
      client_id: fake.app.clientId,
      scope: 'chat:write,commands',
      state: 's1',
      redirect_uri: redirect,
      ...more,
    });
    return fetch(`${fake.authorizeUrl}?${query}`, { redirect: 'manual' });
  }
  async function code(): Promise<string> {
    const back = new URL((await consent()).headers.get('location')!);
    expect(back.searchParams.get('state')).toBe('s1');
    return back.searchParams.get('code')!;
  }
  const access = (params: Record<string, string>) =>
    call(
      fake,
      'oauth.v2.access',
      { client_id: fake.app.clientId, client_secret: fake.app.clientSecret, ...params },
      null,
    );

  it('gives a token for a workspace, once per code', async () => {
    const given = await code();
    const answer = await access({ code: given, redirect_uri: redirect });
    expect(answer).toMatchObject({
      ok: true,
      token_type: 'bot',
      team: { id: 'T0002' },
      authed_user: { id: 'U7' },
      is_enterprise_install: false,
    });
    expect(answer.access_token).toBe(fake.token('T0002'));
    expect(await access({ code: given })).toMatchObject({ error: 'code_already_used' });
    expect(() => fake.token('T0001')).toThrow('not installed');
    expect(fake.world.violations).toEqual([]);
  });

  it('refuses wrong secrets, codes, redirects and old codes', async () => {
    const given = await code();
    expect(await access({ code: given, client_secret: 'x' })).toMatchObject({
      error: 'bad_client_secret',
    });
    expect(await access({ code: 'x' })).toMatchObject({ error: 'invalid_code' });
    expect(await access({ code: given, redirect_uri: 'https://b.example' })).toMatchObject({
      error: 'bad_redirect_uri',
    });
    timers.leap(10 * 60_000 + 1);
    expect(await access({ code: given })).toMatchObject({ error: 'code_expired' });
  });

  it('counts a consent without state, with unknown scopes or another client', async () => {
    await consent({ state: '' });
    expect((await consent({ scope: 'admin' })).status).toBe(400);
    expect((await consent({ client_id: '1.1' })).status).toBe(400);
    expect(fake.world.violations).toHaveLength(3);
  });

  it('tells of an uninstallation, and the token is dead', async () => {
    const token = fake.world.install('T0001');
    const client = { client_id: fake.app.clientId, client_secret: fake.app.clientSecret };
    expect(await call(fake, 'apps.uninstall', client, token)).toMatchObject({ ok: true });
    await eventually(() => expect(app.heard).toHaveLength(2));
    expect(app.heard.map(({ body }) => (body.event as { type: string }).type).sort()).toEqual([
      'app_uninstalled',
      'tokens_revoked',
    ]);
    expect(await call(fake, 'auth.test', {}, token)).toMatchObject({ error: 'account_inactive' });
    const again = fake.world.install('T0001');
    expect(again).not.toBe(token);
    expect(await call(fake, 'auth.test', {}, again)).toMatchObject({ ok: true });
    expect(await call(fake, 'auth.revoke', {}, again)).toMatchObject({ revoked: true });
    expect(await call(fake, 'auth.test', {}, again)).toMatchObject({ error: 'token_revoked' });
  });

  it("lets Bolt's own installer through", async () => {
    const installed = new Map<string, unknown>();
    const receiver = new HTTPReceiver({
      signingSecret: fake.app.signingSecret,
      clientId: fake.app.clientId,
      clientSecret: fake.app.clientSecret,
      stateSecret: 'fake-state-secret',
      scopes: ['chat:write', 'commands'],
      logLevel: LogLevel.ERROR,
      installationStore: {
        storeInstallation: async (one) => void installed.set(one.team!.id, one),
        fetchInstallation: async ({ teamId }) => installed.get(teamId!) as never,
      },
      installerOptions: {
        directInstall: true,
        authorizationUrl: fake.authorizeUrl,
        clientOptions: { slackApiUrl: fake.apiUrl },
      },
    });
    new App({ receiver, clientOptions: { slackApiUrl: fake.apiUrl }, logLevel: LogLevel.ERROR });
    const server: Server = createServer(receiver.requestListener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const done = await fake.install(`${own}/slack/install`, `${own}/slack/oauth_redirect`);
    expect(done.status).toBe(200);
    expect(installed.get('T0002')).toMatchObject({ bot: { token: fake.token('T0002') } });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
