import { element } from './element.ts';

/** Text with `**bold**`, its only markup, as nodes. */
export function words(text: string): (Node | string)[] {
  return text
    .split(/(\*\*[^*\n]+\*\*)/)
    .filter((part) => part !== '')
    .map((part) =>
      /^\*\*[^*\n]+\*\*$/.test(part) ? element('strong', {}, part.slice(2, -2)) : part,
    );
}

/** Paragraphs where the text leaves a blank line; single line breaks stay line breaks. */
export function paragraphs(text: string, className: string): HTMLElement[] {
  return text
    .split(/\n{2,}/)
    .map((part) => element('p', { class: className, dir: 'auto' }, ...words(part)));
}

export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`;
  return `${(bytes / (1024 * 1024)).toFixed(1)} MB`;
}

export function timeInWords(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

/** "1 June 2032", where the reader is unless a zone is given. */
export function dayInWords(at: number, timeZone?: string): string {
  return new Date(at).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  });
}
