/** Component types by the names used here. */
export const kinds = {
  row: 1,
  button: 2,
  select: 3,
  textInput: 4,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  upload: 19,
  radio: 21,
  checkboxes: 22,
  checkbox: 23,
} as const;

/** One choice of a select, radio group or checkbox group. */
export interface Choice {
  readonly label: string;
  readonly value: string;
  readonly description?: string | null;
  readonly default?: boolean | null;
}

export interface Media {
  readonly url: string;
  readonly [key: string]: unknown;
}

/** A component as it is sent, after the schema has looked at it. */
export interface Component {
  readonly type: number;
  readonly id?: number | null;
  readonly custom_id?: string | null;
  readonly components?: readonly Component[];
  readonly accessory?: Component;
  readonly component?: Component;
  readonly label?: string | null;
  readonly description?: string | null;
  readonly content?: string;
  readonly style?: number;
  readonly url?: string | null;
  readonly sku_id?: string | null;
  readonly emoji?: { readonly name?: string | null; readonly id?: string | null } | null;
  readonly disabled?: boolean | null;
  readonly options?: readonly Choice[];
  readonly placeholder?: string | null;
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly required?: boolean | null;
  readonly value?: string | null;
  readonly default?: boolean | null;
  readonly accent_color?: number | null;
  readonly spoiler?: boolean | null;
  readonly divider?: boolean | null;
  readonly spacing?: number | null;
  readonly items?: readonly { readonly media: Media; readonly description?: string | null }[];
  readonly media?: Media;
  readonly file?: Media;
}

/** A component and where it stands. */
export interface Placed {
  readonly path: string;
  readonly component: Component;
}

/** Every component, parents before children. */
export function everyComponent(components: readonly Component[], at = 'components'): Placed[] {
  return components.flatMap((component, index) => placed(component, `${at}.${index}`));
}

function placed(component: Component, path: string): Placed[] {
  return [
    { path, component },
    ...everyComponent(component.components ?? [], `${path}.components`),
    ...(component.accessory ? placed(component.accessory, `${path}.accessory`) : []),
    ...(component.component ? placed(component.component, `${path}.component`) : []),
  ];
}

/** The media that a component shows. */
export function mediaOf(component: Component): readonly Media[] {
  return [
    ...(component.items ?? []).map((item) => item.media),
    ...(component.media ? [component.media] : []),
    ...(component.file ? [component.file] : []),
  ];
}

/** Where the media of components come from. */
export interface Sources {
  media(of: Media): Media;
  /** Name and size that a file component shows. */
  about(of: Media): { readonly name: string; readonly size: number };
}

/** What Discord writes where nothing was said. */
function completed(component: Component, sources: Sources): object {
  switch (component.type) {
    case kinds.container:
      return { accent_color: component.accent_color ?? null, spoiler: component.spoiler ?? false };
    case kinds.separator:
      return { divider: component.divider ?? true, spacing: component.spacing ?? 1 };
    case kinds.select:
      return { min_values: component.min_values ?? 1, max_values: component.max_values ?? 1 };
    case kinds.thumbnail:
      return { description: component.description ?? null, spoiler: component.spoiler ?? false };
    case kinds.file:
      return { spoiler: component.spoiler ?? false, ...sources.about(component.file!) };
    default:
      return {};
  }
}

/** Components as Discord stores them: numbered, with their media resolved. */
export function stored(components: readonly Component[], sources: Sources): readonly Component[] {
  const taken = new Set(everyComponent(components).map(({ component }) => component.id ?? 0));
  let last = 0;
  const number = (given: number | null | undefined): number => {
    if (given) return given;
    do last += 1;
    while (taken.has(last));
    return last;
  };
  const keep = (component: Component): Component => {
    const id = number(component.id);
    return {
      ...Object.fromEntries(Object.entries(component).filter(([, value]) => value !== null)),
      ...completed(component, sources),
      type: component.type,
      id,
      ...(component.components ? { components: component.components.map(keep) } : {}),
      ...(component.accessory ? { accessory: keep(component.accessory) } : {}),
      ...(component.component ? { component: keep(component.component) } : {}),
      ...(component.items
        ? {
            items: component.items.map((item) => ({
              description: null,
              spoiler: false,
              ...item,
              media: sources.media(item.media),
            })),
          }
        : {}),
      ...(component.media ? { media: sources.media(component.media) } : {}),
      ...(component.file ? { file: sources.media(component.file) } : {}),
    };
  };
  return components.map(keep);
}
