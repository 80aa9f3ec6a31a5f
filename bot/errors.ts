/** What an outside system did to us. "Said no" is kept apart from "could not be reached". */
export type PortErrorCode =
  | 'refused'
  /** An order id that was used before: the order exists, fetch it. */
  | 'duplicate'
  | 'unreachable'
  | 'timeout'
  | 'rate-limited'
  | 'gone'
  | 'bad-answer'
  | 'damaged'
  | 'locked';

export class PortError extends Error {
  override readonly name = 'PortError';
  readonly code: PortErrorCode;
  readonly port: string;
  readonly retryAfterMs: number | undefined;

  constructor(
    port: string,
    code: PortErrorCode,
    message: string,
    options: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.port = port;
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Something the handler read has changed before it could commit; the handler runs again. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** Something expected, said to the person as a reply: no portfolio yet, button expired. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
