/** What the web chat takes and shows, as named data read by parse, routes and the page. */
export const limits = {
  /** Characters in one typed message. */
  textLength: 8_000,
  /** Bytes of a JSON request: 8,000 characters, each at most six bytes when escaped, and some room. */
  jsonBytes: 64 * 1024,
  /** Bytes of an uploaded file. */
  fileBytes: 1024 * 1024,
  fileNameLength: 255,
  captionLength: 1_000,
  /** As the forms contract: five fields; a little room for a newer form. */
  formFields: 10,
  formValueLength: 4_000,
  tokenLength: 200,
  selectValueLength: 100,
  /** Messages in one page of history. */
  historyPage: 100,
  /** Messages read at a time for an open event stream. */
  streamPage: 50,
  /** Open event streams of one conversation: one per visible tab or device. */
  streamsPerConversation: 12,
  /** A quiet stream says that it is alive, and looks for what another process has written. */
  heartbeatMs: 15_000,
  /** Days after its last use that a session ends. */
  sessionDays: 180,
  /** Days after which a session in use is written anew. */
  sessionRenewDays: 1,
} as const;
