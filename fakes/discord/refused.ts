/** One thing wrong with a request, as Discord words it. */
export interface Flaw {
  /** Dotted: components.0.label; empty for the whole. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** The server's no. A mistake is the bot's own fault and is kept as a violation. */
export class Refused extends Error {
  readonly status: number;
  readonly code: number;
  readonly mistake: boolean;
  readonly flaws: readonly Flaw[];
  constructor(
    status: number,
    code: number,
    message: string,
    options: { readonly mistake?: boolean; readonly flaws?: readonly Flaw[] } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.mistake = options.mistake ?? false;
    this.flaws = options.flaws ?? [];
  }

  /** The body Discord answers with. */
  body(): Readonly<Record<string, unknown>> {
    const plain = { message: this.message, code: this.code };
    return this.flaws.length === 0 ? plain : { ...plain, errors: nested(this.flaws) };
  }
}

/** 50035 with the flaws at their places. */
export function invalidForm(flaws: readonly Flaw[]): Refused {
  return new Refused(400, 50035, 'Invalid Form Body', { mistake: true, flaws });
}

/** A no that the bot brought on itself. */
export function mistaken(status: number, code: number, message: string): Refused {
  return new Refused(status, code, message, { mistake: true });
}

export function flaw(path: string, message: string, code = 'BASE_TYPE_BAD_VALUE'): Flaw {
  return { path, code, message };
}

interface Nested {
  [key: string]: Nested | { readonly code: string; readonly message: string }[];
}

function nested(flaws: readonly Flaw[]): Nested {
  const root: Nested = {};
  for (const { path, code, message } of flaws) {
    let at = root;
    for (const step of path.split('.').filter((one) => one !== '')) {
      at[step] ??= {};
      at = at[step] as Nested;
    }
    at._errors ??= [];
    (at._errors as { code: string; message: string }[]).push({ code, message });
  }
  return root;
}
