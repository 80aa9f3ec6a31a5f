import type { createRules } from './message-rules.ts';
import type { Json } from './world.ts';

type Rules = ReturnType<typeof createRules>;
type Judge = (rules: Rules) => void;

const long = (n: number) => 'x'.repeat(n);
const many = <T>(n: number, make: (index: number) => T) =>
  Array.from({ length: n }, (_, i) => make(i));
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const option = (i: number, more: Json = {}) => ({ text: plain(`o${i}`), value: `v${i}`, ...more });
const raw = (text: string) => ({ type: 'raw_text', text });
const button = (more: Json = {}) => ({
  type: 'button',
  text: plain('Go'),
  action_id: 'a',
  ...more,
});
const url = (n: number) => `https://a.example/${long(n - 18)}`;

const one =
  (type: string, value: Json): Judge =>
  (rules) =>
    rules.one(type, value);
const block =
  (value: Json): Judge =>
  (rules) =>
    rules.blocks([value]);
const confirm = (part: string) => (n: number) => {
  const fine = { title: plain('t'), text: plain('t'), confirm: plain('c'), deny: plain('d') };
  return one('Button', button({ confirm: { ...fine, [part]: plain(long(n)) } }));
};
const select = (more: Json): Judge => one('StaticSelect', { type: 'static_select', ...more });
const group = (n: number, label = 'g') => ({
  label: plain(label),
  options: many(n, (i) => option(i)),
});
const choices = (type: string, name: string) => (n: number) =>
  one(type, { type: name, action_id: 'a', options: many(n, (i) => option(i)) });
const table = (rows: unknown, more: Json = {}) => block({ type: 'table', rows, ...more });
const dataTable = (rows: unknown, more: Json = {}) =>
  block({ type: 'data_table', caption: 'c', rows, ...more });
const cells = (n: number, text = 'x') => many(n, () => raw(text));
const video = (more: Json) =>
  block({
    type: 'video',
    video_url: 'https://a.example/v',
    thumbnail_url: 'https://a.example/t',
    title: plain('t'),
    alt_text: 'a',
    ...more,
  });
const view =
  (more: Json): Judge =>
  (rules) =>
    rules.view({ type: 'modal', title: plain('t'), blocks: [{ type: 'divider' }], ...more });
const card = (more: Json) => block({ type: 'card', title: mrkdwn('t'), ...more });
const container = (more: Json) =>
  block({ type: 'container', title: plain('t'), child_blocks: [{ type: 'divider' }], ...more });
const feedback = (more: Json) => {
  const side = { text: plain('Good'), value: 'g' };
  const buttons = { positive_button: { ...side, ...more }, negative_button: side };
  return block({
    type: 'context_actions',
    elements: [{ type: 'feedback_buttons', action_id: 'a', ...buttons }],
  });
};
const chart = (body: Json, title = 't') =>
  block({ type: 'data_visualization', title, chart: body });
const pie = (segments: unknown) => chart({ type: 'pie', segments });
const point = (label = 'p') => ({ label, value: 1 });
const line = (more: Json = {}, axis: Json = {}) =>
  chart({
    type: 'line',
    series: [{ name: 's', data: [point()] }],
    axis_config: { categories: ['p'], ...axis },
    ...more,
  });
const input = (more: Json) =>
  block({
    type: 'input',
    label: plain('l'),
    element: { type: 'plain_text_input', action_id: 'a' },
    ...more,
  });

