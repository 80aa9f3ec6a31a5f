import { dataUrl, drawComponent, drawFile } from './draw-components.ts';
import { drawPage, type Look } from './draw-page.ts';
import { escaped, markdown } from './markdown.ts';
import { flags } from './message-body.ts';
import type { FakeMessage, World } from './world.ts';

/** Messages as Discord shows them, from what was really sent: one HTML page with the pictures inside. */
export function drawConversation(
  world: World,
  messages: readonly FakeMessage[],
  title: string,
  look: Look,
): string {
  const drawn = messages.map((message) => drawMessage(world, message)).join('\n');
  const head = `<header><i class="face">K</i>${escaped(title)}</header>`;
  return drawPage(look, title, `${head}<main>${drawn}</main>`);
}

function drawMessage(world: World, message: FakeMessage): string {
  const bot = message.author === world.self;
  const name = bot ? 'Keel' : nameOf(message.author);
  const time = new Date(message.at).toISOString().slice(11, 16);
  const edited = message.editedAt === null ? '' : '<span class="edited">(edited)</span>';
  const only =
    message.only === null
      ? ''
      : '<div class="onlyyou"><svg width="15" height="11" viewBox="0 0 15 11"><path d="M1 5.5Q7.500-2.500 14 5.500 7.500 13.500 1 5.500z" fill="none" stroke="currentColor" stroke-width="1.300"/><circle cx="7.500" cy="5.500" r="2" fill="currentColor"/></svg> Only you can see this • <b>Dismiss message</b></div>';
  return `${usedCommand(message)}<section class="message${message.only === null ? '' : ' only'}"><i class="face${bot ? '' : ' person'}">${name[0]}</i><div>
<div class="name">${escaped(name)}${bot ? '<span class="tag">APP</span>' : ''}<time>${time}</time></div>${inside(message)}${edited}${only}</div></section>`;
}

const names = ['Grace', 'Ben', 'Clara', 'David', 'Elif', 'Anna', 'Farid', 'Hugo'];

/** People of the fake have numbers only; a picture shows somebody. */
function nameOf(user: string): string {
  return names[Number(BigInt(user) % BigInt(names.length))];
}

function usedCommand({ interaction }: FakeMessage): string {
  if (interaction?.kind !== 'command') return '';
  const { name } = interaction.payload.data as { readonly name: string };
  return `<div class="used">${nameOf(interaction.user)} used <a>/${escaped(name)}</a></div>`;
}

function inside(message: FakeMessage): string {
  if (message.flags & flags.loading) return '<div class="muted">Keel is thinking…</div>';
  const components = message.components
    .map((one) => drawComponent(one, message.attachments))
    .join('');
  if (message.flags & flags.components) return components;
  const words =
    message.content === '' ? '' : `<div class="text">${markdown(message.content)}</div>`;
  const embeds = message.embeds.map(drawEmbed).join('');
  const files = message.attachments.map((file) =>
    file.contentType.startsWith('image/')
      ? `<img class="attached" alt="${escaped(file.description ?? '')}" src="${dataUrl(file)}">`
      : drawFile(file),
  );
  return `${words}${files.join('')}${embeds}${components}`;
}

function drawEmbed(embed: Readonly<Record<string, unknown>>): string {
  const title = embed.title ? `<b>${markdown(String(embed.title))}</b>` : '';
  return `<div class="embed text">${title}${markdown(String(embed.description ?? ''))}</div>`;
}
