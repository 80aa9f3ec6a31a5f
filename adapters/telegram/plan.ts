import type { Part } from './render.ts';

/** What has to be done so that a reply stands in the chat. */
export type Step =
  | { readonly do: 'send'; readonly part: Part }
  /** In place; text may become a picture, a picture never text. */
  | { readonly do: 'edit'; readonly message: number; readonly part: Part }
  | { readonly do: 'remove'; readonly message: number };

const marks = { text: 't', photo: 'p', document: 'd' } as const;

/** The id under which a message is remembered: its kind decides how it can be edited. */
export function messageKey(kind: Part['kind'], message: number): string {
  return `${marks[kind]}${message}`;
}

/** Edits what stands, sends what is new, removes what is left over. */
export function plan(parts: readonly Part[], previous: readonly string[] | null): readonly Step[] {
  const standing = (previous ?? []).flatMap((id) => {
    const match = /^([tpd])(\d+)$/.exec(id);
    return match === null ? [] : [{ media: match[1] !== 't', message: Number(match[2]) }];
  });
  const changed = parts.findIndex(
    (part, at) => standing[at] === undefined || (standing[at].media && part.kind === 'text'),
  );
  // From the first that cannot be edited on, all are sent anew, so that their order stays.
  const edited = changed === -1 ? parts.length : changed;
  return [
    ...parts
      .slice(0, edited)
      .map((part, at): Step => ({ do: 'edit', message: standing[at].message, part })),
    ...parts.slice(edited).map((part): Step => ({ do: 'send', part })),
    ...standing.slice(edited).map(({ message }): Step => ({ do: 'remove', message })),
  ];
}
