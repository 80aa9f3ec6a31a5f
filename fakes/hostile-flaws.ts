import type { Reply } from '../bot/reply.ts';
import { replyText } from './hostile-bench.ts';

/** What no person should ever read, unless it is their own word given back. */
const leaks: readonly RegExp[] = [
  /undefined/,
  /\bNaN\b/,
  /\bnull\b/,
  /\[object/,
  /infinity/i,
  /\b\w*Error\b/,
  /\bat \S+ \(?(?:file:|\/)/,
  /node_modules|node:internal|\.ts:\d/,
  /failed query|insert into|select .* from|violates|constraint "|syntax error/i,
  /\bE(?:CONN|NOENT|ACCES|PIPE|BADF)\w*/,
  /something on my side broke/i,
  /\bZod|\bstack\b/,
];

/** What must not be given back even when it came in: it changes how the rest is read, or breaks it. */
const poison: readonly RegExp[] = [
  /[\u202a-\u202e\u2066-\u2069]/,
  /(?![\n\t])\p{Cc}/u,
  /[\u200b\ufeff]/,
];

const waysOn = /\/[a-z]+|for example|please|type |send |press |say |tell |try |instead/i;

/** Everything that is wrong with the answer to an input; empty when a person can live with it. */
export function flawsIn(input: string, replies: readonly Reply[]): readonly string[] {
  const flaws: string[] = [];
  if (replies.length === 0) flaws.push('no reply at all');
  for (const reply of replies) {
    const said = replyText(reply);
    if (said.trim() === '') flaws.push('an empty reply');
    if (said.length > 20_000) flaws.push(`a reply of ${said.length} characters`);
    if (!said.isWellFormed()) flaws.push('half a character');
    for (const leak of leaks) {
      const found = leak.exec(said)?.[0];
      if (found !== undefined && !input.toLowerCase().includes(found.toLowerCase())) {
        flaws.push(`says "${found}"`);
      }
    }
    for (const sign of poison) {
      if (sign.test(said)) flaws.push(`gives back a hidden character ${sign}`);
    }
  }
  const last = replies.at(-1);
  if (last && last.actions.length === 0 && !waysOn.test(replyText(last))) {
    flaws.push('a dead end: no button and no word on how to go on');
  }
  return flaws.map(
    (flaw) =>
      `${flaw}, to ${JSON.stringify(input.slice(0, 200))}: ${replies.map(replyText).join('\n').slice(0, 600)}`,
  );
}
