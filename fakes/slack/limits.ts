import { readSpec } from './schema.ts';

type Limits = { readonly [name: string]: Limits | number };

/** Every published length and count, by its path: `button.text` holds `max_length`. */
export function readLimits() {
  const limits = readSpec('slack/slackblocks/limits.json') as Limits;
  const platform = (readSpec('platform-limits.json') as { slack: Limits }).slack;

  function at(path: string): Readonly<Record<string, number>> {
    let here: Limits | number = limits;
    for (const part of path.split('.')) here = (here as Limits)[part];
    if (typeof here !== 'object') throw new Error(`There is no limit ${path}.`);
    return here as Readonly<Record<string, number>>;
  }

  return {
    blocksInMessage: Number(platform.blocks_message),
    tablesInMessage: Number(platform.tables_per_message),
    chartsInMessage: Number((platform.data_visualization as Limits).per_message),
    markdownInMessage: Number(platform.markdown_blocks_cumulative),
    safeCharacters: Number((platform.total_block_chars as Limits).safe),
    /** The undocumented end of it, as measured by others: text beyond this was refused. */
    mostCharacters: 13_200,
    ackMs: Number(platform.ack_ms),
    triggerMs: Number(platform.trigger_id_s) * 1_000,
    responseUses: Number((platform.response_url as Limits).uses),
    responseMs: Number((platform.response_url as Limits).minutes) * 60_000,
    /** What is wrong with a string's length, a list's count or a number's size; null when nothing. */
    broken(path: string, value: unknown): string | null {
      const limit = at(path);
      if (typeof value === 'number') {
        if (value < (limit.min ?? -Infinity)) return `must be at least ${limit.min}`;
        if (value > (limit.max ?? Infinity)) return `must be at most ${limit.max}`;
        if (value <= (limit.exclusive_min ?? -Infinity)) {
          return `must be more than ${limit.exclusive_min}`;
        }
        return null;
      }
      // Slack counts characters, not UTF-16 units.
      const items = Array.isArray(value);
      const size = items ? value.length : [...String(value)].length;
      const least = items ? limit.min_items : limit.min_length;
      const most = items ? limit.max_items : limit.max_length;
      const unit = items ? 'items' : 'characters';
      if (size > (most ?? Infinity)) return `must be no more than ${most} ${unit} allowed`;
      if (size < (least ?? 0)) return `must be at least ${least} ${unit}`;
      return null;
    },
  };
}

export type SlackLimits = ReturnType<typeof readLimits>;
