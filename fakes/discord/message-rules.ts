import { type Component, everyComponent, kinds, mediaOf } from './components.ts';
import { type Flaw, flaw } from './refused.ts';
import { selectFlaws } from './select-rules.ts';
import type { FakeMessage } from './world.ts';

/** Flags of a message. */
export const flags = { ephemeral: 64, loading: 128, silent: 4096, components: 32_768 } as const;

const contentLength = 2_000;
const embedCharacters = 6_000;
const mostComponents = 40;
const textCharacters = 4_000;
const mostRows = 5;
const mebibyte = 1024 * 1024;

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
  readonly allowed_mentions?: { readonly parse?: readonly string[] | null } | null;
}

/** What platform-limits.json and the documentation ask beyond the schema. */
export function messageFlaws(body: MessageBody, uploads: Uploads, old?: FakeMessage): Flaw[] {
  const v2 = (((body.flags ?? 0) | (old?.flags ?? 0)) & flags.components) !== 0;
  const components = body.components ?? old?.components ?? [];
  return [
    ...(body.content && body.content.length > contentLength
      ? [flaw('content', 'Must be 2000 or fewer in length.', 'BASE_TYPE_MAX_LENGTH')]
      : []),
    ...embedFlaws(body),
    ...flagFlaws(body, old),
    ...(v2 ? modernFlaws(body, old, components) : legacyFlaws(components)),
    ...componentFlaws(components),
    ...fileFlaws(body, uploads, v2, components, old),
  ];
}

function embedFlaws(body: MessageBody): Flaw[] {
  const characters = (value: unknown): number => {
    if (typeof value === 'string') return value.length;
    if (value === null || typeof value !== 'object') return 0;
    return Object.values(value).reduce<number>((sum, one) => sum + characters(one), 0);
  };
  return characters(body.embeds ?? []) > embedCharacters
    ? [flaw('embeds', 'Embed size exceeds maximum size of 6000', 'MAX_EMBED_SIZE_EXCEEDED')]
    : [];
}

function flagFlaws(body: MessageBody, old: FakeMessage | undefined): Flaw[] {
  const given = body.flags;
  if (given === undefined || given === null) return [];
  const flaws: Flaw[] = [];
  const known = flags.ephemeral | flags.silent | flags.components | 4;
  if ((given & ~known) !== 0) flaws.push(flaw('flags', 'A flag that a bot cannot set'));
  if (old === undefined) return flaws;
  if (old.flags & flags.components && !(given & flags.components)) {
    flaws.push(flaw('flags', 'IS_COMPONENTS_V2 cannot be removed from a message'));
  }
  if (given & flags.ephemeral && !(old.flags & flags.ephemeral)) {
    flaws.push(flaw('flags', 'EPHEMERAL is decided by the first answer and cannot be set later'));
  }
  return flaws;
}

function modernFlaws(
  body: MessageBody,
  old: FakeMessage | undefined,
  components: readonly Component[],
): Flaw[] {
  const flaws: Flaw[] = [];
  const legacy = ['content', 'embeds', 'poll', 'sticker_ids'] as const;
  const held = { content: old?.content, embeds: old?.embeds, poll: undefined, sticker_ids: [] };
  for (const field of legacy) {
    const value = body[field] === undefined ? held[field] : body[field];
    if (value === null || value === undefined || (value as { length?: number }).length === 0) {
      continue;
    }
    flaws.push(
      flaw(
        field,
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      ),
    );
  }
  const every = everyComponent(components);
  if (every.length > mostComponents) {
    flaws.push(
      flaw('components', 'The maximum number of components in all is 40', 'COMPONENT_MAX_TOTAL'),
    );
  }
  const text = every.reduce((sum, { component }) => sum + (component.content?.length ?? 0), 0);
  if (text > textCharacters) {
    flaws.push(
      flaw(
        'components',
        `The total text of a message must be ${textCharacters} or fewer in length.`,
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      ),
    );
  }
  return flaws;
}

function legacyFlaws(components: readonly Component[]): Flaw[] {
  const rows = components.length > mostRows ? ['Must be 5 or fewer in length.'] : [];
  return [
    ...rows.map((message) => flaw('components', message, 'BASE_TYPE_BAD_LENGTH')),
    ...components.flatMap(({ type }, index) =>
      type === kinds.row
        ? []
        : [
            flaw(
              `components.${index}.type`,
              'Needs MessageFlags.IS_COMPONENTS_V2',
              'BASE_TYPE_CHOICES',
            ),
          ],
    ),
  ];
}

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

/** Sizes of files, and that files and words about them fit together. */
function fileFlaws(
  body: MessageBody,
  uploads: Uploads,
  v2: boolean,
  components: readonly Component[],
  old: FakeMessage | undefined,
): Flaw[] {
  const flaws: Flaw[] = [];
  const listed = body.attachments ?? null;
  const kept = old?.attachments ?? [];
  for (const [index, { id }] of (listed ?? []).entries()) {
    if (uploads.has(`files[${id}]`) || kept.some((one) => one.id === id)) continue;
    flaws.push(flaw(`attachments.${index}.id`, 'There is no such file', 'ATTACHMENT_NOT_FOUND'));
  }
  const names = new Set(
    kept
      .filter((one) => listed === null || listed.some(({ id }) => id === one.id))
      .map((one) => one.name),
  );
  const shown = new Set(
    everyComponent(components).flatMap(({ component }) =>
      mediaOf(component).map(({ url }) => /^attachment:\/\/(.+)$/.exec(url)?.[1] ?? ''),
    ),
  );
  for (const url of embedFiles(body.embeds ?? [])) shown.add(url);
  let total = 0;
  for (const [field, { name, bytes }] of uploads) {
    const index = /^files\[(\d+)\]$/.exec(field)?.[1];
    total += bytes.length;
    const entry = listed?.find(({ id }) => id === index);
    if (index === undefined) flaws.push(flaw(field, 'Files are named files[0] to files[9]'));
    if (listed !== null && entry === undefined) {
      flaws.push(flaw(field, 'A file was sent that attachments does not list'));
    }
    if (bytes.length === 0) flaws.push(flaw(field, 'The file is empty', 'ATTACHMENT_EMPTY'));
    if (bytes.length > 10 * mebibyte) {
      flaws.push(flaw(field, 'Request entity too large', 'BASE_TYPE_MAX_LENGTH'));
    }
    const called = entry?.filename ?? name;
    names.add(called);
    if (v2 && !shown.has(called)) {
      flaws.push(flaw(field, `No component shows attachment://${called}`));
    }
  }
  if (total > 25 * mebibyte) flaws.push(flaw('', 'Request entity too large'));
  for (const name of shown) {
    if (name === '' || names.has(name)) continue;
    flaws.push(
      flaw(
        'components',
        `attachment://${name} names no file`,
        'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      ),
    );
  }
  return flaws;
}

function embedFiles(embeds: NonNullable<MessageBody['embeds']>): string[] {
  return [...JSON.stringify(embeds).matchAll(/"attachment:\/\/([^"]+)"/g)].map(([, name]) => name);
}
