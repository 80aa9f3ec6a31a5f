import type { ProposalState } from '../advice/types.ts';
import { formatMinor, formatMoment } from '../language/format.ts';
import type { Command } from './command.ts';

const stateWords: Readonly<Record<ProposalState, string>> = {
  proposed: 'proposed, waiting for you',
  approved: 'approved, waiting for you',
  confirmed: 'confirmed',
  submitting: 'being carried out',
  'partly-filled': 'partly filled',
  filled: 'filled',
  failed: 'stopped',
  cancelled: 'cancelled by you',
  declined: 'declined',
  expired: 'expired',
  superseded: 'replaced by a newer one',
};

/** What was advised and what was done, newest first. */
export const history: Command = {
  name: 'history',
  summary: 'What I advised and what was done',
  phrases: [
    'history',
    'past advice',
    'what did you recommend before',
    'what was done',
    'past trades',
  ],
  needs: 'consent',
  run: async (context) => {
    const [advice, proposals] = await Promise.all([
      context.read.recommendations.list(context.person, 20),
      context.read.proposals.list(context.person, 20),
    ]);
    const rows = [
      ...advice.map((each) => ({
        at: each.createdAt,
        what: 'Advice',
        outcome: `record ${each.id.slice(0, 8)}, engine ${each.engineVersion}`,
      })),
      ...proposals.map((each) => ({
        at: each.createdAt,
        what: `Rebalance, ${each.legs.length === 1 ? '1 trade' : `${each.legs.length} trades`} of ${formatMinor(each.legs.reduce((sum, leg) => sum + leg.amount.minor, 0n))}`,
        outcome: `${stateWords[each.state]}${each.reason === null ? '' : `: ${each.reason}`}`,
      })),
    ].sort((a, b) => b.at - a.at);
    return {
      replies: [
        {
          key: context.newId(),
          visibility: 'private',
          notify: 'normal',
          blocks:
            rows.length === 0
              ? [{ kind: 'text', text: 'Nothing yet: I have not advised you on anything.' }]
              : [
                  { kind: 'text', style: 'title', text: 'What I advised and what was done' },
                  {
                    kind: 'table',
                    columns: [
                      { label: 'When', align: 'left' },
                      { label: 'What', align: 'left' },
                      { label: 'Outcome', align: 'left' },
                    ],
                    rows: rows
                      .slice(0, 20)
                      .map((row) => [formatMoment(row.at), row.what, row.outcome]),
                  },
                ],
          actions: [
            {
              kind: 'choice',
              label: rows.length === 0 ? 'Recommend' : 'Recommend again',
              do: { name: 'command', args: { name: 'recommend' } },
            },
          ],
        },
      ],
    };
  },
};
