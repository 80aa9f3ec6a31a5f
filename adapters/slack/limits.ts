/**
 * What Slack takes, as named data. Sources: docs.slack.dev and the collected limits in
 * ../shared/specs (platform-limits.json, slack/slackblocks/limits.json); characters are counted as
 * UTF-16 units, the strictest reading.
 */
export const limits = {
  /** Source: chat.postMessage, blocks. */
  blocksPerMessage: 50,
  /** Source: views.publish, blocks of a Home tab or modal. */
  blocksPerView: 100,
  /** Words of all blocks together; undocumented, refused from about 11,300 (bolt-js 2509, 2867). */
  charactersPerMessage: 10_000,
  /** Source: table block; a second one is refused with only_one_table_allowed. */
  tablesPerMessage: 1,
  table: { rows: 100, columns: 20 },
  header: 150,
  sectionFields: { count: 10, each: 2_000 },
  actionsPerBlock: 25,
  button: { text: 75, url: 3_000 },
  actionId: 255,
  option: { text: 75, value: 150, description: 75 },
  selectOptions: 100,
  radioOptions: 10,
  selectPlaceholder: 150,
  altText: 2_000,
  view: { title: 24, button: 24, privateMetadata: 3_000 },
  input: { label: 2_000, hint: 2_000, placeholder: 150, text: 3_000 },
  /** Source: chat.postMessage, text: recommended at most 4,000. */
  fallbackText: 4_000,
  /** Source: interactive components guide: an answer's address works five times in 30 minutes. */
  responseUrl: { uses: 5, ms: 30 * 60_000 },
  /** Source: verifying requests: older than five minutes is a replay. */
  signatureAgeSeconds: 300,
  /** Requests a minute by tier. Source: rate_limit_tiers.json; chat.postMessage is one a second a channel. */
  tiers: { tier2: 20, tier3: 50, tier4: 100 },
  shortcuts: 5,
} as const;

/** The tier of each method that Keel calls; those without one have rules of their own. */
export const tierOf: Readonly<Record<string, keyof typeof limits.tiers>> = {
  'chat.update': 'tier3',
  'chat.delete': 'tier3',
  'chat.postEphemeral': 'tier4',
  'conversations.open': 'tier3',
  'files.getUploadURLExternal': 'tier4',
  'files.completeUploadExternal': 'tier4',
  'files.info': 'tier4',
  'files.delete': 'tier3',
  'views.open': 'tier4',
  'views.publish': 'tier4',
};

/** Our own choices, for phones and for safety. */
export const choices = {
  /** One message a second in a channel, and a short burst. */
  channel: { perSecond: 1, burst: 3 },
  /** A burst and its rate together stay below what a tier lets through in the first minute. */
  tierShare: { rate: 0.75, burst: 0.2 },
  /** Room for the blocks of buttons that may follow the words. */
  pieceLength: 2_800,
  /** Words of one table; a longer one is continued in the next message. */
  tableLength: 6_000,
  /** Words of the options of one list; more options stand in the next. */
  listLength: 6_000,
  /** Letters of one width that stand beside each other on a phone without a line being broken. */
  codeWidth: 38,
  /** Letters of ordinary text on a line of a phone. */
  lineLetters: 40,
  /** Letters of a value that are kept on one line with the name of its column. */
  heldLetters: 24,
  /** A longer cell of a table may be broken into lines. */
  cellLetters: 16,
  /** Rows of a table in words that stand apart from each other. */
  airyRows: 12,
  /** A longer label is also said in full in the text: phones cut it on the button. */
  buttonLabel: 40,
  /** Facts with longer values are a list, shorter ones stand beside each other. */
  fieldLetters: 60,
  /** Text of more messages than this comes as one attached file. */
  messagesPerText: 6,
  fileBytes: 1_000_000,
  /** Bytes of one delivery: a modal with a long list in it fits several times. */
  deliveryBytes: 512 * 1024,
  /** Acknowledged after so long at the latest, with or without success. */
  ackMs: 2_500,
  /** A sender waits this long for its turn; what takes longer goes back to the outbox. */
  patienceMs: 3_000,
  longestRetryMs: 3_600_000,
  /** Less than the outbox waits for a delivery. */
  timeoutMs: 8_000,
  /** After so long the outbox may have given a delivery up and ask for it again. */
  longDeliveryMs: 10_000,
  /** How often and how far apart an uploaded picture is asked for. */
  polls: { most: 12, firstMs: 150, longestMs: 1_000 },
  /** An installation must be finished this long after it was begun. */
  stateMs: 10 * 60_000,
} as const;
