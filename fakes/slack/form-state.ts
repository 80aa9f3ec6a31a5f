import { eachObject } from './structure-rules.ts';
import type { Block, Json } from './world.ts';

/** A file that somebody picks. */
export interface PickedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a person may put into an input: words, the label of an option, several, or a file. */
export type Filling = string | readonly string[] | PickedFile;

export const isFile = (filling: Filling): filling is PickedFile =>
  typeof filling === 'object' && !Array.isArray(filling);

export type Values = Record<string, Record<string, Json>>;

/** An element in a block that keeps a state. */
export interface Field {
  readonly block: Block;
  readonly element: Json & { readonly type: string; readonly action_id: string };
}

const stateful =
  /^(plain_text_input|number_input|email_text_input|url_text_input|rich_text_input|datepicker|timepicker|datetimepicker|radio_buttons|checkboxes|file_input|(multi_)?(static|external|users|conversations|channels)_select)$/;

export function fieldsOf(blocks: readonly Block[]): Field[] {
  return blocks.flatMap((block) => {
    const found: Field[] = [];
    eachObject(block, '', (object) => {
      if (typeof object.action_id === 'string') {
        found.push({ block, element: object as Field['element'] });
      }
    });
    return found;
  });
}

/** The state that Slack reports for what stands there, before anybody touched it. */
export function initialValues(blocks: readonly Block[]): Values {
  const values: Values = {};
  for (const { block, element } of fieldsOf(blocks)) {
    if (!stateful.test(element.type)) continue;
    const inBlock = values[block.block_id] ?? {};
    values[block.block_id] = { ...inBlock, [element.action_id]: initial(element) };
  }
  return values;
}

function initial(element: Field['element']): Json {
  const { type } = element;
  if (type === 'checkboxes' || /^multi_(static|external)/.test(type)) {
    return { type, selected_options: element.initial_options ?? [] };
  }
  if (/(static|external)_select|radio_buttons/.test(type)) {
    return { type, selected_option: element.initial_option ?? null };
  }
  if (type === 'datepicker') return { type, selected_date: element.initial_date ?? null };
  if (type === 'timepicker') return { type, selected_time: element.initial_time ?? null };
  if (type === 'users_select') return { type, selected_user: element.initial_user ?? null };
  if (type === 'file_input') return { type, files: [] };
  return { type, value: element.initial_value ?? null };
}

export function optionsOf(element: Json): Json[] {
  const groups = (element.option_groups ?? []) as { readonly options: Json[] }[];
  return [...((element.options ?? []) as Json[]), ...groups.flatMap(({ options }) => options)];
}

export const labelOf = (option: Json): string => String((option.text as Json).text);

function optionNamed(options: readonly Json[], label: string): Json {
  const found = options.find((option) => labelOf(option) === label);
  if (found !== undefined) return found;
  throw new Error(`There is no option "${label}"; there are: ${options.map(labelOf).join(', ')}`);
}

/** The state of an element once a person has filled it in. */
export function filledValue(
  element: Field['element'],
  filling: Filling,
  offered: readonly Json[] = optionsOf(element),
): Json {
  const { type } = element;
  const many = Array.isArray(filling) ? (filling as readonly string[]) : [String(filling)];
  if (type === 'checkboxes' || /^multi_(static|external)/.test(type)) {
    return { type, selected_options: many.map((label) => optionNamed(offered, label)) };
  }
  if (/(static|external)_select|radio_buttons|overflow/.test(type)) {
    return { type, selected_option: optionNamed(offered, many[0]) };
  }
  if (type === 'datepicker') return { type, selected_date: many[0] };
  if (type === 'timepicker') return { type, selected_time: many[0] };
  if (type === 'users_select') return { type, selected_user: many[0] };
  return { type, value: many[0] === '' ? null : many[0] };
}

/** What Slack itself says below an input instead of sending the form; null when it is fine. */
export function complaint(field: Field, value: Json): string | null {
  const { block, element } = field;
  const given =
    value.value ??
    value.selected_option ??
    value.selected_date ??
    value.selected_time ??
    value.selected_user;
  const list = (value.selected_options ?? value.files) as unknown[] | undefined;
  const kinds = (element.filetypes ?? []) as readonly string[];
  for (const file of (value.files ?? []) as readonly { readonly name: string }[]) {
    const kind = file.name.split('.').at(-1)?.toLowerCase() ?? '';
    if (kinds.length > 0 && !kinds.includes(kind)) return 'Please upload a valid file type.';
  }
  const empty = list === undefined ? given === null || given === undefined : list.length === 0;
  if (empty) return block.optional === true ? null : 'Please complete this required field.';
  if (typeof given !== 'string') return null;
  const size = [...given].length;
  const most = Number(element.max_length ?? 3_000);
  const least = Number(element.min_length ?? 0);
  if (size > most) return `Please shorten this to ${most} characters or fewer.`;
  if (size < least) return `Please lengthen this to ${least} characters or more.`;
  if (element.type === 'number_input') {
    const whole = element.is_decimal_allowed !== true;
    if (!(whole ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(given)) return 'Please enter a valid number.';
    if (Number(given) < Number(element.min_value ?? -Infinity))
      return 'Please enter a larger number.';
    if (Number(given) > Number(element.max_value ?? Infinity))
      return 'Please enter a smaller number.';
  }
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(given)) {
    return 'Please enter a valid email.';
  }
  if (element.type === 'url_text_input' && URL.parse(given) === null) {
    return 'Please enter a valid URL.';
  }
  if (element.type === 'datepicker' && !/^\d{4}-\d{2}-\d{2}$/.test(given)) {
    return 'Please enter a valid date.';
  }
  return null;
}
