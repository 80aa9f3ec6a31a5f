import { byId, element } from './element.ts';

export interface KnownCommand {
  readonly name: string;
  readonly summary: string;
}

/** The commands that fit what is being typed, as a list under the arrow keys. */
export function createSuggestions(
  input: HTMLTextAreaElement,
  taken: (command: KnownCommand) => void,
) {
  const list = byId('suggestions', HTMLDivElement);
  let commands: readonly KnownCommand[] = [];
  let fitting: readonly KnownCommand[] = [];
  let active = 0;

  function show(): void {
    const typed = /^\/([a-z-]*)$/i.exec(input.value)?.[1].toLowerCase();
    const next = typed === undefined ? [] : commands.filter(({ name }) => name.startsWith(typed));
    if (next.length !== fitting.length || next.some((one, i) => one !== fitting[i])) active = 0;
    fitting = next;
    list.hidden = fitting.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    list.replaceChildren(...fitting.map(row));
    if (list.hidden) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', `suggestion-${active}`);
      list.children[active]?.scrollIntoView({ block: 'nearest' });
    }
  }

  function row(command: KnownCommand, index: number): HTMLElement {
    const item = element(
      'div',
      { id: `suggestion-${index}`, role: 'option', 'aria-selected': String(index === active) },
      element('span', { class: 'suggestion-name' }, `/${command.name}`),
      element('span', { class: 'suggestion-summary' }, command.summary),
    );
    // Before the field loses the focus.
    item.addEventListener('pointerdown', (event) => event.preventDefault());
    item.addEventListener('pointermove', () => {
      if (active === index) return;
      active = index;
      show();
    });
    item.addEventListener('click', () => taken(command));
    return item;
  }

  function hide(): void {
    fitting = [];
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  input.addEventListener('input', show);
  input.addEventListener('blur', hide);

  return {
    hide,
    know(known: readonly KnownCommand[]): void {
      commands = known;
    },
    /** @returns whether the key was for the list */
    key(event: KeyboardEvent): boolean {
      if (list.hidden) return false;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        active = (active + step + fitting.length) % fitting.length;
        show();
      } else if (event.key === 'Tab' && !event.shiftKey) {
        input.value = `/${fitting[active].name} `;
        hide();
      } else if (event.key === 'Enter' && !event.shiftKey) {
        taken(fitting[active]);
      } else if (event.key === 'Escape') {
        hide();
      } else return false;
      return true;
    },
  };
}
