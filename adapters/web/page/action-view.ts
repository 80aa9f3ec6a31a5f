import type { OperationAction } from '../operation.ts';
import { element, icon } from './element.ts';

/** What pressing something does. */
export interface Pressed {
  choice(position: number, token: string, label: string): void;
  select(position: number, token: string, value: string, label: string): void;
  form(position: number, token: string, opener: HTMLElement): void;
}

type Select = Extract<OperationAction, { kind: 'select' }>;

/** More options than this are a menu; fewer stand open, with their notes. */
const mostOpenOptions = 6;

/** The buttons, menus, links and forms under a message. */
export function actionsView(
  actions: readonly OperationAction[],
  position: number,
  pressed: Pressed,
): HTMLElement[] {
  const buttons = actions.filter((action) => action.kind !== 'select');
  const selects = actions.filter((action) => action.kind === 'select');
  const row =
    buttons.length === 0
      ? []
      : [
          element(
            'div',
            { class: isList(buttons) ? 'actions list' : 'actions' },
            ...buttons.map((action) => buttonView(action, position, pressed)),
          ),
        ];
  // What is asked first stands first, and a choice beside it stays small.
  const asked = buttons.some(({ style }) => style === 'primary');
  const choices = selects.map((select) =>
    asked || select.options.length > mostOpenOptions
      ? menu(select, position, pressed)
      : openOptions(select, position, pressed),
  );
  return asked ? [...row, ...choices] : [...choices, ...row];
}

/** Several long answers read better one below the other. */
function isList(actions: readonly OperationAction[]): boolean {
  return actions.length > 2 && actions.some(({ label }) => label.length > 26);
}

function buttonView(
  action: Exclude<OperationAction, Select>,
  position: number,
  pressed: Pressed,
): HTMLElement {
  const className = `button ${action.style ?? ''}`.trim();
  if (action.kind === 'link') {
    return element(
      'a',
      { class: className, href: action.url, target: '_blank', rel: 'noopener noreferrer' },
      action.label,
    );
  }
  const { token, label } = action;
  const button = element(
    'button',
    { type: 'button', class: className, 'data-token': token },
    element('span', { dir: 'auto' }, label),
  );
  if (action.kind === 'form') {
    button.setAttribute('aria-haspopup', 'dialog');
    button.addEventListener('click', () => pressed.form(position, token, button));
  } else {
    button.addEventListener('click', () => pressed.choice(position, token, label));
  }
  return button;
}

function openOptions(select: Select, position: number, pressed: Pressed): HTMLElement {
  return element(
    'div',
    { class: 'options', role: 'group', 'aria-label': select.label },
    element('p', { class: 'options-label' }, select.label),
    ...select.options.map(({ label, value, note }) => {
      const option = element(
        'button',
        { type: 'button', class: 'option', 'data-token': select.token, 'data-value': value },
        element('span', { class: 'option-label', dir: 'auto' }, label),
        ...(note ? [element('span', { class: 'option-note', dir: 'auto' }, note)] : []),
      );
      option.addEventListener('click', () => pressed.select(position, select.token, value, label));
      return option;
    }),
  );
}

/** A menu sends only when its button is pressed: with the keyboard every arrow changes it. */
function menu(select: Select, position: number, pressed: Pressed): HTMLElement {
  const id = `menu-${position}-${select.token}`;
  const list = element(
    'select',
    { id },
    ...select.options.map(({ label, value, note }) =>
      element('option', { value }, note ? `${label} – ${note}` : label),
    ),
  );
  const button = element('button', { type: 'button', class: 'button' }, 'Choose');
  button.addEventListener('click', () => {
    const chosen = select.options.find((option) => option.value === list.value);
    if (chosen) pressed.select(position, select.token, chosen.value, chosen.label);
  });
  return element(
    'div',
    { class: 'menu' },
    element('label', { for: id }, select.label),
    element('div', { class: 'menu-row' }, list, button),
  );
}

/** Shows on a button that it was the one chosen. */
export function markChosen(inside: ParentNode, token: string, value: string | undefined): void {
  const group = inside.querySelectorAll<HTMLElement>(`[data-token="${CSS.escape(token)}"]`);
  for (const button of group) {
    const chosen = value === undefined || button.dataset.value === value;
    if (!chosen || button.classList.contains('chosen')) continue;
    button.classList.add('chosen');
    button.prepend(icon('check'), element('span', { class: 'sr-only' }, 'Chosen: '));
  }
}
