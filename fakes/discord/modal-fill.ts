import { type Component, kinds } from './components.ts';
import { wireAttachment } from './wire.ts';
import type { FakeAttachment, FakeModal, World } from './world.ts';

export interface PickedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What somebody puts into a field: words, the label of a choice, several, a tick, files. */
export type Filled = string | readonly string[] | boolean | readonly PickedFile[];

/** Why Discord's own form would not let somebody submit. */
export class NotSubmitted extends Error {}

interface Field {
  readonly label: string;
  readonly input: Component;
  readonly wrapper: Component;
}

/** The fields of a modal by the words beside them. */
export function fieldsOf(modal: FakeModal): Field[] {
  return modal.components.flatMap((wrapper): Field[] => {
    if (wrapper.type === kinds.label && wrapper.component) {
      return [{ label: wrapper.label ?? '', input: wrapper.component, wrapper }];
    }
    const [input] = wrapper.components ?? [];
    return input === undefined ? [] : [{ label: input.label ?? '', input, wrapper }];
  });
}

/**
 * What the client sends when a modal is submitted.
 *
 * @param values by label or custom id; what is absent keeps what the modal came with
 * @throws {NotSubmitted} when the client's own checks would keep the form open
 */
export function submission(
  world: World,
  modal: FakeModal,
  values: Readonly<Record<string, Filled>>,
): Readonly<Record<string, unknown>> {
  const fields = fieldsOf(modal);
  for (const name of Object.keys(values)) {
    if (fields.some(({ label, input }) => label === name || input.custom_id === name)) continue;
    const there = fields.map(({ label }) => label).join(', ');
    throw new NotSubmitted(`The form has no "${name}"; it has: ${there}`);
  }
  const files: FakeAttachment[] = [];
  let number = 0;
  const components = modal.components.map((wrapper) => {
    number += 1;
    const own = { type: wrapper.type, id: wrapper.id || number };
    const field = fields.find((one) => one.wrapper === wrapper);
    if (field === undefined) return own;
    number += 1;
    const { input, label } = field;
    const given = values[label] ?? values[input.custom_id ?? ''];
    const answer = answerTo(world, field, given, files);
    const filled = {
      type: input.type,
      id: input.id || number,
      custom_id: input.custom_id,
      ...answer,
    };
    return wrapper.type === kinds.label
      ? { ...own, component: filled }
      : { ...own, components: [filled] };
  });
  const attachments = Object.fromEntries(files.map((file) => [file.id, wireAttachment(file)]));
  return {
    custom_id: modal.custom_id,
    components,
    ...(files.length === 0 ? {} : { resolved: { attachments } }),
  };
}

function answerTo(
  world: World,
  { label, input }: Field,
  given: Filled | undefined,
  files: FakeAttachment[],
): Readonly<Record<string, unknown>> {
  switch (input.type) {
    case kinds.textInput:
      return { value: text(label, input, given) };
    case kinds.radio: {
      const [value] = chosen(label, input, given, 1);
      return { value: value ?? null };
    }
    case kinds.select:
      return { values: chosen(label, input, given, input.max_values ?? 1) };
    case kinds.checkboxes:
      return { values: chosen(label, input, given, input.max_values ?? input.options!.length) };
    case kinds.checkbox:
      return { value: given === undefined ? (input.default ?? false) : given === true };
    case kinds.upload: {
      const picked = (given ?? []) as readonly PickedFile[];
      counted(label, input, picked.length, input.max_values ?? 1);
      const kept = picked.map((file) => world.keep({ ...file, ephemeral: true }));
      files.push(...kept);
      return { values: kept.map(({ id }) => id) };
    }
    default:
      throw new NotSubmitted(`"${label}" has the type ${input.type}, which nobody here fills in`);
  }
}

function text(label: string, input: Component, given: Filled | undefined): string {
  const value = given === undefined ? (input.value ?? '') : String(given);
  if (value === '' && input.required !== false) {
    throw new NotSubmitted(`"${label}": This is required.`);
  }
  const most = input.max_length ?? 4_000;
  if (value.length > most) throw new NotSubmitted(`"${label}" is longer than ${most}`);
  if (value !== '' && value.length < (input.min_length ?? 0)) {
    throw new NotSubmitted(`"${label}" is shorter than ${input.min_length}`);
  }
  return input.style === 1 ? value.replaceAll('\n', ' ') : value;
}

/** The values of the options that somebody names by label or value. */
function chosen(
  label: string,
  input: Component,
  given: Filled | undefined,
  most: number,
): readonly string[] {
  const options = input.options ?? [];
  const names =
    given === undefined
      ? options.filter((option) => option.default).map((option) => option.label)
      : ([given].flat() as readonly string[]);
  const values = names.map((name) => {
    const option =
      options.find((one) => one.label === name) ??
      options.find((one) => one.value === name) ??
      options.find((one) => one.label.endsWith('…') && name.startsWith(one.label.slice(0, -1)));
    if (option !== undefined) return option.value;
    const there = options.map((one) => one.label).join(', ');
    throw new NotSubmitted(`"${label}" offers no "${name}"; it offers: ${there}`);
  });
  counted(label, input, values.length, most);
  return values;
}

function counted(label: string, input: Component, count: number, most: number): void {
  const required = input.required !== false;
  const least = input.min_values ?? 1;
  if (count === 0 && required && least > 0) throw new NotSubmitted(`"${label}": This is required.`);
  if (count > 0 && count < least) throw new NotSubmitted(`"${label}" needs at least ${least}`);
  if (count > most) throw new NotSubmitted(`"${label}" takes at most ${most}`);
}
