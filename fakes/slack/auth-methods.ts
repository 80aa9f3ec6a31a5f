import { createHash, timingSafeEqual } from 'node:crypto';
import { Refused } from './answers.ts';
import type { Methods } from './chat-methods.ts';
import type { SlackTeam } from './team.ts';
import type { Json, Token, World } from './world.ts';

const codeMs = 10 * 60_000;

/** Arguments of methods that the SDK's schema does not hold. */
export const looseArguments: Readonly<Record<string, readonly string[]>> = {
  'apps.connections.open': [],
  'apps.uninstall': ['client_id', 'client_secret'],
  'auth.revoke': ['test'],
  'files.info': ['file', 'count', 'cursor', 'limit', 'page'],
  'files.delete': ['file'],
};

/** What a token must have been granted; any one of them is enough. */
export const neededScopes: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'conversations.open': ['im:write', 'mpim:write', 'channels:manage', 'groups:write'],
  'conversations.info': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'files.info': ['files:read'],
  'users.info': ['users:read'],
};

function same(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

/** Who the bot is, how it is installed and how it is thrown out. */
export function createAuth(
  world: World,
  emit: (team: SlackTeam, event: Json) => void,
  url: () => string,
) {
  const ofTeam = (team: string): [string, Token][] =>
    [...world.tokens].filter(([, token]) => token.team === team && token.dead === null);

  function kill(team: SlackTeam, why: 'token_revoked' | 'account_inactive'): void {
    const tokens = ofTeam(team.id);
    for (const [, token] of tokens) token.dead = why;
    if (tokens.length > 0) {
      emit(team, { type: 'tokens_revoked', tokens: { oauth: [], bot: [team.botUser] } });
    }
  }

  function uninstall(team: SlackTeam): void {
    kill(team, 'account_inactive');
    team.installed = false;
    emit(team, { type: 'app_uninstalled' });
  }

  const methods: Methods = {
    'auth.test': (team) => ({
      url: `${url()}/`,
      team: team.name,
      user: 'keel',
      team_id: team.id,
      user_id: team.botUser,
      bot_id: team.botId,
      is_enterprise_install: false,
    }),
    'auth.revoke'(team, params) {
      if (params.test === true) return { revoked: false };
      kill(team, 'token_revoked');
      return { revoked: true };
    },
    'apps.uninstall'(team, params) {
      if (!isClient(params)) throw new Refused('bad_client_secret');
      uninstall(team);
      return {};
    },
    'users.info'(team, params) {
      const user = team.users.get(String(params.user));
      if (user === undefined) throw new Refused('user_not_found');
      return {
        user: {
          id: user.id,
          team_id: team.id,
          name: user.name,
          deleted: false,
          real_name: user.name,
          tz: user.timezone,
          ...(params.include_locale === true ? { locale: user.locale } : {}),
          is_bot: false,
          is_app_user: false,
        },
      };
    },
  };

  function isClient(params: Json): boolean {
    return (
      same(String(params.client_id), world.app.clientId) &&
      same(String(params.client_secret), world.app.clientSecret)
    );
  }

  return {
    methods,
    kill,
    uninstall,
    /** The consent page: the person agrees at once and is sent back with a code. */
    authorize(query: URLSearchParams, team: SlackTeam, user: string): string {
      if (query.get('client_id') !== world.app.clientId) throw new Refused('invalid_client_id');
      const scopes = (query.get('scope') ?? '').split(',').filter((scope) => scope !== '');
      if (scopes.length === 0) throw new Refused('invalid_scope');
      for (const scope of scopes) {
        if (!world.app.scopes.includes(scope)) throw new Refused(`invalid_scope: ${scope}`);
      }
      if (!query.get('state')) world.violations.push('oauth: no state guards the redirect');
      const redirect = query.get('redirect_uri');
      if (redirect === null) throw new Refused('bad_redirect_uri');
      const code = `code-${team.id}-${world.serial()}`;
      world.codes.set(code, {
        team: team.id,
        user,
        redirect,
        scopes,
        used: false,
        at: world.timers.now(),
      });
      const back = new URL(redirect);
      back.searchParams.set('code', code);
      back.searchParams.set('state', query.get('state') ?? '');
      return back.toString();
    },
    /** oauth.v2.access: no token yet, the app's own secret instead. */
    access(params: Json): Json {
      if (String(params.client_id) !== world.app.clientId) throw new Refused('invalid_client_id');
      if (!isClient(params)) throw new Refused('bad_client_secret');
      const code = world.codes.get(String(params.code));
      if (code === undefined) throw new Refused('invalid_code');
      if (code.used) throw new Refused('code_already_used');
      if (world.timers.now() - code.at > codeMs) throw new Refused('code_expired');
      if ((params.redirect_uri ?? code.redirect) !== code.redirect) {
        throw new Refused('bad_redirect_uri');
      }
      code.used = true;
      const team = world.team(code.team);
      return {
        access_token: world.install(team.id, code.scopes),
        token_type: 'bot',
        scope: code.scopes.join(','),
        bot_user_id: team.botUser,
        app_id: world.app.id,
        team: { id: team.id, name: team.name },
        enterprise: null,
        is_enterprise_install: false,
        authed_user: { id: code.user },
      };
    },
  };
}

export type Auth = ReturnType<typeof createAuth>;
