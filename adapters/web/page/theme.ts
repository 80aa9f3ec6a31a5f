import { byId, icon } from './element.ts';

type Choice = 'auto' | 'light' | 'dark';
const order: readonly Choice[] = ['auto', 'light', 'dark'];
const icons = { auto: 'auto', light: 'sun', dark: 'moon' } as const;
const names = { auto: 'as the device', light: 'light', dark: 'dark' } as const;
const stored = 'keel-theme';
const device = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

let choice: Choice = order.find((one) => one === localStorage.getItem(stored)) ?? 'auto';

/** The theme that shows: the person's choice, or the device's. */
export function currentTheme(): 'light' | 'dark' {
  if (choice === 'auto') return device.matches ? 'dark' : 'light';
  return choice;
}

/** Calls back whenever the theme that shows has changed. */
export function onTheme(changed: () => void): void {
  listeners.add(changed);
}

export function startTheme(): void {
  const button = byId('theme', HTMLButtonElement);
  const apply = () => {
    document.documentElement.dataset.theme = currentTheme();
    button.replaceChildren(icon(icons[choice]));
    button.setAttribute('aria-label', `Colours: ${names[choice]}. Change`);
    button.title = `Colours: ${names[choice]}`;
    for (const changed of listeners) changed();
  };
  button.addEventListener('click', () => {
    choice = order[(order.indexOf(choice) + 1) % order.length];
    localStorage.setItem(stored, choice);
    apply();
  });
  device.addEventListener('change', apply);
  apply();
}
