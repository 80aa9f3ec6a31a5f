import { limits } from './limits.ts';

/** What a component means, read back from its custom id: it carries a token and nothing else. */
export type Meant = { readonly kind: 'act'; readonly token: string } | FormPress;

/** Opens a form; `again` when what was typed before had mistakes. */
export interface FormPress {
  readonly kind: 'form';
  readonly form: string;
  readonly token: string;
  readonly again: boolean;
}

/** @throws when it does not fit: tokens are 36 characters */
export function actId(token: string, nth = 0): string {
  // Options of a long list stand in several menus, which need names of their own.
  return fitting(nth === 0 ? token : `s${nth}:${token}`);
}

export function formId({ form, token, again }: Omit<FormPress, 'kind'>): string {
  return fitting(`${again ? 'r' : 'f'}:${form}:${token}`);
}

export function readCustomId(id: string): Meant {
  const form = /^([fr]):([\w-]+):(.+)$/s.exec(id);
  if (form !== null) {
    return { kind: 'form', form: form[2], token: form[3], again: form[1] === 'r' };
  }
  return { kind: 'act', token: id.replace(/^s\d+:/, '') };
}

const numbered = /^~\d+~/;

/** An option's value, unique in its menu: a second one of the same name carries its number. */
export function optionValue(value: string, nth: number, taken: ReadonlySet<string>): string {
  const plain = !taken.has(value) && !numbered.test(value);
  const made = plain ? value : `~${nth}~${value}`;
  if (made.length <= limits.optionValue && made !== '') return made;
  throw new Error(`An option's value has 1 to ${limits.optionValue} characters.`);
}

export function readOptionValue(value: string): string {
  return value.replace(numbered, '');
}

function fitting(id: string): string {
  if (id.length <= limits.customId) return id;
  throw new Error(`A custom id holds ${limits.customId} characters; this token has more.`);
}
