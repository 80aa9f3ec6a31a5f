import {
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
  type RawFile,
} from 'discord.js';
import type { Images, Logger } from '../../bot/ports.ts';
import type { Chart } from './pieces.ts';
import { displayed, inPlaceOf, type Part } from './render.ts';
import { line } from './words.ts';

/** What is sent for a part, but for flags and nonce. */
export interface Prepared {
  readonly body: {
    readonly flags: number;
    readonly components: readonly APIMessageTopLevelComponent[];
    readonly attachments: readonly { readonly id: string; readonly filename: string }[];
    readonly allowed_mentions: { readonly parse: readonly never[] };
  };
  readonly files: readonly RawFile[];
}

/**
 * Draws the charts of a part. Every edit repeats components and files, so that what stands is what
 * was meant; a chart that cannot be drawn is said in words.
 */
export async function prepare(part: Part, images: Images, log: Logger): Promise<Prepared> {
  const files: RawFile[] = [];
  let { components } = part;
  for (const file of part.files) {
    if (file.kind === 'file') {
      files.push({ name: file.name, data: Buffer.from(file.content) });
      continue;
    }
    try {
      const data = Buffer.from(await images.png(file.chart, 'light'));
      files.push({ name: file.name, data, contentType: 'image/png' });
    } catch (error) {
      log.error({ error: String(error) }, 'a chart could not be drawn; its words are sent');
      components = components.map((each) => inWords(each, file));
    }
  }
  return {
    body: {
      flags: MessageFlags.IsComponentsV2,
      components,
      attachments: files.map(({ name }, at) => ({ id: String(at), filename: name })),
      allowed_mentions: { parse: [] },
    },
    files,
  };
}

/** A short message outside any reply. */
export function plainMessage(text: string): Prepared['body'] {
  const lines = text.split('\n').map((each) => line(each));
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.TextDisplay, content: displayed(lines) }],
    attachments: [],
    allowed_mentions: { parse: [] },
  };
}

function inWords(component: APIMessageTopLevelComponent, file: Chart): APIMessageTopLevelComponent {
  if (component.type !== ComponentType.Container) return component;
  const content = inPlaceOf(file);
  return {
    ...component,
    components: component.components.map((each) =>
      each.type === ComponentType.MediaGallery &&
      each.items[0]?.media.url === `attachment://${file.name}`
        ? { type: ComponentType.TextDisplay, content }
        : each,
    ),
  };
}
