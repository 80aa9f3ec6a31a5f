import type { Block, Reply } from '../../bot/reply.ts';

/**
 * Words with commands as people can type them here: Slack swallows "/help" and hands over "/keel
 * help". A command with a code in it is typed in another chat, so it stays.
 */
export function spelled(text: string, commands: ReadonlySet<string>): string {
  return text.replaceAll(
    /(?<![\w/.])\/([a-z]{2,32})(?![\w/])(?! [0-9A-Z]{4}-[0-9A-Z]{4})/g,
    (all, name: string) => (commands.has(name) ? `/keel ${name}` : all),
  );
}

/** A reply whose words name commands that way; what buttons and files hold stays. */
export function spelledReply(reply: Reply, commands: ReadonlySet<string>): Reply {
  const say = (text: string) => spelled(text, commands);
  const blocks = reply.blocks.map((block): Block => {
    switch (block.kind) {
      case 'text':
      case 'notice':
        return { ...block, text: say(block.text) };
      case 'facts':
        return {
          ...block,
          facts: block.facts.map(({ label, value }) => ({ label: say(label), value: say(value) })),
        };
      case 'table':
        return { ...block, rows: block.rows.map((row) => row.map(say)) };
      default:
        return block;
    }
  });
  return { ...reply, blocks };
}
