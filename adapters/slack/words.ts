/** The words that a block says, in order: for the text beside it, and to count them. */
export function wordsOfBlock(block: unknown): string {
  return collected(block)
    .map((words) => words.trim())
    .filter((words) => words !== '')
    .join('\n');
}

/** Letters that count towards a message's limit. */
export function lettersOfBlock(block: unknown): number {
  return collected(block).reduce((sum, words) => sum + words.length, 0);
}

/** A run of rich text is one piece of words, so that its lines stay whole. */
function collected(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(collected);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Readonly<Record<string, unknown>>;
  const type = String(node.type ?? '');
  if (/^rich_text_(section|quote|preformatted)$/.test(type)) {
    return [(node.elements as readonly { text?: string }[]).map((one) => one.text ?? '').join('')];
  }
  if (type === 'rich_text_list') return collected(node.elements).map((words) => `• ${words}`);
  if (type === 'mrkdwn') return [plainOf(String(node.text))];
  const found: string[] = [];
  for (const [name, inside] of Object.entries(node)) {
    if (typeof inside === 'string') {
      if (name === 'text' || name === 'alt_text') found.push(inside);
    } else found.push(...collected(inside));
  }
  return found;
}

/** Our own mrkdwn, which holds bold words and the three escapes and nothing else. */
function plainOf(mrkdwn: string): string {
  return mrkdwn
    .replaceAll('*', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
