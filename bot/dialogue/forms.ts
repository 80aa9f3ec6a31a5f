import type { z } from 'zod';

/** A field of a form, within what Discord modals and Slack views can show. */
export type Field =
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly label: string;
      readonly hint?: string;
      readonly placeholder?: string;
      readonly optional?: boolean;
      readonly multiline?: boolean;
      readonly maxLength: number;
    }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly hint?: string;
      readonly optional?: boolean;
      readonly options: readonly { readonly label: string; readonly value: string }[];
    }
  | {
      /** Its value is the file's name; the content travels in the event's `files`. */
      readonly kind: 'file';
      readonly name: string;
      readonly label: string;
      readonly hint?: string;
      readonly optional?: boolean;
      /** Endings with the dot, e.g. ".csv". */
      readonly accept: readonly string[];
      readonly maxBytes: number;
    };

/**
 * A form is pure data plus a pure check, because platforms want it opened and its fields validated
 * inside the first response. At most five fields (Discord's modals), labels up to 45 characters.
 */
export interface Form {
  readonly title: string;
  readonly submit: string;
  /** An example of the same in one message, for platforms that cannot show a form. */
  readonly spoken: string;
  readonly fields: readonly Field[];
  readonly schema: z.ZodType<Readonly<Record<string, string>>>;
}

export type FormName = 'goal' | 'holdings' | 'limit' | 'view' | 'capacity' | 'willingness';

/** Field errors by field name; empty when the values are good. */
export type FieldErrors = Readonly<Record<string, string>>;
