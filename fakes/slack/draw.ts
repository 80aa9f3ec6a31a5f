import { drawBlocks, drawPlain } from './draw-blocks.ts';
import { style } from './draw-style.ts';
import { drawText, escaped } from './draw-text.ts';
import type { ModalHand } from './modal-hand.ts';
import type { Block, SlackMessage, SlackView, World } from './world.ts';

export interface Look {
  readonly theme?: 'light' | 'dark';
  readonly title?: string;
}

function page(inside: string, title: string, { theme = 'light' }: Look): string {
  return `<!doctype html><html lang="en" class="${theme}"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head><body>${inside}</body></html>`;
}

/** Messages as Slack shows them, from what was really sent: one HTML page with the pictures inside. */
export function drawConversation(
  world: World,
  messages: readonly SlackMessage[],
  look: Look = {},
): string {
  const title = look.title ?? world.app.name;
  const tabs = '<nav><span>Home</span><span class="on">Messages</span><span>About</span></nav>';
  return page(
    `${top(title)}${tabs}<main>${messages.map((one) => drawMessage(world, one)).join('\n')}</main>`,
    title,
    look,
  );
}

/** The App Home of one person. */
export function drawHome(world: World, view: SlackView, look: Look = {}): string {
  const title = look.title ?? world.app.name;
  const tabs = '<nav><span class="on">Home</span><span>Messages</span><span>About</span></nav>';
  const blocks = drawBlocks({ world }, view.payload.blocks);
  return page(`${top(title)}${tabs}<main class="home">${blocks}</main>`, title, look);
}

/** An open modal, with what has been filled in and the errors below the inputs. */
export function drawModal(
  world: World,
  shown: NonNullable<ReturnType<ModalHand['shown']>>,
  look: Look = {},
): string {
  const { title, close, submit, values, errors, view } = shown;
  const buttons = `<span class="button">${escaped(close)}</span>${
    submit === null ? '' : `<span class="button primary">${escaped(submit)}</span>`
  }`;
  return page(
    `<div class="shade"><section class="modal"><header><span class="face">K</span><b>${escaped(title)}</b><span class="x">✕</span></header><div class="body">${drawBlocks({ world, values, errors }, view.payload.blocks)}</div><footer>${buttons}</footer></section></div>`,
    title,
    look,
  );
}

const top = (title: string): string =>
  `<header class="top"><span class="face">K</span><b>${escaped(title)}</b></header>`;

function drawMessage(world: World, message: SlackMessage): string {
  const time = new Date(Number(message.ts) * 1_000).toISOString().slice(11, 16);
  const blocks = [
    ...message.blocks,
    ...message.attachments.flatMap((one) => (one.blocks ?? []) as Block[]),
  ];
  const body = blocks.length > 0 ? drawBlocks({ world }, blocks) : drawPlain(message.text);
  const files = message.files
    .map((id) => world.files.get(id)!)
    .map(
      ({ name, size }) => `<p class="file"><b>${escaped(name)}</b><small>${size} bytes</small></p>`,
    )
    .join('');
  const name = message.bot ? world.app.name : 'You';
  const only = message.ephemeralTo === undefined ? '' : '<p class="only">Only visible to you</p>';
  const edited = message.edits > 0 ? ' <small>(edited)</small>' : '';
  return `<article class="${message.ephemeralTo === undefined ? '' : 'ephemeral'}"><span class="face ${message.bot ? '' : 'own'}">${name[0]}</span><div class="grow">${only}<p class="who"><b>${drawText(name)}</b>${message.bot ? '<span class="app">APP</span>' : ''}<time>${time}</time>${edited}</p>${body}${files}</div></article>`;
}
