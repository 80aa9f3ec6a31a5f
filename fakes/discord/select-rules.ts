import { type Component, kinds } from './components.ts';
import { type Flaw, flaw } from './refused.ts';

/** Rules of what holds options: selects, radio groups, checkbox groups. */
export function selectFlaws(path: string, component: Component): Flaw[] {
  const options = component.options;
  if (options === undefined) return [];
  const flaws: Flaw[] = [];
  const values = options.map((option) => option.value);
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) === index) continue;
    flaws.push(
      flaw(
        `${path}.options.${index}.value`,
        'The specified option value is already used',
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
      ),
    );
  }
  const radio = component.type === kinds.radio;
  const most = radio
    ? 1
    : (component.max_values ?? (component.type === kinds.select ? 1 : options.length));
  const least = component.min_values ?? 1;
  const chosen = options.filter((option) => option.default).length;
  if (chosen > most) flaws.push(flaw(`${path}.options`, `At most ${most} can be chosen at first`));
  if (!radio && most > options.length) {
    flaws.push(flaw(`${path}.max_values`, 'More than there are options'));
  }
  if (!radio && least > most) flaws.push(flaw(`${path}.min_values`, 'More than max_values'));
  return flaws;
}
