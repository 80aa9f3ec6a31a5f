import { formatMoment } from '../language/format.ts';
import type { Command } from './command.ts';

/** Everything held about the person, as one JSON file. */
export const exportData: Command = {
  name: 'export',
  summary: 'Everything I hold about you, as a JSON file',
  phrases: ['export my data', 'download my data', 'what do you know about me', 'my data'],
  needs: 'nothing',
  run: async (context) => {
    const data = await context.read.export(context.person);
    const content = `${JSON.stringify(data, null, 2)}\n`;
    return {
      replies: [
        {
          key: context.newId(),
          visibility: 'private',
          notify: 'normal',
          blocks: [
            {
              kind: 'text',
              text: `This is everything I hold about you, as of ${formatMoment(context.now)}.`,
            },
            {
              kind: 'file',
              name: `keel-export-${new Date(context.now).toISOString().slice(0, 10)}.json`,
              mediaType: 'application/json',
              content,
            },
          ],
          actions: [
            {
              kind: 'choice',
              label: 'Erase my data',
              do: { name: 'command', args: { name: 'forget' } },
            },
          ],
        },
      ],
      commit: async (tx) => {
        await tx.audit.append({
          workspace: context.person.workspace,
          actor: context.person.person,
          person: context.person.person,
          kind: 'exported',
          payload: { bytes: content.length },
          at: context.now,
        });
        return undefined;
      },
    };
  },
};
