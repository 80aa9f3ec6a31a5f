import { type Component, everyComponent, kinds, mediaOf } from './components.ts';
import { type Flaw, flaw } from './refused.ts';
import { selectFlaws } from './select-rules.ts';

/** Rules of components, wherever they stand. */
export function componentFlaws(components: readonly Component[]): Flaw[] {
  const flaws: Flaw[] = [];
  const seen = new Set<string>();
  const numbers = new Set<number>();
  for (const { path, component } of everyComponent(components)) {
    const name = component.custom_id;
    if (name && seen.has(name)) {
      flaws.push(
        flaw(
          `${path}.custom_id`,
          'Component custom id cannot be duplicated',
          'COMPONENT_CUSTOM_ID_DUPLICATED',
        ),
      );
    }
    if (name) seen.add(name);
    if (component.id && numbers.has(component.id)) {
      flaws.push(
        flaw(`${path}.id`, 'Component id cannot be duplicated', 'COMPONENT_ID_DUPLICATED'),
      );
    }
    if (component.id) numbers.add(component.id);
    if (component.type === kinds.button) flaws.push(...buttonFlaws(path, component));
    if (component.type === kinds.row) flaws.push(...rowFlaws(path, component));
    flaws.push(...selectFlaws(path, component));
    for (const { url } of mediaOf(component)) {
      const scheme = URL.parse(url)?.protocol ?? '';
      const fits = component.type === kinds.file ? ['attachment:'] : mediaSchemes;
      if (!fits.includes(scheme)) flaws.push(flaw(path, `Scheme "${scheme}" is not supported`));
    }
  }
  return flaws;
}

const mediaSchemes = ['http:', 'https:', 'attachment:'];

function rowFlaws(path: string, row: Component): Flaw[] {
  const inside = row.components ?? [];
  const mixed = inside.length > 1 && inside.some(({ type }) => type !== kinds.button);
  return mixed ? [flaw(`${path}.components`, 'A row holds up to five buttons or one select')] : [];
}

function buttonFlaws(path: string, button: Component): Flaw[] {
  const flaws: Flaw[] = [];
  const { style, url, custom_id: name } = button;
  if (!button.label && !button.emoji && style !== 6) {
    flaws.push(flaw(path, 'A button needs a label or an emoji', 'BUTTON_COMPONENT_LABEL_REQUIRED'));
  }
  if (style === 5) {
    if (!url) flaws.push(flaw(`${path}.url`, 'A url is required', 'BUTTON_COMPONENT_URL_REQUIRED'));
    else if (!['http:', 'https:', 'discord:'].includes(URL.parse(url)?.protocol ?? '')) {
      flaws.push(flaw(`${path}.url`, 'Scheme must be one of http, https, discord.', 'URL_TYPE'));
    }
    if (name) flaws.push(flaw(`${path}.custom_id`, 'A link carries no custom id'));
  } else if (style !== 6) {
    if (!name) {
      flaws.push(
        flaw(`${path}.custom_id`, 'A custom id is required', 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED'),
      );
    }
    if (url) flaws.push(flaw(`${path}.url`, 'Only a link carries a url'));
  }
  return flaws;
}
