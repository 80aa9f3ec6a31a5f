/**
 * What Discord takes, as named data. Sources: platform-limits.json and the official openapi.json in
 * ../shared/specs; lengths count UTF-16 units of what is sent, the strictest reading.
 */
export const limits = {
  /** Source: components_v2.max_components: every component counts, also those inside others. */
  components: 40,
  /** Source: components_v2.text_total: all text displays of a message together. */
  textTotal: 4_000,
  /** Source: custom_id, unique in a message. */
  customId: 100,
  /** Source: button_label, buttons_per_row; openapi ButtonComponentForMessageRequest.url. */
  buttonLabel: 80,
  buttonsPerRow: 5,
  buttonUrl: 512,
  /** Source: select_options; openapi StringSelectOptionForRequest. */
  options: 25,
  optionLabel: 100,
  optionNote: 100,
  optionValue: 100,
  placeholder: 150,
  /** Source: openapi MediaGalleryItemRequest.description. */
  mediaDescription: 1_024,
  /** Source: message.attachments, maxItems. */
  attachments: 10,
  /** Source: attachment.per_file_mib. */
  fileBytes: 10 * 1024 * 1024,
  /** Source: modal: components_max, title, label, text_input, radio_options. */
  modal: {
    fields: 5,
    title: 45,
    label: 45,
    description: 100,
    placeholder: 100,
    text: 4_000,
    radio: { least: 2, most: 10 },
  },
  /** Source: interaction. */
  ticketMs: 15 * 60_000,
  choices: 25,
  choiceLength: 100,
  /** Source: commands. */
  commands: {
    name: /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u,
    description: 100,
    count: 100,
  },
  /** Source: nonce. */
  nonce: 25,
  /** Source: rate.invalid_requests_per_10min; more and Discord bans the address for a while. */
  invalidRequests: { count: 10_000, windowMs: 10 * 60_000 },
} as const;

/** Our own choices, for phones and for safety. */
export const choices = {
  /** Letters of one width that fit beside each other on a phone without wrapping. */
  tableWidth: 32,
  /** Letters of ordinary text that fit on a line of a phone: values side by side break before them. */
  lineLetters: 38,
  /** Letters of a value that are kept on one line with the name of its column. */
  heldLetters: 24,
  /** Letters of a button whose words stand beside it: they need the room. */
  besideLabel: 20,
  /** Longest run of text that is put into one line of markdown. */
  lineLength: 1_900,
  /** A reply of more messages than this has its text attached as a file. */
  messages: 8,
  /** Bytes of the files of one message, less what its charts need. */
  messageBytes: 20 * 1024 * 1024,
  /** Bytes of a file that a person sends: as the web chat. */
  fileBytes: 1024 * 1024,
  /** Bytes of one interaction over HTTP; files never come inside. */
  interactionBytes: 256 * 1024,
  /** How long an acknowledgement waits for the store; then it is given and the store goes on. */
  storeMs: 1_500,
  /** By HTTP, how long the real answer lets the acknowledgement go ahead. */
  headStartMs: 50,
  /** How far the time of a signed request may be off. */
  signedMs: 5 * 60_000,
  /** A ticket is taken for dead this long before Discord's time is up. */
  ticketMarginMs: 20_000,
  /** Discord's own queue waits so long for a rate limit; what takes longer goes back to the outbox. */
  patienceMs: 2_000,
  /** retry_after is honoured up to this. */
  longestRetryMs: 3_600_000,
  /** Milliseconds a request may take; less than the outbox waits for a delivery. */
  timeoutMs: 9_000,
  /** After so long the outbox may have given a delivery up and ask for it again. */
  longDeliveryMs: 10_000,
  /** Invalid requests after which nothing is sent, and after which nothing is even acknowledged. */
  invalidPause: 5_000,
  invalidStop: 9_000,
  /** Entries that are remembered of anything at most. */
  remembered: 10_000,
  /** What was typed into a form with mistakes is kept so long, for so many people. */
  typedMs: 60 * 60_000,
  typedForms: 1_000,
  /** After Discord could not be reached, before it is tried again. */
  startPauseMs: 15_000,
  /** How long stopping waits for shards that are still beginning, and for them to end. */
  stopMs: 5_000,
} as const;
