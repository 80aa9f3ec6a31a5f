import { type Component, kinds, type Media } from './components.ts';
import { escaped, markdown } from './markdown.ts';
import type { FakeAttachment } from './world.ts';

const buttonStyles = ['', 'primary', 'secondary', 'success', 'danger', 'link', 'premium'];

/** A component of a message as HTML, from what was really sent. */
export function drawComponent(component: Component, files: readonly FakeAttachment[]): string {
  const inside = () =>
    (component.components ?? []).map((one) => drawComponent(one, files)).join('');
  switch (component.type) {
    case kinds.row:
      return `<div class="row">${inside()}</div>`;
    case kinds.button:
      return button(component);
    case kinds.text:
      return `<div class="text">${markdown(component.content ?? '')}</div>`;
    case kinds.section:
      return `<div class="section"><div>${inside()}</div>${drawComponent(component.accessory!, files)}</div>`;
    case kinds.thumbnail:
      return `<div class="thumbnail">${picture(component.media!, component.description, files)}</div>`;
    case kinds.gallery: {
      const items = component.items ?? [];
      const shown = items.map((item) => picture(item.media, item.description, files));
      return `<div class="gallery n${Math.min(items.length, 4)}">${shown.join('')}</div>`;
    }
    case kinds.file:
      return drawFile(files.find((one) => one.url === component.file?.url));
    case kinds.separator: {
      const size = component.spacing === 2 ? ' wide' : '';
      return `<hr class="${component.divider === false ? 'none' : ''}${size}">`;
    }
    case kinds.container: {
      const accent = component.accent_color;
      const edge =
        accent === null || accent === undefined
          ? ''
          : ` style="border-left:4px solid #${accent.toString(16).padStart(6, '0')}"`;
      return `<div class="container"${edge}>${inside()}</div>`;
    }
    default:
      return select(component);
  }
}

function button(component: Component): string {
  const style = buttonStyles[component.style ?? 2];
  const off = component.disabled ? ' off' : '';
  const emoji = component.emoji?.name ? `<span>${escaped(component.emoji.name)}</span>` : '';
  const mark = component.style === 5 ? '<span>↗</span>' : '';
  return `<span class="button ${style}${off}">${emoji}${escaped(component.label ?? '')}${mark}</span>`;
}

function select(component: Component): string {
  const chosen = (component.options ?? []).filter((option) => option.default);
  const words = chosen.map((option) => option.label).join(', ');
  const shown = words || component.placeholder || 'Make a selection';
  const muted = words === '' ? ' muted' : '';
  return `<div class="select${muted}${component.disabled ? ' off' : ''}">${escaped(shown)}<span>⌄</span></div>`;
}

function picture(
  media: Media,
  description: string | null | undefined,
  files: readonly FakeAttachment[],
): string {
  const file = files.find((one) => one.url === media.url);
  const source = file === undefined ? media.url : dataUrl(file);
  return `<img alt="${escaped(description ?? '')}" src="${escaped(source)}">`;
}

/** A file as its own address, so that the page needs no server. */
export function dataUrl(file: FakeAttachment): string {
  return `data:${file.contentType.split(';')[0]};base64,${Buffer.from(file.bytes).toString('base64')}`;
}

const page =
  '<svg width="26" height="32" viewBox="0 0 26 32"><path d="M2 1h14l8 8v22H2z" fill="#7289da33" stroke="#7289da" stroke-width="2"/><path d="M16 1v8h8M7 15h12M7 20h12M7 25h8" fill="none" stroke="#7289da" stroke-width="2"/></svg>';

export function drawFile(file: FakeAttachment | undefined): string {
  if (file === undefined) return '';
  const size = file.bytes.length;
  const shown = size < 1_024 ? `${size} bytes` : `${(size / 1_024).toFixed(2)} KB`;
  return `<div class="file">${page}<div><b>${escaped(file.name)}</b><small>${shown}</small></div></div>`;
}
