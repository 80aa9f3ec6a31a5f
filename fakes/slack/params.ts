import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from './world.ts';

/** Arguments that Slack reads as JSON out of a form. */
const json = new Set(['blocks', 'attachments', 'view', 'metadata', 'files', 'channels', 'unfurls']);
const booleans = new Set([
  'mrkdwn',
  'unfurl_links',
  'unfurl_media',
  'link_names',
  'as_user',
  'reply_broadcast',
  'return_im',
  'prevent_creation',
  'include_locale',
  'test',
]);
const numbers = new Set(['length', 'limit', 'count', 'page']);
/** Methods that a form must be used for: Slack reads no JSON body there. */
const formOnly = /^(oauth\.|files\.getUploadURLExternal$)/;

export class BadArguments extends Error {}

/** A Web API call's arguments as the SDK's types write them, and the token they came with. */
export function readArguments(
  method: string,
  body: string,
  headers: IncomingHttpHeaders,
): { readonly params: Json; readonly token: string | null } {
  const type = (headers['content-type'] ?? '').split(';')[0].trim();
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? null;
  if (type === 'application/json') {
    if (formOnly.test(method)) throw new BadArguments('invalid_post_type');
    const { token, ...params } = parsed(body) as { token?: string } & Json;
    return { params, token: bearer ?? token ?? null };
  }
  if (type !== 'application/x-www-form-urlencoded' && body !== '') {
    throw new BadArguments('invalid_post_type');
  }
  const params: Record<string, unknown> = {};
  let token = bearer;
  for (const [name, value] of new URLSearchParams(body)) {
    if (name === 'token') token ??= value;
    else if (Object.hasOwn(params, name)) throw new BadArguments('invalid_form_data');
    else params[name] = typed(name, value);
  }
  return { params, token };
}

function typed(name: string, value: string): unknown {
  if (json.has(name)) return parsed(value);
  if (booleans.has(name)) {
    if (value !== 'true' && value !== 'false') throw new BadArguments('invalid_arguments');
    return value === 'true';
  }
  if (numbers.has(name)) {
    if (!/^\d+$/.test(value)) throw new BadArguments('invalid_arguments');
    return Number(value);
  }
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadArguments('invalid_json');
  }
}
