import { type Component, kinds } from './components.ts';
import { drawPage, type Look } from './draw-page.ts';
import { escaped, markdown } from './markdown.ts';
import type { FakeModal } from './world.ts';

/** A modal as it opens before a person, from what was really sent: one HTML page. */
export function drawModal(modal: FakeModal, look: Look): string {
  const fields = modal.components.map(field).join('');
  return drawPage(
    look,
    modal.title,
    `<div class="veil"><div class="modal"><header><i class="face">K</i><b>${escaped(modal.title)}</b><span>✕</span></header>
<div class="fields">${fields}</div><p class="warning">This form will be submitted to <b>Keel</b>. Do not share passwords or other sensitive information.</p>
<footer><span class="button secondary">Cancel</span><span class="button primary">Submit</span></footer></div></div>`,
  );
}

function field(component: Component): string {
  if (component.type === kinds.text) {
    return `<div class="text">${markdown(component.content ?? '')}</div>`;
  }
  const input = component.component ?? component.components?.[0];
  if (input === undefined) return '';
  const label = component.label ?? input.label ?? '';
  const star = input.required === false || input.type === kinds.checkbox ? '' : '<em>*</em>';
  const note = component.description ? `<small>${escaped(component.description)}</small>` : '';
  return `<div class="field"><label>${escaped(label)} ${star}</label>${note}${drawn(input)}</div>`;
}

function drawn(input: Component): string {
  switch (input.type) {
    case kinds.textInput: {
      const words = input.value || input.placeholder || '';
      const tall = input.style === 2 ? ' tall' : '';
      return `<div class="input${tall}${input.value ? '' : ' muted'}">${escaped(words)}&nbsp;</div>`;
    }
    case kinds.radio:
    case kinds.checkboxes: {
      const shape = input.type === kinds.radio ? 'round' : 'square';
      const options = (input.options ?? []).map(
        ({ label, description, default: on }) =>
          `<div class="option${on ? ' on' : ''}"><i class="${shape}"></i><div>${escaped(label)}${description ? `<small>${escaped(description)}</small>` : ''}</div></div>`,
      );
      return options.join('');
    }
    case kinds.checkbox:
      return `<div class="option${input.default ? ' on' : ''}"><i class="square"></i></div>`;
    case kinds.upload:
      return '<div class="drop"><b>Drop file here or <u>browse</u></b><small>Up to 10 MB</small></div>';
    default: {
      const chosen = (input.options ?? []).filter((option) => option.default);
      const words = chosen.map((option) => option.label).join(', ');
      const shown = words || input.placeholder || 'Make a selection';
      return `<div class="select${words ? '' : ' muted'}">${escaped(shown)}<span>⌄</span></div>`;
    }
  }
}
