import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Clock, Random } from '../../bot/ports.ts';
import { refuseForeign } from './guard.ts';
import { limits } from './limits.ts';
import type { Sender } from './parse.ts';
import {
  cookieName,
  newSession,
  type Session,
  signSession,
  verifySession,
  wantsRenewal,
} from './session.ts';

/** What a route knows once the request has passed the gate. */
export interface Visit {
  Variables: { session: Session };
}

export interface GatePorts {
  readonly sessionKey: Uint8Array;
  readonly publicHosts: readonly string[];
  readonly random: Random;
  readonly clock: Clock;
}

/** Refuses requests that another site could have caused. */
export function sameSiteOnly(publicHosts: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const refusal = refuseForeign(
      {
        method: c.req.method,
        host: c.req.header('host'),
        origin: c.req.header('origin'),
        fetchSite: c.req.header('sec-fetch-site'),
      },
      publicHosts,
    );
    if (refusal !== null) return c.json({ problem: refusal }, 403);
    c.header('Cache-Control', 'no-store');
    return next();
  };
}

/** Lets only requests with a valid session through. */
export function withSession(ports: GatePorts): MiddlewareHandler<Visit> {
  return async (c, next) => {
    const session = currentSession(c, ports);
    if (session === null) {
      return c.json({ problem: 'Your session has ended. Reload the page to go on.' }, 401);
    }
    c.set('session', session);
    return next();
  };
}

/**
 * Finds or starts the session. The page asks for it itself, same-site: on a first navigation from
 * another site a strict cookie is not sent, and issuing one there would lose who the visitor is.
 */
export function beginSession(c: Context, ports: GatePorts): Session {
  const now = ports.clock.now();
  const known = currentSession(c, ports);
  if (known !== null && !wantsRenewal(known, now)) return known;
  const session = known === null ? newSession(ports.random, now) : { ...known, issuedAt: now };
  const name = cookieName(ports.sessionKey);
  setCookie(c, name, signSession(session, ports.sessionKey), {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    maxAge: limits.sessionDays * 86_400,
    secure: c.req.header('origin')?.startsWith('https:') ?? false,
  });
  return session;
}

export function senderOf(c: Context<Visit>, clock: Clock): Sender {
  return {
    identity: c.get('session').identity,
    languages: c.req.header('accept-language'),
    at: clock.now(),
  };
}

function currentSession(c: Context, { sessionKey, clock }: GatePorts): Session | null {
  const cookie = getCookie(c, cookieName(sessionKey));
  return cookie === undefined ? null : verifySession(cookie, sessionKey, clock.now());
}