/** A payload at a size; the limit itself must pass and one beyond it must not. */
export const sized: Readonly<Record<string, (n: number) => Judge>> = {
  'text.min_length': (n) => one('MrkdwnElement', mrkdwn(long(n))),
  'text.max_length': (n) => one('MrkdwnElement', mrkdwn(long(n))),
  'action_id.max_length': (n) => one('Button', button({ action_id: long(n) })),
  'block_id.max_length': (n) => block({ type: 'divider', block_id: long(n) }),
  'button.text.max_length': (n) => one('Button', button({ text: plain(long(n)) })),
  'button.url.max_length': (n) => one('Button', button({ url: url(n) })),
  'button.value.max_length': (n) => one('Button', button({ value: long(n) })),
  'button.accessibility_label.max_length': (n) =>
    one('Button', button({ accessibility_label: long(n) })),
  'confirmation.title.max_length': confirm('title'),
  'confirmation.text.max_length': confirm('text'),
  'confirmation.confirm.max_length': confirm('confirm'),
  'confirmation.deny.max_length': confirm('deny'),
  'option.text.max_length': (n) => select({ options: [option(1, { text: plain(long(n)) })] }),
  'option.value.max_length': (n) => select({ options: [option(1, { value: long(n) })] }),
  'option.description.max_length': (n) =>
    select({ options: [option(1, { description: plain(long(n)) })] }),
  'option.url.max_length': (n) =>
    one('Overflow', {
      type: 'overflow',
      action_id: 'a',
      options: [option(1, { url: `https://a.example/${'🙂'.repeat(n - 18)}` })],
    }),
  'option_group.label.max_length': (n) => select({ option_groups: [group(1, long(n))] }),
  'option_group.options.min_items': (n) => select({ option_groups: [group(n)] }),
  'option_group.options.max_items': (n) => select({ option_groups: [group(n)] }),
  'select.placeholder.max_length': (n) =>
    select({ placeholder: plain(long(n)), options: [option(1)] }),
  'select.options.max_items': choices('StaticSelect', 'static_select'),
  'select.option_groups.max_items': (n) =>
    select({ option_groups: many(n, (i) => ({ label: plain(`g${i}`), options: [option(i)] })) }),
  'overflow.options.min_items': choices('Overflow', 'overflow'),
  'overflow.options.max_items': choices('Overflow', 'overflow'),
  'checkboxes.options.min_items': choices('Checkboxes', 'checkboxes'),
  'checkboxes.options.max_items': choices('Checkboxes', 'checkboxes'),
  'radio_buttons.options.min_items': choices('RadioButtons', 'radio_buttons'),
  'radio_buttons.options.max_items': choices('RadioButtons', 'radio_buttons'),
  'url_source.url.min_length': (n) =>
    one('URLSourceElement', { type: 'url', url: n === 0 ? '' : url(19), text: 't' }),
  'url_source.url.max_length': (n) =>
    one('URLSourceElement', { type: 'url', url: url(n), text: 't' }),
  'table.rows.max_items': (n) => table(many(n, () => cells(2))),
  'file_input.max_files.min': (n) => one('FileInput', { type: 'file_input', max_files: n }),
  'file_input.max_files.max': (n) => one('FileInput', { type: 'file_input', max_files: n }),
  'plain_text_input.max_length.max': (n) =>
    one('PlainTextInput', { type: 'plain_text_input', max_length: n }),
  'actions.elements.max_items': (n) =>
    block({ type: 'actions', elements: many(n, (i) => button({ action_id: `a${i}` })) }),
  'context.elements.max_items': (n) =>
    block({ type: 'context', elements: many(n, () => mrkdwn('x')) }),
  'header.text.max_length': (n) => block({ type: 'header', text: plain(long(n)) }),
  'image.image_url.max_length': (n) => block({ type: 'image', image_url: url(n), alt_text: 'a' }),
  'image.alt_text.max_length': (n) =>
    block({ type: 'image', image_url: url(30), alt_text: long(n) }),
  'input.label.max_length': (n) => input({ label: plain(long(n)) }),
  'input.hint.max_length': (n) => input({ hint: plain(long(n)) }),
  'markdown.text.min_length': (n) => block({ type: 'markdown', text: long(n) }),
  'markdown.text.max_length': (n) => block({ type: 'markdown', text: long(n) }),
  'section.text.max_length': (n) => block({ type: 'section', text: mrkdwn(long(n)) }),
  'section.fields.max_items': (n) => block({ type: 'section', fields: many(n, () => mrkdwn('x')) }),
  'section.fields.item_max_length': (n) => block({ type: 'section', fields: [mrkdwn(long(n))] }),
  'video.alt_text.min_length': (n) => video({ alt_text: long(n) }),
  'video.alt_text.max_length': (n) => video({ alt_text: long(n) }),
  'video.title.max_length': (n) => video({ title: plain(long(n)) }),
  'video.author_name.max_length': (n) => video({ author_name: long(n) }),
  'video.description.max_length': (n) => video({ description: plain(long(n)) }),
  'video.provider_name.max_length': (n) => video({ provider_name: long(n) }),
  'view.blocks.min_items': (n) => view({ blocks: many(n, () => ({ type: 'divider' })) }),
  'view.blocks.max_items': (n) => view({ blocks: many(n, () => ({ type: 'divider' })) }),
  'view.private_metadata.max_length': (n) => view({ private_metadata: long(n) }),
  'view.callback_id.max_length': (n) => view({ callback_id: long(n) }),
  'view.title.max_length': (n) => view({ title: plain(long(n)) }),
  'view.close.max_length': (n) => view({ close: plain(long(n)) }),
  'view.submit.max_length': (n) => view({ submit: plain(long(n)) }),
  'alert.text.max_length': (n) => block({ type: 'alert', text: mrkdwn(long(n)) }),
  'card.title.max_length': (n) => card({ title: mrkdwn(long(n)) }),
  'card.subtitle.max_length': (n) => card({ subtitle: mrkdwn(long(n)) }),
  'card.body.max_length': (n) => card({ body: mrkdwn(long(n)) }),
  'card.subtext.max_length': (n) => card({ subtext: mrkdwn(long(n)) }),
  'card.actions.max_items': (n) =>
    card({ actions: many(n, (i) => button({ action_id: `a${i}` })) }),
  'carousel.elements.min_items': (n) =>
    block({ type: 'carousel', elements: many(n, () => ({ type: 'card', title: mrkdwn('t') })) }),
  'carousel.elements.max_items': (n) =>
    block({ type: 'carousel', elements: many(n, () => ({ type: 'card', title: mrkdwn('t') })) }),
  'container.title.max_length': (n) => container({ title: plain(long(n)) }),
  'container.subtitle.max_length': (n) => container({ subtitle: mrkdwn(long(n)) }),
  'container.child_blocks.max_items': (n) =>
    container({ child_blocks: many(n, () => ({ type: 'divider' })) }),
  'context_actions.elements.max_items': (n) =>
    block({
      type: 'context_actions',
      elements: many(n, (i) => ({
        type: 'icon_button',
        icon: 'trash',
        text: plain('x'),
        action_id: `a${i}`,
      })),
    }),
  'feedback_button.text.max_length': (n) => feedback({ text: plain(long(n)) }),
  'feedback_button.value.max_length': (n) => feedback({ value: long(n) }),
  'feedback_button.accessibility_label.max_length': (n) =>
    feedback({ accessibility_label: long(n) }),
  'icon_button.visible_to_user_ids.max_items': (n) =>
    one('IconButton', {
      type: 'icon_button',
      icon: 'trash',
      text: plain('x'),
      visible_to_user_ids: many(n, (i) => `U${i}`),
    }),
  'data_table.rows.min_items': (n) => dataTable(many(n, () => cells(2))),
  'data_table.rows.max_items': (n) => dataTable(many(n, () => cells(2))),
  'data_table.columns.min_items': (n) => dataTable([cells(n), cells(n)]),
  'data_table.columns.max_items': (n) => dataTable([cells(n), cells(n)]),
  'data_table.page_size.min': (n) => dataTable([cells(1), cells(1)], { page_size: n }),
  'data_table.page_size.max': (n) => dataTable([cells(1), cells(1)], { page_size: n }),
  'data_table.cell_text.min_length': (n) => dataTable([cells(1), cells(1, long(n))]),
  'data_table.content.max_length': (n) => dataTable([cells(1, long(n - 1)), cells(1)]),
  'data_visualization.title.max_length': (n) =>
    chart({ type: 'pie', segments: [{ label: 'a', value: 1 }] }, long(n)),
  'data_visualization.segments.min_items': (n) =>
    pie(many(n, (i) => ({ label: `s${i}`, value: 1 }))),
  'data_visualization.segments.max_items': (n) =>
    pie(many(n, (i) => ({ label: `s${i}`, value: 1 }))),
  'data_visualization.segment.label.max_length': (n) => pie([{ label: long(n), value: 1 }]),
  'data_visualization.segment.value.exclusive_min': (n) => pie([{ label: 'a', value: n }]),
  'data_visualization.series.min_items': (n) =>
    line({ series: many(n, () => ({ name: 's', data: [point()] })) }),
  'data_visualization.series.max_items': (n) =>
    line({ series: many(n, () => ({ name: 's', data: [point()] })) }),
  'data_visualization.series_name.max_length': (n) =>
    line({ series: [{ name: long(n), data: [point()] }] }),
  'data_visualization.data.min_items': (n) =>
    line({ series: [{ name: 's', data: many(n, () => point()) }] }),
  'data_visualization.data.max_items': (n) =>
    line({ series: [{ name: 's', data: many(n, () => point()) }] }),
  'data_visualization.point_label.max_length': (n) =>
    line({ series: [{ name: 's', data: [point(long(n))] }] }),
  'data_visualization.categories.min_items': (n) => line({}, { categories: many(n, () => 'p') }),
  'data_visualization.categories.max_items': (n) => line({}, { categories: many(n, () => 'p') }),
  'data_visualization.category_label.max_length': (n) => line({}, { categories: [long(n)] }),
  'data_visualization.axis_label.max_length': (n) => line({}, { x_label: long(n) }),
};

