/** The longest message that is read as a goal or a question. */
export const MAX_MESSAGE = 2_000;
/** The longest message that is read as a list of holdings. */
export const MAX_LIST = 10_000;

const fractions: Readonly<Record<string, string>> = { '½': '.5', '¼': '.25', '¾': '.75' };

/**
 * Text from outside as one harmless line: NFKC-normalised, without control, bidi, zero-width and
 * private characters, white space collapsed, at most `max` UTF-16 units. For names, purposes and
 * everything the grammar reads.
 */
export function cleanText(text: string, max: number): string {
  return finish(strip(text, max).replace(/\s+/g, ' '), max);
}

/** Like {@link cleanText}, keeping line breaks, because lists of holdings are written in lines. */
export function cleanLines(text: string, max: number): string {
  return finish(
    strip(text, max)
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n[ \n]*/g, '\n'),
    max,
  );
}

// Cut before the costly steps and again after them: one code point can become eighteen under NFKC.
function strip(text: string, max: number): string {
  return text
    .slice(0, max * 4)
    .replace(/(\d?)([½¼¾])/g, (_, digit: string, sign: string) => `${digit || 0}${fractions[sign]}`)
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .normalize('NFKC')
    .slice(0, max * 4)
    .replace(/[‐‑−]/g, '-')
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(
      /[\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Variation_Selector}\u115f\u1160\u3164]|\u034f|\u17b4|\u17b5/gu,
      '',
    )
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1');
}

function finish(text: string, max: number): string {
  const cut = text.trim().slice(0, max).trimEnd();
  // A cut through a surrogate pair would leave half a character.
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
