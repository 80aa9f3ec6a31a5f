import { drawMarkdown, drawMrkdwn, drawRich, drawText, escaped } from './draw-text.ts';
import { labelOf, optionsOf, type Values } from './form-state.ts';
import { wordsOf } from './visible.ts';
import type { Json, World } from './world.ts';

export interface Drawing {
  readonly world: World;
  /** What has been filled in, in a modal. */
  readonly values?: Values;
  readonly errors?: Readonly<Record<string, string>>;
}

/** Blocks as Slack shows them, from the real payload. */
export function drawBlocks(drawing: Drawing, blocks: readonly Json[]): string {
  return blocks.map((block) => drawBlock(drawing, block)).join('\n');
}

function drawBlock(drawing: Drawing, block: Json): string {
  const list = (name: string) => (block[name] ?? []) as readonly Json[];
  switch (block.type) {
    case 'divider':
      return '<hr>';
    case 'header':
      return `<h3>${drawText(block.text)}</h3>`;
    case 'section': {
      const fields = list('fields').map((field) => `<div>${drawText(field)}</div>`);
      const accessory = block.accessory as Json | undefined;
      return `<div class="section"><div class="grow">${
        block.text === undefined ? '' : `<p>${drawText(block.text)}</p>`
      }${fields.length > 0 ? `<div class="fields">${fields.join('')}</div>` : ''}</div>${
        accessory === undefined ? '' : drawElement(drawing, accessory, block)
      }</div>`;
    }
    case 'context':
      return `<div class="context">${list('elements')
        .map((one) =>
          one.type === 'image' ? picture(drawing, one) : `<span>${drawText(one)}</span>`,
        )
        .join('')}</div>`;
    case 'actions':
    case 'context_actions':
      return `<div class="actions">${list('elements')
        .map((one) => drawElement(drawing, one, block))
        .join('')}</div>`;
    case 'image':
      return `<figure>${block.title ? `<figcaption>${drawText(block.title)}</figcaption>` : ''}${picture(drawing, block)}</figure>`;
    case 'table':
    case 'data_table':
      return drawTable(block);
    case 'markdown':
      return `<div class="md">${drawMarkdown(String(block.text))}</div>`;
    case 'rich_text':
      return `<div class="rich">${drawRich(block)}</div>`;
    case 'alert':
      return `<div class="alert ${escaped(String(block.level ?? 'default'))}">${drawText(block.text)}</div>`;
    case 'card':
      return `<div class="card"><b>${drawText(block.title)}</b><p>${drawText(block.subtitle)}</p><p>${drawText(block.body)}</p><div class="actions">${list(
        'actions',
      )
        .map((one) => drawElement(drawing, one, block))
        .join('')}</div></div>`;
    case 'container':
      return `<div class="card"><b>${drawText(block.title)}</b>${drawBlocks(drawing, list('child_blocks'))}</div>`;
    case 'input':
      return drawInput(drawing, block);
    default:
      // Never a blank where something was sent.
      return `<div class="card"><small>${escaped(String(block.type))}</small>${wordsOf(block)
        .map((words) => `<p>${escaped(words)}</p>`)
        .join('')}</div>`;
  }
}

function picture({ world }: Drawing, image: Json): string {
  const { id = '', url = '' } = (image.slack_file ?? {}) as { id?: string; url?: string };
  const file =
    world.files.get(id) ?? [...world.files.values()].find((one) => url.includes(`-${one.id}/`));
  const alt = escaped(String(image.alt_text ?? ''));
  const source = file?.bytes
    ? `data:image/png;base64,${Buffer.from(file.bytes).toString('base64')}`
    : String(image.image_url ?? '');
  return `<img alt="${alt}" src="${escaped(source)}">`;
}

function drawTable(block: Json): string {
  const settings = (block.column_settings ?? []) as readonly {
    align?: string;
    is_wrapped?: boolean;
  }[];
  const rows = block.rows as readonly (readonly Json[])[];
  const cell = (one: Json, column: number, tag: string) => {
    const { align = 'left', is_wrapped: wrapped = false } = settings[column] ?? {};
    const words = one.type === 'rich_text' ? drawRich(one) : escaped(String(one.text ?? one.value));
    return `<${tag} class="${escaped(align)}${wrapped ? ' wrap' : ''}">${words}</${tag}>`;
  };
  const row = (cells: readonly Json[], tag: string) =>
    `<tr>${cells.map((one, column) => cell(one, column, tag)).join('')}</tr>`;
  const caption = block.caption ? `<caption>${drawText(block.caption)}</caption>` : '';
  return `<div class="table"><table>${caption}<thead>${row(rows[0], 'th')}</thead><tbody>${rows
    .slice(1)
    .map((cells) => row(cells, 'td'))
    .join('')}</tbody></table></div>`;
}

function drawElement(drawing: Drawing, element: Json, block: Json): string {
  const value = drawing.values?.[String(block.block_id)]?.[String(element.action_id)] ?? {};
  const chosen = (value.selected_option ?? element.initial_option) as Json | null | undefined;
  const many = (value.selected_options ?? element.initial_options ?? []) as readonly Json[];
  const isChosen = (option: Json) =>
    [chosen, ...many].some(
      (one) => one && one.value === option.value && labelOf(one) === labelOf(option),
    );
  const hint = element.placeholder === undefined ? '' : drawText(element.placeholder);
  if (element.type === 'button' || element.type === 'workflow_button') {
    const kind = element.style === undefined ? '' : ` ${escaped(String(element.style))}`;
    return `<span class="button${kind}">${drawText(element.text)}</span>`;
  }
  if (element.type === 'file_input') return '<span class="drop"><b>Upload a file</b></span>';
  if (element.type === 'image') return `<span class="thumb">${picture(drawing, element)}</span>`;
  if (element.type === 'overflow') return '<span class="button more">⋯</span>';
  if (element.type === 'radio_buttons' || element.type === 'checkboxes') {
    const round = element.type === 'radio_buttons' ? ' round' : '';
    return `<div class="choices">${optionsOf(element)
      .map((option) => {
        const more = option.description ? `<small>${drawText(option.description)}</small>` : '';
        return `<div><span class="box${round}${isChosen(option) ? ' on' : ''}"></span><span>${drawText(option.text)}${more}</span></div>`;
      })
      .join('')}</div>`;
  }
  if (/select$/.test(String(element.type))) {
    const shown = chosen ? drawText(chosen.text) : many.map((one) => drawText(one.text)).join(', ');
    return `<span class="field select">${shown || `<em>${hint || 'Select an option'}</em>`}<b>⌄</b></span>`;
  }
  const given = value.value ?? value.selected_date ?? value.selected_time ?? element.initial_value;
  const text = given ? escaped(String(given)).replaceAll('\n', '<br>') : `<em>${hint}</em>`;
  const tall = element.multiline === true ? ' tall' : '';
  return `<span class="field${tall}">${text || '&nbsp;'}</span>`;
}

function drawInput(drawing: Drawing, block: Json): string {
  const error = drawing.errors?.[String(block.block_id)];
  const optional = block.optional === true ? ' <em>(optional)</em>' : '';
  return `<div class="input${error ? ' wrong' : ''}"><b>${drawText(block.label)}${optional}</b>${drawElement(
    drawing,
    block.element as Json,
    block,
  )}${error ? `<p class="error">${escaped(error)}</p>` : ''}${
    block.hint ? `<small>${drawText(block.hint)}</small>` : ''
  }</div>`;
}

/** Text of a message without blocks. */
export const drawPlain = (text: string): string => `<p>${drawMrkdwn(text)}</p>`;
