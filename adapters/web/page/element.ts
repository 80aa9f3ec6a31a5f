type Attributes = Readonly<Record<string, string | boolean | number | undefined>>;

/** Makes an element. Text only ever arrives as text nodes, so nothing said can become markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/** An element that index.html promises. */
export function byId<E extends HTMLElement>(id: string, kind: new () => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`index.html has no ${kind.name} #${id}.`);
  return found;
}

const paths = {
  send: 'M10 16V4.500M4.800 9.700 10 4.500l5.200 5.200',
  attach:
    'M15.800 9.300l-5.900 5.900a3.700 3.700 0 0 1-5.200-5.200l6.300-6.300a2.500 2.500 0 0 1 3.500 3.500l-6.200 6.200a1.200 1.200 0 0 1-1.800-1.700l5.400-5.500',
  close: 'M5.500 5.500l9 9M14.500 5.500l-9 9',
  down: 'M10 4v12M4.800 10.800 10 16l5.200-5.200',
  check: 'M4.500 10.500l3.700 3.700 7.300-8',
  sun: 'M10 6.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7ZM10 2v1.500M10 16.500V18M2 10h1.500M16.500 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M4.300 15.700l1.100-1.100M14.600 5.400l1.100-1.100',
  moon: 'M16.500 11.800A7 7 0 0 1 8.200 3.500a7 7 0 1 0 8.300 8.300Z',
  auto: 'M3 4.500h14v9H3ZM7.500 16.500h5M10 13.500v3',
  file: 'M5.500 2.500h6l3.500 3.500v11.500h-9.500ZM11.500 2.500V6H15M8 10h4.500M8 13h4.500',
  download: 'M10 3.500v9M6 9l4 4 4-4M4 16.500h12',
} as const;

/** A line icon in the colour of its text, hidden from screen readers: the control carries the name. */
export function icon(name: keyof typeof paths): SVGSVGElement {
  return drawing('icon', paths[name]);
}

/** One path in a box of 20 by 20, hidden from screen readers. */
export function drawing(name: string, lines: string): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', name);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', lines);
  svg.append(path);
  return svg;
}
