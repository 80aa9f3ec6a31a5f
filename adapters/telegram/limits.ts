/**
 * What Telegram takes, as named data. Sources: Bot API reference (api.json and the notes beside it in
 * ../shared/specs); lengths count UTF-16 units after entities are parsed, the strictest reading.
 */
export const limits = {
  /** Source: sendMessage.text, 1-4096 after entities parsing. */
  textLength: 4096,
  /** Source: sendPhoto.caption, 0-1024 after entities parsing. */
  captionLength: 1024,
  /** Formatting beyond this many entities in one message is not shown. Source: limits.tginfo.me. */
  entities: 100,
  /** Source: InlineKeyboardButton.callback_data, 1-64 bytes. */
  callbackBytes: 64,
  /** Source: limits.tginfo.me; the server cuts what is beyond. */
  buttonsPerMessage: 100,
  buttonsPerRow: 8,
  /** Source: answerCallbackQuery.text, 0-200. */
  callbackAnswer: 200,
  /** Source: setMyCommands and BotCommand: at most 100, names ^[a-z0-9_]{1,32}$, descriptions 1-256. */
  commands: { count: 100, name: /^[a-z0-9_]{1,32}$/, description: 256 },
  /** Source: sendPhoto.photo: 10 MB; sendDocument: 50 MB. */
  photoBytes: 10 * 1024 * 1024,
  documentBytes: 50 * 1024 * 1024,
  /** Source: setWebhook.secret_token. */
  secret: /^[A-Za-z0-9_-]{1,256}$/,
  /** Source: core.telegram.org/bots/features, deep linking. */
  startPayload: /^[A-Za-z0-9_-]{1,64}$/,
  /**
   * Source: core.telegram.org/bots/faq: one message a second in a chat with short bursts allowed, 20
   * a minute in a group, 30 a second in all. A bucket lets its burst and its rate through in the first
   * minute or second, so the two add up to the limit.
   */
  pace: {
    chat: { perSecond: 1, burst: 3 },
    group: { perSecond: 15 / 60, burst: 5 },
    all: { perSecond: 25, burst: 5 },
  },
} as const;

/** Our own choices, for phones and for safety. */
export const choices = {
  /** Monospace characters that fit beside each other on a phone without wrapping. */
  tableWidth: 32,
  /** Letters of ordinary text that fit on a line of a phone: values side by side break before them. */
  lineLetters: 38,
  /** A longer label is also said in full in the text, because the phone cuts it on the button. */
  buttonLabel: 40,
  /** Buttons whose labels are all this short stand beside each other. */
  shortLabel: 15,
  /** Letters that fit in a row of buttons beside each other. */
  rowLetters: 34,
  /** Text of more messages than this comes as one attached file. */
  messagesPerText: 6,
  /** Bytes of a file that a person sends: as the web chat. */
  fileBytes: 1024 * 1024,
  /** Bytes of one update that the webhook takes; files never come inside. */
  updateBytes: 256 * 1024,
  /** A sender waits this long for its turn; what takes longer goes back to the outbox. */
  patienceMs: 3_000,
  /** retry_after is honoured up to this. */
  longestRetryMs: 3_600_000,
  /** Seconds a request may take; less than the outbox waits for a delivery. */
  timeoutSeconds: 10,
  /** After so long the outbox may have given a delivery up and ask for it again. */
  longDeliveryMs: 10_000,
  /** Seconds a poll stays open without an update. */
  pollSeconds: 25,
  /** After another poller or a fault, before polling is tried again. */
  pollPauseMs: 15_000,
} as const;
