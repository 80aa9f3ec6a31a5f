import { webApi } from '@slack/bolt';
import { PortError } from '../../bot/errors.ts';
import { tooFast } from './pace.ts';

/** Sentences for the person who runs Keel; each says what to do. None carries a token. */
export const sentences = {
  token:
    'Slack does not accept the bot token. Copy it again from your app (OAuth & Permissions, Bot User OAuth Token) into SLACK_BOT_TOKEN and start Keel again.',
  revoked:
    'Slack no longer accepts the bot token: the app was removed from the workspace or the token was revoked. Install the app again (OAuth & Permissions), put the new token into SLACK_BOT_TOKEN and start Keel again.',
  appToken:
    'Slack does not accept the app-level token. Make one with the scope connections:write (Basic Information, App-Level Tokens), put it into SLACK_APP_TOKEN and start Keel again.',
  away: 'Slack cannot be reached, so nobody is answered there; Keel keeps trying. Check the network of this machine, or SLACK_API_ROOT if it is set.',
  scope: (needed: string) =>
    `The Slack app lacks the scope ${needed}. Add it under OAuth & Permissions and install the app again; docs/slack.md lists all scopes.`,
} as const;

const deadTokens =
  /^(token_revoked|token_expired|invalid_auth|account_inactive|not_authed|org_login_required)$/;
const gonePeople =
  /^(channel_not_found|is_archived|user_not_found|user_disabled|users_not_found|cannot_dm_bot|user_not_visible|messages_tab_disabled|restricted_action|is_inactive)$/;
const passing =
  /^(internal_error|fatal_error|service_unavailable|request_timeout|team_added_to_org|accesslimited)$/;

/** What a failed call means for the outbox; "said no" is kept apart from "not reached". */
export function faultOf(error: unknown): PortError {
  if (error instanceof PortError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) return tooFast(error.retryAfter * 1_000);
  if (isFileFault(error)) {
    return new PortError('slack', 'unreachable', 'Slack does not show a picture yet.');
  }
  if (error instanceof webApi.WebAPIPlatformError) return saidNo(error);
  if (error instanceof webApi.WebAPIHTTPError) {
    return new PortError('slack', 'unreachable', `Slack answered ${error.statusCode}.`);
  }
  if (error instanceof webApi.WebAPIRequestError) {
    const late = /timed? ?out|abort/i.test(`${error.original.name} ${error.original.message}`);
    // Without its cause, which may quote an address that holds a secret.
    return late
      ? new PortError('slack', 'timeout', 'Slack did not answer in time.')
      : new PortError('slack', 'unreachable', 'Slack could not be reached.');
  }
  // A fault of ours: trying again changes nothing, and Slack had no part in it.
  const why = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
  return new PortError('slack', 'refused', `A message could not be made: ${why}`);
}

function saidNo({ data }: webApi.WebAPIPlatformError): PortError {
  const code = data.error;
  if (code === 'ratelimited' || code === 'rate_limited') return tooFast(1_000);
  if (isDeadToken(code)) return new PortError('slack', 'unreachable', sentences.revoked);
  if (gonePeople.test(code)) {
    return new PortError('slack', 'gone', `The person cannot be reached: ${code}.`);
  }
  if (passing.test(code)) return new PortError('slack', 'unreachable', `Slack answered ${code}.`);
  if (code === 'missing_scope') {
    const needed = 'needed' in data ? String(data.needed).slice(0, 60) : 'it needs';
    return new PortError('slack', 'unreachable', sentences.scope(needed));
  }
  const details = data.response_metadata?.messages?.[0] ?? '';
  return new PortError(
    'slack',
    'refused',
    `Slack refused: ${code} ${details}`.trim().slice(0, 300),
  );
}

export function isDeadToken(code: string | null): boolean {
  return code !== null && deadTokens.test(code);
}

/** Slack's word for its no, when it said one. */
export function refusalOf(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : null;
}

/** Words that name the picture at fault among the blocks. */
export function isFileFault(error: unknown): boolean {
  return (
    error instanceof webApi.WebAPIPlatformError &&
    /slack.?file/i.test(JSON.stringify(error.data.response_metadata ?? ''))
  );
}
