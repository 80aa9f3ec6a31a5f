import { z } from 'zod';

const root = (whose: string) =>
  z
    .url({ protocol: /^https?$/, error: `write the address of ${whose}` })
    .transform((address) => address.replace(/\/+$/, ''));

/** The settings of the chat platforms: each is on when its token is there. */
export const chatSettings = {
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[A-Za-z0-9_-]{20,}$/, 'copy the token that @BotFather shows, digits:letters')
    .optional(),
  TELEGRAM_WEBHOOK_URL: z
    .url({
      protocol: /^https?$/,
      error:
        'write the public https address of this Keel and a path, for example https://keel.example.org/telegram',
    })
    .refine(
      (url) => new URL(url).pathname !== '/',
      'add a path of its own, for example https://keel.example.org/telegram: the web chat is at /',
    )
    .optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/, 'write 16 to 256 letters, digits, _ or -')
    .optional(),
  TELEGRAM_API_ROOT: root('your own Bot API server').optional(),
  DISCORD_BOT_TOKEN: z
    .string()
    .regex(
      /^[\w-]{10,}\.[\w-]{4,}\.[\w-]{10,}$/,
      'copy the token from the Bot page of your application',
    )
    .optional(),
  DISCORD_PUBLIC_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'copy the public key from General Information, 64 hex digits')
    .optional(),
  DISCORD_INTERACTIONS_PATH: z
    .string()
    .regex(/^\/[\w/-]+$/, 'write a path of its own, for example /discord/interactions')
    .default('/discord/interactions'),
  DISCORD_SHARDS: z
    .string()
    .regex(/^(auto|[1-9]\d{0,2})$/, 'write auto, or how many shards, for example 2')
    .transform((count) => (count === 'auto' ? count : Number(count)))
    .optional(),
  DISCORD_API_ROOT: root('your own Discord API, without /v10').optional(),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-[\w-]{10,}$/, 'copy the bot token, it begins with xoxb-')
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-[\w-]{10,}$/, 'copy the app-level token, it begins with xapp-')
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^[0-9a-f]{32}$/i, 'copy the signing secret from Basic Information, 32 hex digits')
    .optional(),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^\d+\.\d+$/, 'copy the client id from Basic Information, digits.digits')
    .optional(),
  SLACK_CLIENT_SECRET: z
    .string()
    .regex(/^[0-9a-f]{32}$/i, 'copy the client secret from Basic Information, 32 hex digits')
    .optional(),
  SLACK_API_ROOT: root('your own Slack API, with /api').optional(),
};

type Chats = Readonly<z.infer<z.ZodObject<typeof chatSettings>>> & {
  readonly KEEL_PUBLIC_URL?: string | undefined;
};

/** What is missing beside a setting that is there, in a sentence; null when all fit. */
export function chatsTogether(config: Chats): string | null {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: socket, SLACK_SIGNING_SECRET: signing } = config;
  const { SLACK_CLIENT_ID: client, SLACK_CLIENT_SECRET: secret, KEEL_PUBLIC_URL: address } = config;
  if ((client === undefined) !== (secret === undefined)) {
    return 'SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together: set both, or neither.';
  }
  if (client !== undefined && bot !== undefined) {
    return 'SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for many: leave one of them out.';
  }
  if (client !== undefined && address === undefined) {
    return 'SLACK_CLIENT_ID needs KEEL_PUBLIC_URL, where people come back to after installing.';
  }
  if ((bot ?? client) !== undefined && socket === undefined && signing === undefined) {
    return 'Slack needs SLACK_SIGNING_SECRET (requests over HTTP) or SLACK_APP_TOKEN (Socket Mode).';
  }
  if (bot === undefined && client === undefined && (socket ?? signing) !== undefined) {
    return 'Slack needs SLACK_BOT_TOKEN (one workspace) or SLACK_CLIENT_ID (many).';
  }
  if (config.DISCORD_PUBLIC_KEY !== undefined && config.DISCORD_BOT_TOKEN === undefined) {
    return 'DISCORD_PUBLIC_KEY needs DISCORD_BOT_TOKEN beside it.';
  }
  return null;
}
