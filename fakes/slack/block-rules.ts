import type { SlackLimits } from './limits.ts';
import type { Json } from './world.ts';

/** Where a limit of limits.json is met, by the type of block or element. */
const bounds: Readonly<Record<string, readonly (readonly [field: string, limit: string])[]>> = {
  mrkdwn: [['text', 'text']],
  plain_text: [['text', 'text']],
  button: [
    ['text.text', 'button.text'],
    ['url', 'button.url'],
    ['value', 'button.value'],
    ['accessibility_label', 'button.accessibility_label'],
  ],
  feedback_buttons: [],
  icon_button: [['visible_to_user_ids', 'icon_button.visible_to_user_ids']],
  overflow: [['options', 'overflow.options']],
  checkboxes: [['options', 'checkboxes.options']],
  radio_buttons: [['options', 'radio_buttons.options']],
  url: [['url', 'url_source.url']],
  file_input: [['max_files', 'file_input.max_files']],
  plain_text_input: [['max_length', 'plain_text_input.max_length']],
  actions: [['elements', 'actions.elements']],
  alert: [['text.text', 'alert.text']],
  card: [
    ['title.text', 'card.title'],
    ['subtitle.text', 'card.subtitle'],
    ['body.text', 'card.body'],
    ['subtext.text', 'card.subtext'],
    ['actions', 'card.actions'],
  ],
  carousel: [['elements', 'carousel.elements']],
  container: [
    ['title.text', 'container.title'],
    ['subtitle.text', 'container.subtitle'],
    ['child_blocks', 'container.child_blocks'],
  ],
  context: [['elements', 'context.elements']],
  context_actions: [['elements', 'context_actions.elements']],
  data_table: [
    ['rows', 'data_table.rows'],
    ['page_size', 'data_table.page_size'],
  ],
  header: [['text.text', 'header.text']],
  image: [
    ['image_url', 'image.image_url'],
    ['alt_text', 'image.alt_text'],
  ],
  input: [
    ['label.text', 'input.label'],
    ['hint.text', 'input.hint'],
  ],
  markdown: [['text', 'markdown.text']],
  section: [
    ['text.text', 'section.text'],
    ['fields', 'section.fields'],
  ],
  video: [
    ['alt_text', 'video.alt_text'],
    ['title.text', 'video.title'],
    ['author_name', 'video.author_name'],
    ['description.text', 'video.description'],
    ['provider_name', 'video.provider_name'],
  ],
};

/** Objects without a type of their own, by the field that holds them. */
const held: Readonly<Record<string, readonly (readonly [field: string, limit: string])[]>> = {
  options: [
    ['text.text', 'option.text'],
    ['value', 'option.value'],
    ['description.text', 'option.description'],
    ['url', 'option.url'],
  ],
  option_groups: [
    ['label.text', 'option_group.label'],
    ['options', 'option_group.options'],
  ],
  confirm: [
    ['title.text', 'confirmation.title'],
    ['text.text', 'confirmation.text'],
    ['confirm.text', 'confirmation.confirm'],
    ['deny.text', 'confirmation.deny'],
  ],
  positive_button: [
    ['text.text', 'feedback_button.text'],
    ['value', 'feedback_button.value'],
    ['accessibility_label', 'feedback_button.accessibility_label'],
  ],
};

const selects = /^(multi_)?(static|external|users|conversations|channels)_select$/;

function field(node: Json, path: string): unknown {
  let here: unknown = node;
  for (const part of path.split('.')) here = (here as Json | undefined)?.[part];
  return here;
}

/**
 * The limits that a block, or an object inside one, breaks; each says where, as Slack's
 * `response_metadata.messages` do.
 */
export function brokenLimits(limits: SlackLimits, node: Json, where: string): string[] {
  const found: string[] = [];
  const test = (object: Json, rows: readonly (readonly [string, string])[], at: string) => {
    for (const [path, limit] of rows) {
      const value = field(object, path);
      const wrong = value === undefined ? null : limits.broken(limit, value);
      if (wrong !== null) found.push(`${wrong} [json-pointer:${at}/${path.replace('.', '/')}]`);
    }
  };

  function walk(value: unknown, at: string, holder: string): void {
    if (Array.isArray(value)) {
      for (const [index, each] of value.entries()) walk(each, `${at}/${index}`, holder);
      return;
    }
    if (value === null || typeof value !== 'object') return;
    const object = value as Json;
    const type = String(object.type ?? '');
    test(object, Object.hasOwn(bounds, type) ? bounds[type] : [], at);
    test(
      object,
      [
        ['block_id', 'block_id'],
        ['action_id', 'action_id'],
      ],
      at,
    );
    const kind = { initial_option: 'options', initial_options: 'options' }[holder] ?? holder;
    const plain = kind === 'negative_button' ? 'positive_button' : kind;
    if (Object.hasOwn(held, plain)) test(object, held[plain], at);
    if (selects.test(type)) {
      test(
        object,
        [
          ['placeholder.text', 'select.placeholder'],
          ['options', 'select.options'],
          ['option_groups', 'select.option_groups'],
        ],
        at,
      );
    }
    if (type === 'section') {
      for (const [index, each] of ((object.fields ?? []) as Json[]).entries()) {
        const size = [...String(each.text)].length;
        if (size > 2_000)
          found.push(`must be less than 2001 characters [json-pointer:${at}/fields/${index}/text]`);
      }
    }
    for (const [name, inside] of Object.entries(object)) walk(inside, `${at}/${name}`, name);
  }
  walk(node, where, '');
  return found;
}
