import { createHmac } from 'node:crypto';
import { type Config, ConfigError } from '../config.ts';
import { createSlack, type Slack, type SlackOptions } from './index.ts';
import type { SlackInstallations } from './workspaces.ts';

type Ports = Pick<SlackOptions, 'http' | 'log' | 'images' | 'timer' | 'wallNow'> & {
  /** Signs states of installations: the same at every start and in every process. */
  readonly key: Uint8Array;
  readonly installations: SlackInstallations;
};

/** Slack as the settings ask for it; null without a token or client. */
export function slackFrom(
  config: Pick<
    Config,
    | 'SLACK_BOT_TOKEN'
    | 'SLACK_SIGNING_SECRET'
    | 'SLACK_APP_TOKEN'
    | 'SLACK_CLIENT_ID'
    | 'SLACK_CLIENT_SECRET'
    | 'SLACK_API_ROOT'
    | 'KEEL_PUBLIC_URL'
  >,
  ports: Ports,
): Slack | null {
  const { SLACK_BOT_TOKEN: token, SLACK_CLIENT_ID: clientId, SLACK_API_ROOT: apiRoot } = config;
  if (token === undefined && clientId === undefined) return null;
  const { key, installations, ...rest } = ports;
  return createSlack({
    ...rest,
    ...(apiRoot === undefined ? {} : { apiRoot }),
    mode: modeOf(config),
    workspaces: token === undefined ? manyOf(config, key, installations) : { token },
  });
}

function modeOf(config: Parameters<typeof slackFrom>[0]): SlackOptions['mode'] {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = config;
  if (appToken !== undefined) return { appToken };
  if (signingSecret !== undefined) return { signingSecret };
  throw new ConfigError('Slack needs SLACK_SIGNING_SECRET or SLACK_APP_TOKEN.');
}

function manyOf(
  config: Parameters<typeof slackFrom>[0],
  key: Uint8Array,
  installations: SlackInstallations,
): SlackOptions['workspaces'] {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = config;
  const { KEEL_PUBLIC_URL: address, SLACK_API_ROOT: apiRoot } = config;
  if (clientId === undefined || clientSecret === undefined || address === undefined) {
    throw new ConfigError(
      'Slack for many workspaces needs SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and KEEL_PUBLIC_URL.',
    );
  }
  return {
    clientId,
    clientSecret,
    publicUrl: address.replace(/\/+$/, ''),
    key: createHmac('sha256', key).update('slack oauth state').digest(),
    installations,
    ...(apiRoot === undefined
      ? {}
      : { authorizeUrl: new URL('/oauth/v2/authorize', apiRoot).href }),
  };
}