const picture = { type: 'image', alt_text: 'a', image_url: url(30) };
const number = (least: number, most: number) =>
  one('NumberInput', {
    type: 'number_input',
    is_decimal_allowed: false,
    min_value: String(least),
    max_value: String(most),
  });

/** What is not about size: refused, and its like that passes. */
export const shaped: Readonly<Record<string, readonly [refused: Judge, accepted: Judge]>> = {
  'table.row_shape': [table([cells(2), cells(1)]), table([cells(2), cells(2)])],
  'table.column_settings': [
    table([cells(1)], { column_settings: [{ align: 'right' }, { align: 'left' }] }),
    table([cells(2)], { column_settings: [{ align: 'right' }, { align: 'left' }] }),
  ],
  'section.content': [block({ type: 'section' }), block({ type: 'section', text: mrkdwn('x') })],
  'static_select.choice_source': [
    select({ options: [option(1)], option_groups: [group(1)] }),
    select({ option_groups: [group(1)] }),
  ],
  'image.source': [
    one('ImageElement', { ...picture, slack_file: { id: 'F1' } }),
    one('ImageElement', picture),
  ],
  'number_input.range': [number(2, 1), number(1, 2)],
  'context.elements': [
    block({ type: 'context', elements: [button()] }),
    block({ type: 'context', elements: [mrkdwn('x')] }),
  ],
  'input.element': [input({ element: button() }), input({})],
};
