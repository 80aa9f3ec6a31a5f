import type { Component } from './components.ts';

/** Flags of a message. */
export const flags = { ephemeral: 64, loading: 128, silent: 4096, components: 32_768 } as const;

/** Files that came with a request, by their field: files[0]. */
export type Uploads = ReadonlyMap<
  string,
  { readonly name: string; readonly bytes: Uint8Array; readonly type: string }
>;

/** A message in a request, after the schema has looked at it. */
export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly Readonly<Record<string, unknown>>[] | null;
  readonly components?: readonly Component[] | null;
  readonly attachments?:
    | readonly { readonly id: string; readonly filename?: string; readonly description?: string }[]
    | null;
  readonly flags?: number | null;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
  readonly poll?: unknown;
  readonly sticker_ids?: readonly string[] | null;
  readonly message_reference?: { readonly message_id?: string } | null;
  readonly allowed_mentions?: {
    readonly parse?: readonly string[] | null;
    readonly users?: readonly string[] | null;
    readonly roles?: readonly string[] | null;
  } | null;
}
