import type { Part } from './render.ts';

/** A message that stands in Slack, under the id that the outbox keeps. */
export type Standing =
  | { readonly kind: 'message'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'file'; readonly channel: string; readonly file: string }
  /** For one person's eyes: it can be changed only by who presses its buttons. */
  | {
      readonly kind: 'whisper';
      readonly channel: string;
      /** Empty when it was sent by an address: nobody is told its id then. */
      readonly ts: string;
      /** Stands for that address. */
      readonly by?: string;
    }
  | { readonly kind: 'home' };

/** What has to be done so that a reply stands in a channel or direct chat. */
export type Step =
  | { readonly do: 'send'; readonly part: Part }
  | { readonly do: 'edit'; readonly ts: string; readonly part: Extract<Part, { kind: 'message' }> }
  | { readonly do: 'remove'; readonly standing: Standing };

const marks = { message: 'm', file: 'f', whisper: 'w' } as const;

export function standingId(standing: Standing): string {
  if (standing.kind === 'home') return 'home';
  const id = standing.kind === 'file' ? standing.file : standing.ts;
  const by = standing.kind === 'whisper' && standing.by !== undefined ? `:${standing.by}` : '';
  return `${marks[standing.kind]}:${standing.channel}:${id}${by}`;
}

export function readStanding(ids: readonly string[]): Standing[] {
  return ids.flatMap((text): Standing[] => {
    const [mark, channel = '', id = '', by] = text.split(':');
    if (mark === 'm') return [{ kind: 'message', channel, ts: id }];
    if (mark === 'f') return [{ kind: 'file', channel, file: id }];
    if (mark === 'w') {
      return [{ kind: 'whisper', channel, ts: id, ...(by === undefined ? {} : { by }) }];
    }
    return mark === 'home' ? [{ kind: 'home' }] : [];
  });
}

/**
 * Edits what stands in the channel, sends what is new, removes what is left over. A message becomes
 * any other by an edit; a file never does.
 */
export function plan(
  parts: readonly Part[],
  channel: string,
  previous: readonly Standing[],
): readonly Step[] {
  const here = previous.filter((one) => one.kind !== 'home' && one.channel === channel);
  const changed = parts.findIndex(
    (part, at) => part.kind !== 'message' || here[at]?.kind !== 'message',
  );
  // From the first that cannot be edited on, all are sent anew, so that their order stays.
  const edited = changed === -1 ? parts.length : changed;
  const edits = parts.slice(0, edited).flatMap((part, at): Step[] => {
    const standing = here[at];
    if (part.kind !== 'message' || standing.kind !== 'message') return [];
    return [{ do: 'edit', ts: standing.ts, part }];
  });
  return [
    ...edits,
    ...parts.slice(edited).map((part): Step => ({ do: 'send', part })),
    ...here
      .slice(edited)
      .filter(({ kind }) => kind !== 'whisper')
      .map((standing): Step => ({ do: 'remove', standing })),
  ];
}
