import type { Part } from './render.ts';
import type { Standing } from './standing.ts';

/** What has to be done so that a reply stands in the chat. */
export type Step =
  | { readonly do: 'send'; readonly part: Part }
  | { readonly do: 'edit'; readonly standing: Standing; readonly part: Part }
  | { readonly do: 'remove'; readonly standing: Standing };

/**
 * Edits what stands and can be edited, sends what is new, removes what is left over. From the first
 * that cannot be edited on, all are sent anew, so that their order stays.
 */
export function plan(
  parts: readonly Part[],
  standing: readonly Standing[],
  editable: (standing: Standing) => boolean,
): readonly Step[] {
  const first = parts.findIndex((_, at) => standing[at] === undefined || !editable(standing[at]));
  const edited = first === -1 ? parts.length : first;
  return [
    ...parts
      .slice(0, edited)
      .map((part, at): Step => ({ do: 'edit', standing: standing[at], part })),
    ...parts.slice(edited).map((part): Step => ({ do: 'send', part })),
    ...standing.slice(edited).map((each): Step => ({ do: 'remove', standing: each })),
  ];
}
