import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { Field, Form } from '../../bot/dialogue/forms.ts';
import { type FormPress, formId } from './custom-id.ts';
import { limits } from './limits.ts';
import { oneLine } from './words.ts';

const most = limits.modal;

/**
 * A form as Discord shows it, filled with what is known; it carries what its button carried.
 *
 * @throws when the form has more fields than Discord shows
 */
export function modalOf(
  form: Form,
  press: Omit<FormPress, 'kind'>,
  values: Readonly<Record<string, string>>,
): APIModalInteractionResponseCallbackData {
  if (form.fields.length > most.fields) {
    throw new Error(`A form of Discord has at most ${most.fields} fields.`);
  }
  return {
    custom_id: formId(press),
    title: cut(form.title, most.title),
    components: form.fields.map((field) => labelled(field, values[field.name] ?? '')),
  };
}

function labelled(field: Field, value: string): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: cut(field.label, most.label),
    ...(field.hint ? { description: cut(field.hint, most.description) } : {}),
    component: input(field, value),
  };
}

function input(field: Field, value: string): APIComponentInLabel {
  const common = { custom_id: field.name, required: !field.optional };
  switch (field.kind) {
    case 'text': {
      const longest = Math.min(field.maxLength, most.text);
      const known = value.slice(0, longest).toWellFormed();
      return {
        ...common,
        type: ComponentType.TextInput,
        style: field.multiline ? TextInputStyle.Paragraph : TextInputStyle.Short,
        max_length: longest,
        ...(field.placeholder ? { placeholder: cut(field.placeholder, most.placeholder) } : {}),
        ...(known === '' ? {} : { value: known }),
      };
    }
    case 'choice': {
      const options = field.options.map((option) => ({
        label: cut(option.label, limits.optionLabel),
        value: option.value,
        ...(option.value === value ? { default: true } : {}),
      }));
      const { least, most: many } = most.radio;
      return options.length >= least && options.length <= many
        ? { ...common, type: ComponentType.RadioGroup, options }
        : { ...common, type: ComponentType.StringSelect, options };
    }
    case 'file':
      return {
        ...common,
        type: ComponentType.FileUpload,
        min_values: field.optional ? 0 : 1,
        max_values: 1,
      };
  }
}

function cut(text: string, length: number): string {
  const said = oneLine(text);
  return said.length <= length ? said : `${said.slice(0, length - 1).toWellFormed()}…`;
}
