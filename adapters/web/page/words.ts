import { element } from './element.ts';

/** Text with `**bold**`, its only markup, as nodes. A number and its % stay on one line. */
export function words(text: string): (Node | string)[] {
  return text
    .replaceAll(/(\d) %/g, '$1\u00A0%')
    .split(/(\*\*[^*\n]+\*\*)/)
    .filter((part) => part !== '')
    .map((part) =>
      /^\*\*[^*\n]+\*\*$/.test(part) ? element('strong', {}, part.slice(2, -2)) : part,
    );
}

/**
 * Paragraphs where the text leaves a blank line; single line breaks stay line breaks, and lines that
 * begin with a bullet are a list.
 */
export function paragraphs(text: string, className: string): HTMLElement[] {
  const views: HTMLElement[] = [];
  for (const part of text.split(/\n{2,}|\n(?=• )/)) {
    const [line, ...rest] = part.startsWith('• ') ? part.slice(2).split('\n') : [null, part];
    if (line !== null) {
      const list = views.at(-1);
      const item = element('li', { dir: 'auto' }, ...words(line));
      if (list instanceof HTMLUListElement) list.append(item);
      else views.push(element('ul', { class: `points ${className}` }, item));
    }
    if (rest.length > 0) {
      views.push(element('p', { class: className, dir: 'auto' }, ...words(rest.join('\n'))));
    }
  }
  return views;
}

export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`;
  return `${(bytes / (1024 * 1024)).toFixed(1)} MB`;
}

export function timeInWords(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' });
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
