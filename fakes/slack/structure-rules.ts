import type { SlackLimits } from './limits.ts';
import type { Json } from './world.ts';

const tableRows = 100;
const tableColumns = 20;

/** What a block may not be beyond lengths: exclusive fields, ragged tables, ids used twice. */
export function brokenStructure(limits: SlackLimits, block: Json, at: string): string[] {
  const found: string[] = [];
  const say = (what: string, where = '') => found.push(`${what} [json-pointer:${at}${where}]`);

  if (block.type === 'section' && block.text === undefined && block.fields === undefined) {
    say('missing required field: text or fields');
  }
  if (block.type === 'table') checkTable(block, say);
  if (block.type === 'data_table') checkDataTable(limits, block, say);
  if (block.type === 'data_visualization') checkChart(limits, block, say);

  const actions = new Set<unknown>();
  eachObject(block, '', (object, where) => {
    if (object.options !== undefined && object.option_groups !== undefined) {
      say('only one of options and option_groups is allowed', where);
    }
    if (/(static_select|radio_buttons|checkboxes|overflow)$/.test(String(object.type))) {
      if (object.options === undefined && object.option_groups === undefined) {
        say('missing required field: options', where);
      }
      checkOptions(object, (what) => say(what, where));
    }
    if (object.type === 'image' && object.image_url !== undefined && object.slack_file) {
      say('only one of image_url and slack_file is allowed', where);
    }
    if (object.type === 'number_input') {
      const least = Number(object.min_value ?? -Infinity);
      if (least > Number(object.max_value ?? Infinity)) say('min_value exceeds max_value', where);
    }
    if (object.type === 'plain_text_input') {
      const { min_length: least = 0, max_length: most = 3_000 } = object;
      if (Number(least) > Number(most)) say('min_length exceeds max_length', where);
    }
    if (object.url !== undefined && object.type === 'button' && !isUrl(object.url)) {
      say('invalid url', `${where}/url`);
    }
    if (object.image_url !== undefined && !isUrl(object.image_url)) {
      say('invalid url', `${where}/image_url`);
    }
    if (typeof object.action_id === 'string') {
      if (object.action_id === '') say('action_id must be more than 0 characters', where);
      if (actions.has(object.action_id))
        say(`"action_id" ${object.action_id} already exists`, where);
      actions.add(object.action_id);
    }
  });
  return found;
}

function isUrl(value: unknown): boolean {
  const url = URL.parse(String(value));
  return url !== null && /^(https?|mailto|slack):$/.test(url.protocol);
}

/** An initial choice must be one of the options, and every value stands for one of them. */
function checkOptions(element: Json, say: (what: string) => void): void {
  const groups = (element.option_groups ?? []) as { options: Json[] }[];
  const options = [...((element.options ?? []) as Json[]), ...groups.flatMap((one) => one.options)];
  const values = options.map((option) => option.value).filter((value) => value !== undefined);
  if (new Set(values).size < values.length) say('options have the same value twice');
  const chosen = [element.initial_option ?? [], element.initial_options ?? []].flat() as Json[];
  for (const option of chosen) {
    const same = options.find((one) => JSON.stringify(one) === JSON.stringify(option));
    if (same === undefined) say('initial option is not among the options');
  }
}

function checkTable(block: Json, say: (what: string, where?: string) => void): void {
  const rows = (block.rows ?? []) as readonly (readonly Json[])[];
  if (rows.length === 0) say('no rows', '/rows');
  if (rows.length > tableRows) say(`no more than ${tableRows} items allowed`, '/rows');
  const columns = rows[0]?.length ?? 0;
  if (columns === 0 || columns > tableColumns) {
    say(`must have 1 to ${tableColumns} cells`, '/rows/0');
  }
  if (rows.some((row) => row.length !== columns)) say('rows differ in length', '/rows');
  if (((block.column_settings ?? []) as Json[]).length > columns) {
    say('more column settings than columns', '/column_settings');
  }
  for (const [index, row] of rows.entries()) {
    if (row.some((cell) => cell.type === 'raw_text' && cell.text === '')) {
      say('must be more than 0 characters', `/rows/${index}`);
    }
  }
}

function checkDataTable(
  limits: SlackLimits,
  block: Json,
  say: (what: string, where?: string) => void,
): void {
  const rows = (block.rows ?? []) as readonly (readonly Json[])[];
  for (const [index, row] of rows.entries()) {
    const wrong = limits.broken('data_table.columns', row);
    if (wrong !== null) say(wrong, `/rows/${index}`);
    if (row.length !== rows[0].length) say('rows differ in length', `/rows/${index}`);
    for (const cell of row) {
      if (cell.text === undefined) continue;
      const short = limits.broken('data_table.cell_text', cell.text);
      if (short !== null) say(short, `/rows/${index}`);
    }
  }
  const wrong = limits.broken('data_table.content', textOf(rows));
  if (wrong !== null) say(wrong, '/rows');
}

function checkChart(
  limits: SlackLimits,
  block: Json,
  say: (what: string, where?: string) => void,
): void {
  const test = (limit: string, value: unknown, where: string) => {
    const wrong =
      value === undefined ? 'missing' : limits.broken(`data_visualization.${limit}`, value);
    if (wrong !== null) say(wrong, where);
  };
  const chart = block.chart as Json;
  test('title', block.title, '/title');
  if (chart.type === 'pie') {
    const segments = (chart.segments ?? []) as Json[];
    test('segments', segments, '/chart/segments');
    for (const segment of segments) {
      test('segment.label', segment.label, '/chart/segments');
      test('segment.value', segment.value, '/chart/segments');
    }
    return;
  }
  if (!['line', 'bar', 'area'].includes(String(chart.type))) say('unknown chart', '/chart/type');
  const series = (chart.series ?? []) as Json[];
  const axis = (chart.axis_config ?? {}) as Json;
  test('series', series, '/chart/series');
  test('categories', axis.categories, '/chart/axis_config/categories');
  for (const category of (axis.categories ?? []) as string[]) {
    test('category_label', category, '/chart/axis_config/categories');
  }
  for (const label of [axis.x_label, axis.y_label]) {
    if (label !== undefined) test('axis_label', label, '/chart/axis_config');
  }
  for (const one of series) {
    const data = (one.data ?? []) as Json[];
    test('series_name', one.name, '/chart/series');
    test('data', data, '/chart/series');
    for (const point of data) test('point_label', point.label, '/chart/series');
  }
}

/** Every object inside, with its pointer. */
export function eachObject(
  value: unknown,
  at: string,
  see: (object: Json, at: string) => void,
): void {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) see(value as Json, at);
  for (const [name, inside] of Object.entries(value)) eachObject(inside, `${at}/${name}`, see);
}

/** All words of a block as one text: what counts towards a message's characters. */
export function textOf(value: unknown): string {
  const words: string[] = [];
  const spoken = new Set(['text', 'alt_text', 'title', 'label', 'caption', 'description']);
  eachObject({ value }, '', (object) => {
    for (const [name, inside] of Object.entries(object)) {
      if (typeof inside === 'string' && spoken.has(name)) words.push(inside);
    }
  });
  return words.join('');
}
