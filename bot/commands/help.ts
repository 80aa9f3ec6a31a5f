import type { Command } from './command.ts';

/** What Keel can do, read from the one command table. */
export function help(table: () => readonly Command[]): Command {
  return {
    name: 'help',
    summary: 'What I can do',
    phrases: ['help', 'what can you do', 'commands', 'options', 'menu', 'how does this work'],
    needs: 'nothing',
    run: async (context) => ({
      replies: [
        {
          key: context.newId(),
          visibility: 'private',
          notify: 'normal',
          blocks: [
            { kind: 'text', style: 'title', text: 'What I can do' },
            {
              kind: 'facts',
              facts: table()
                .filter(({ offeredTo }) => offeredTo?.(context.event.source) ?? true)
                .map(({ name, summary }) => ({ label: `/${name}`, value: summary })),
            },
            {
              kind: 'text',
              style: 'small',
              text: 'You can also just write: "20k towards a house by June 2032, adding 500 a month", or "12 SPY, 3.5 BTC, 4000 cash".',
            },
          ],
          actions: ['recommend', 'portfolio', 'goal'].map((name) => ({
            kind: 'choice',
            label: `/${name}`,
            do: { name: 'command', args: { name } },
          })),
        },
      ],
    }),
  };
}
