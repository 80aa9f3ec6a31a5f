import { componentFlaws } from './component-rules.ts';
import { type Component, everyComponent, kinds } from './components.ts';
import { fileFlaws } from './file-rules.ts';
import { flags, type MessageBody, type Uploads } from './message-body.ts';
import { type Flaw, flaw } from './refused.ts';
import type { FakeMessage } from './world.ts';

const contentLength = 2_000;
const embedCharacters = 6_000;
const mostComponents = 40;
const textCharacters = 4_000;
const mostRows = 5;

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
    ...mentionFlaws(body),
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

function mentionFlaws({ allowed_mentions: allowed }: MessageBody): Flaw[] {
  const parse = allowed?.parse ?? [];
  const both = (['users', 'roles'] as const).filter(
    (kind) => parse.includes(kind) && (allowed?.[kind]?.length ?? 0) > 0,
  );
  return both.map((kind) =>
    flaw(
      'allowed_mentions',
      `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ),
  );
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
