import { createAttachment } from './attachment.ts';
import type { Deliveries } from './deliveries.ts';
import { byId, icon } from './element.ts';
import { createSuggestions, type KnownCommand } from './suggestions.ts';

/** The message field with its file, its command list and its send button. */
export function createComposer(deliveries: () => Deliveries, problem: (text: string) => void) {
  const form = byId('composer', HTMLFormElement);
  const input = byId('composer-text', HTMLTextAreaElement);
  const sendButton = byId('send', HTMLButtonElement);
  const attachment = createAttachment(problem, () => {
    refresh();
    input.focus();
  });
  const suggestions = createSuggestions(input, (command) => {
    input.value = `/${command.name}`;
    send();
  });
  let longest = Number.POSITIVE_INFINITY;

  function refresh(): void {
    sendButton.disabled = input.value.trim() === '' && attachment.get() === null;
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 180)}px`;
  }

  function send(): void {
    const text = input.value.trim();
    const file = attachment.get();
    if (text === '' && file === null) return;
    if (text.length > longest) {
      const most = longest.toLocaleString('en-US');
      const long = text.length.toLocaleString('en-US');
      problem(`That is too long: ${long} characters, and at most ${most} fit in one message.`);
      return;
    }
    problem('');
    if (file !== null) {
      deliveries().sendFile(file, text);
      attachment.clear();
    } else {
      deliveries().send('messages', { text }, text);
    }
    input.value = '';
    suggestions.hide();
    refresh();
  }

  sendButton.append(icon('send'));
  input.addEventListener('input', refresh);
  input.addEventListener('keydown', (event) => {
    // While an input method composes, Enter belongs to it.
    if (event.isComposing) return;
    if (suggestions.key(event)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  refresh();

  return {
    focus: () => input.focus(),
    know(commands: readonly KnownCommand[]): void {
      suggestions.know(commands);
    },
    limit(limits: { readonly textLength: number; readonly fileBytes: number }): void {
      longest = limits.textLength;
      attachment.limit(limits.fileBytes);
    },
    /** Gives back words that the server did not take, unless others have been begun. */
    giveBack(text: string): void {
      if (input.value === '') input.value = text;
      refresh();
    },
  };
}
