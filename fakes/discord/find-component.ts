import { type Component, everyComponent, kinds } from './components.ts';
import type { FakeMessage } from './world.ts';

/** A component on a message that stands somewhere. */
export interface Found {
  readonly message: FakeMessage;
  readonly component: Component;
}

/** The newest component with these words on it; words that were cut count when they begin them. */
export function findComponent(
  messages: readonly FakeMessage[],
  words: string,
  labelsOf: (of: Component) => string[],
): Found {
  const newest = messages.toReversed();
  const ways = [
    (label: string) => label === words,
    (label: string) => label.endsWith('…') && words.startsWith(label.slice(0, -1)),
    (label: string) => label.startsWith(words),
  ];
  for (const matches of ways) {
    for (const message of newest) {
      const found = everyComponent(message.components).find(({ component }) =>
        labelsOf(component).some(matches),
      );
      if (found !== undefined) return { message, component: found.component };
    }
  }
  const there = newest.flatMap((message) =>
    everyComponent(message.components).flatMap(({ component }) => labelsOf(component)),
  );
  throw new Error(`There is no "${words}"; there are: ${there.join(', ')}`);
}

/** The words on a button that can be pressed. */
export const pressable = (component: Component): string[] =>
  component.type === kinds.button && component.custom_id && !component.disabled
    ? [component.label ?? component.emoji?.name ?? '']
    : [];

/** The words of what a select offers. */
export const choosable = (component: Component): string[] =>
  component.type === kinds.select && !component.disabled
    ? (component.options ?? []).map((option) => option.label)
    : [];
