import type { Body } from '../../bot/event.ts';

type Spoken = Extract<Body, { kind: 'text' | 'command' }>;

/** What somebody said in words; a name and nothing else is a greeting. */
export function spoken(words: string): Spoken {
  const text = words.trim();
  return readCommand(text) ?? { kind: 'text', text: text === '' ? 'hello' : text };
}

/** Where the client did not take it for a slash command: "/recommend now" typed as words. */
function readCommand(text: string): Spoken | null {
  const match = /^\/([a-z0-9_]{1,32})(?:\s+([\s\S]*))?$/i.exec(text);
  if (match === null) return null;
  return { kind: 'command', name: match[1].toLowerCase(), args: (match[2] ?? '').trim() };
}
