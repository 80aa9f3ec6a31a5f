import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { Logger } from '../../bot/ports.ts';
import { faultOf, refusalOf } from './faults.ts';
import { choices } from './limits.ts';
import { botScopes } from './manifest.ts';
import { page } from './page.ts';
import type { Installation, SlackInstallations } from './workspaces.ts';

export interface OAuthPorts {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people open Keel, without a slash at the end. */
  readonly publicUrl: string;
  /** Another Slack, for tests: where people agree. */
  readonly authorizeUrl: string;
  /** Signs states. */
  readonly key: Uint8Array;
  readonly client: webApi.WebClient;
  readonly installations: SlackInstallations;
  readonly log: Logger;
  /** Real time. */
  readonly wallNow: () => number;
  /** Tells the bot; a fault there does not undo an installation. */
  readonly installed: (installation: Installation) => Promise<void>;
}

export const oauthPath = '/oauth';
export const installPath = '/install';
const cookieName = 'keel-slack-install';

const accessSchema = z.object({
  access_token: z.string().regex(/^xoxb-/),
  token_type: z.literal('bot'),
  scope: z.string(),
  bot_user_id: z.string().min(1),
  app_id: z.string().min(1),
  team: z.object({ id: z.string() }).nullish(),
  enterprise: z.object({ id: z.string() }).nullish(),
  is_enterprise_install: z.boolean().optional(),
});

/** Installing Keel in many workspaces: people agree on Slack's page and come back with a code. */
export function oauthRoutes(ports: OAuthPorts): Hono {
  const { log, wallNow } = ports;
  const redirect = `${ports.publicUrl}/slack${oauthPath}`;
  const secure = ports.publicUrl.startsWith('https:');
  const app = new Hono();
  const sign = (text: string) =>
    createHmac('sha256', ports.key).update(`slack state ${text}`).digest('base64url');

  app.get(installPath, (c) => {
    const nonce = randomBytes(16).toString('base64url');
    const body = `${nonce}.${wallNow() + choices.stateMs}`;
    const address = new URL(ports.authorizeUrl);
    address.searchParams.set('client_id', ports.clientId);
    address.searchParams.set('scope', botScopes.map(({ scope }) => scope).join(','));
    address.searchParams.set('redirect_uri', redirect);
    address.searchParams.set('state', `${body}.${sign(body)}`);
    // The state comes back in the browser that began, and in no other.
    setCookie(c, cookieName, nonce, {
      httpOnly: true,
      secure,
      sameSite: 'Lax',
      path: '/slack',
      maxAge: choices.stateMs / 1_000,
    });
    return c.redirect(address.href, 302);
  });

  app.get(oauthPath, async (c) => {
    const refuse = (why: string) => {
      log.warn({ platform: 'slack', why }, 'an installation was refused');
      return c.html(page('Not installed', why), 400);
    };
    if (c.req.query('error') !== undefined) {
      return refuse('Nothing was installed, because it was cancelled on the page of Slack.');
    }
    const wrong = await wrongState(c);
    if (wrong !== null) return refuse(wrong);
    const code = c.req.query('code') ?? '';
    if (code === '') return refuse('Slack sent no code. Please begin again.');
    try {
      const installation = await exchange(code);
      await ports.installations.put(installation);
      await ports.installed(installation).catch(() => {
        log.warn({ platform: 'slack' }, 'an installation was not noted by the bot');
      });
    } catch (error) {
      const why = refusalOf(error) ?? faultOf(error).code;
      log.error({ platform: 'slack', why }, 'an installation failed');
      return c.html(page('Not installed', `Slack could not finish it (${why}). Begin again.`), 502);
    }
    return c.html(page('Keel is installed', 'Open Keel under Apps in Slack and say hello.'));
  });

  async function wrongState(c: Context): Promise<string | null> {
    const again = 'Please begin again on the page /slack/install.';
    const [nonce = '', expires = '', given = ''] = (c.req.query('state') ?? '').split('.');
    const body = `${nonce}.${expires}`;
    if (!same(given, sign(body))) return `This link was not made by this Keel. ${again}`;
    const until = Number(expires);
    if (until < wallNow()) return `That took more than ten minutes. ${again}`;
    if (!same(getCookie(c, cookieName) ?? '', nonce)) {
      return `It was begun in another browser. ${again}`;
    }
    const fresh = await ports.installations.spend(nonce, until, wallNow());
    return fresh ? null : `This link was used before. ${again}`;
  }

  async function exchange(code: string): Promise<Installation> {
    const { clientId: client_id, clientSecret: client_secret } = ports;
    const args = { client_id, client_secret, code, redirect_uri: redirect };
    const access = accessSchema.parse(await ports.client.oauth.v2.access(args));
    const enterpriseWide = access.is_enterprise_install ?? false;
    const team = access.team?.id ?? null;
    const enterprise = access.enterprise?.id ?? null;
    const installation = enterpriseWide ? enterprise : team;
    if (installation === null) throw new Error('Slack named no workspace.');
    return {
      installation,
      team,
      enterprise,
      app: access.app_id,
      botUser: access.bot_user_id,
      token: access.access_token,
      scopes: access.scope.split(','),
      installedAt: wallNow(),
    };
  }
  return app;
}

/** In constant time, whatever the lengths. */
function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'length').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
