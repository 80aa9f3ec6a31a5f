/** A message as the log keeps it. */
export interface LoggedMessage {
  /** Rises with every change within a conversation: a reader that has seen it has seen all before. */
  readonly cursor: number;
  /** The first cursor of the message: where it stands, kept when it is replaced. */
  readonly position: number;
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** JSON; parsed by operation.ts when it is read. */
  readonly operation: unknown;
}

export interface LogEntry {
  readonly key: string;
  readonly at: number;
  readonly operation: unknown;
  /** Earlier keys and the position whose message this one replaces in place; its own key always. */
  readonly replaces: { readonly keys: readonly string[]; readonly position: number | null };
}

/** The durable record of what the web page shows, so that a reload or another device shows the same. */
export interface WebLog {
  /**
   * Appends, or replaces in place what stands under the entry's key, replaced keys or position. The
   * same operation again changes nothing and returns what is there. Cursors of one conversation
   * become visible in order.
   */
  put(conversation: string, entry: LogEntry): Promise<LoggedMessage>;
  /** Messages that stand, changed after a cursor, oldest change first. */
  after(conversation: string, cursor: number, limit: number): Promise<readonly LoggedMessage[]>;
  /** The last messages that stand before a position (null: the newest), in order of position. */
  page(
    conversation: string,
    before: number | null,
    limit: number,
  ): Promise<readonly LoggedMessage[]>;
  /** The message that stands at a position. */
  at(conversation: string, position: number): Promise<LoggedMessage | null>;
}
