/** A message of ours that stands somewhere, and how it can be reached again. */
export type Standing =
  /** In a channel; the bot can always edit it. */
  | { readonly kind: 'open'; readonly channel: string; readonly message: string }
  /** Seen by one person; only the token that made it can edit it, as long as it lives. */
  | {
      readonly kind: 'hidden';
      readonly message: string;
      readonly token: string;
      readonly until: number;
    };

/** The id under which a message is remembered. Hidden ones carry their token: it dies in minutes. */
export function standingId(standing: Standing): string {
  return standing.kind === 'open'
    ? `m/${standing.channel}/${standing.message}`
    : `e/${standing.message}/${standing.until}/${standing.token}`;
}

export function readStanding(id: string): Standing | null {
  const open = /^m\/([\w-]+)\/([\w-]+)$/.exec(id);
  if (open !== null) return { kind: 'open', channel: open[1], message: open[2] };
  const hidden = /^e\/([\w-]+)\/(\d+)\/([\w.~+=-]+)$/.exec(id);
  if (hidden === null) return null;
  const [, message, until, token] = hidden;
  return { kind: 'hidden', message, token, until: Number(until) };
}
