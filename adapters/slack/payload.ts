import { z } from 'zod';

/** The parts of Slack's deliveries that Keel reads; everything else passes by. */
const id = z.string().min(1).max(40);
const optionalId = id.nullish();

const fileSchema = z.object({
  id: id,
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().int().nonnegative().optional(),
  url_private: z.string().optional(),
  url_private_download: z.string().optional(),
});

const messageSchema = z.object({
  type: z.enum(['message', 'app_mention']),
  subtype: z.string().optional(),
  user: id.optional(),
  bot_id: z.string().nullish(),
  text: z.string().max(100_000).optional(),
  channel: id,
  channel_type: z.string().optional(),
  ts: z.string().max(40),
  thread_ts: z.string().max(40).optional(),
  user_team: optionalId,
  source_team: optionalId,
  files: z.array(fileSchema).max(100).optional(),
});

const homeSchema = z.object({
  type: z.literal('app_home_opened'),
  user: id,
  tab: z.string().optional(),
  event_ts: z.string().max(40).optional(),
});

const revokedSchema = z.object({
  type: z.literal('tokens_revoked'),
  tokens: z.object({
    oauth: z.array(z.string()).nullish(),
    bot: z.array(z.string()).nullish(),
  }),
});

const uninstalledSchema = z.object({ type: z.literal('app_uninstalled') });

const knownEvent = z.discriminatedUnion('type', [
  messageSchema,
  homeSchema,
  revokedSchema,
  uninstalledSchema,
]);
/** Not one of those above: of a wrong shape they are refused, and not passed by without a word. */
const notKnown = /^(?!(?:message|app_mention|app_home_opened|tokens_revoked|app_uninstalled)$)/;
const otherEvent = z.object({ type: z.string().regex(notKnown) }).transform(({ type }) => ({
  type: 'other' as const,
  name: type.slice(0, 60),
}));

export const eventCallbackSchema = z.object({
  type: z.literal('event_callback'),
  team_id: optionalId,
  enterprise_id: optionalId,
  api_app_id: id,
  event_id: z.string().min(1).max(60).optional(),
  event_time: z.number().int().optional(),
  is_ext_shared_channel: z.boolean().optional(),
  authorizations: z
    .array(
      z.object({
        team_id: optionalId,
        enterprise_id: optionalId,
        is_enterprise_install: z.boolean().optional(),
      }),
    )
    .nullish(),
  event: z.union([knownEvent, otherEvent]),
});

export const commandSchema = z.object({
  command: z.string().max(100),
  text: z.string().max(20_000).default(''),
  team_id: optionalId,
  enterprise_id: optionalId,
  is_enterprise_install: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
  api_app_id: id,
  channel_id: id,
  channel_name: z.string().optional(),
  user_id: id,
  response_url: z.url().max(1_500),
  trigger_id: z.string().min(1).max(150),
});

const teamSchema = z.object({ id, enterprise_id: optionalId }).nullish();
const userSchema = z.object({ id, team_id: optionalId });
const enterpriseSchema = z.object({ id }).nullish();

const interaction = {
  api_app_id: id,
  team: teamSchema,
  enterprise: enterpriseSchema,
  is_enterprise_install: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
  user: userSchema,
  trigger_id: z.string().min(1).max(150),
};

const optionSchema = z.object({ value: z.string().max(200) });

export const actionsSchema = z.object({
  ...interaction,
  type: z.literal('block_actions'),
  container: z.object({
    type: z.string(),
    message_ts: z.string().max(40).optional(),
    channel_id: id.optional(),
    is_ephemeral: z.boolean().optional(),
    thread_ts: z.string().max(40).nullish(),
  }),
  channel: z.object({ id }).nullish(),
  view: z.object({ type: z.string() }).nullish(),
  message: z.object({ thread_ts: z.string().max(40).nullish() }).nullish(),
  response_url: z.url().max(1_500).optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string().max(255),
        action_ts: z.string().max(40).optional(),
        selected_option: optionSchema.nullish(),
      }),
    )
    .min(1)
    .max(25),
});

const stateSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      type: z.string(),
      value: z.string().nullish(),
      selected_option: optionSchema.nullish(),
      files: z.array(fileSchema).max(10).nullish(),
    }),
  ),
);

export const submissionSchema = z.object({
  ...interaction,
  type: z.literal('view_submission'),
  view: z.object({
    id,
    callback_id: z.string(),
    private_metadata: z.string().max(3_000),
    state: z.object({ values: stateSchema }),
    blocks: z.array(z.object({ block_id: z.string(), type: z.string() })).max(100),
  }),
});

export const shortcutSchema = z.object({
  ...interaction,
  type: z.literal('shortcut'),
  callback_id: z.string().max(255),
});

const otherInteraction = z.object({
  ...interaction,
  trigger_id: z.string().optional(),
  type: z.string().regex(/^(?!block_actions$|view_submission$|shortcut$|event_callback$)/),
});

/** Everything that Slack delivers, read once at the door. */
export const deliverySchema = z.union([
  eventCallbackSchema,
  actionsSchema,
  submissionSchema,
  shortcutSchema,
  commandSchema,
  otherInteraction.transform(({ type, ...rest }) => ({
    ...rest,
    type: 'ignored' as const,
    name: type,
  })),
]);

export type Delivery = z.infer<typeof deliverySchema>;
export type EventCallback = z.infer<typeof eventCallbackSchema>;
export type Command = z.infer<typeof commandSchema>;
export type Actions = z.infer<typeof actionsSchema>;
export type Submission = z.infer<typeof submissionSchema>;
export type SlackFile = z.infer<typeof fileSchema>;
