import { componentFlaws } from './component-rules.ts';
import { type Component, everyComponent, kinds } from './components.ts';
import { type Flaw, flaw } from './refused.ts';
import type { FakeModal } from './world.ts';

const mostTop = 5;

/** What the documentation asks of a modal beyond the schema. */
export function modalFlaws(modal: FakeModal): Flaw[] {
  const flaws = [...componentFlaws(modal.components)];
  if (modal.components.length > mostTop) {
    flaws.push(flaw('components', 'Must be between 1 and 5 in length.', 'BASE_TYPE_BAD_LENGTH'));
  }
  for (const { path, component } of everyComponent(modal.components)) {
    flaws.push(...inputFlaws(path, component));
    if (component.type === kinds.label && component.component?.label) {
      flaws.push(flaw(`${path}.component.label`, 'The label around it carries the words'));
    }
    if (component.type === kinds.row) {
      const [input] = component.components ?? [];
      if (!input?.label) flaws.push(flaw(`${path}.components.0.label`, 'This field is required'));
    }
    if (component.disabled) flaws.push(flaw(`${path}.disabled`, 'Nothing is disabled in a modal'));
    if (component.required && component.min_values === 0) {
      flaws.push(flaw(`${path}.min_values`, 'Something required cannot have a minimum of 0'));
    }
  }
  return flaws.map((one) => ({ ...one, path: `data.${one.path}` }));
}

function inputFlaws(path: string, input: Component): Flaw[] {
  if (input.type !== kinds.textInput) return [];
  const least = input.min_length ?? 0;
  const most = input.max_length ?? 4_000;
  const flaws: Flaw[] = [];
  if (least > most) flaws.push(flaw(`${path}.min_length`, 'More than max_length'));
  const value = input.value ?? '';
  if (value.length > most) {
    flaws.push(
      flaw(`${path}.value`, `Must be ${most} or fewer in length.`, 'BASE_TYPE_MAX_LENGTH'),
    );
  }
  if (value !== '' && value.length < least) {
    flaws.push(
      flaw(`${path}.value`, `Must be ${least} or more in length.`, 'BASE_TYPE_BAD_LENGTH'),
    );
  }
  return flaws;
}
