import type { Source } from '../event.ts';
import { formatMoment } from '../language/format.ts';
import type { Command, Context } from './command.ts';

/** Shown at once; the newest, because what is stuck now matters most. */
const most = 20;

/** What could not be answered or delivered, for those who run Keel; nothing that was said is in it. */
export function parked(admins: readonly string[]): Command {
  const nameOf = ({ platform, identity }: Source) => `${platform}:${identity}`;
  const isAdmin = (source: Source) => admins.includes(nameOf(source));
  return {
    name: 'parked',
    summary: 'For those who run me: what could not be answered or delivered',
    phrases: [],
    needs: 'nothing',
    offeredTo: isAdmin,
    async run(context) {
      const { source } = context.event;
      if (!isAdmin(source)) {
        return say(context, `That is for the people who run me; to me you are ${nameOf(source)}.`);
      }
      const { inbox, outbox } = context.read;
      const [events, replies] = [await inbox.parked(), await outbox.parked(most)];
      if (events.length + replies.length === 0) return say(context, 'Nothing is stuck.');
      const rows = [
        ...replies.map(({ id, platform: on, at, error }) => [
          `Reply ${id}`,
          on,
          formatMoment(at),
          error ?? 'unknown',
        ]),
        ...events
          .slice(-most)
          .map(({ id, event, attempts }) => [
            `Message ${id}`,
            event.source.platform,
            formatMoment(event.at),
            `a ${event.body.kind} that failed ${attempts} times; the log says why`,
          ]),
      ];
      const stuck = [
        replies.length < most
          ? counted(replies.length, 'undelivered repl', 'y', 'ies')
          : `the newest ${most} undelivered replies`,
        events.length <= most
          ? counted(events.length, 'unanswered message', '', 's')
          : `the newest ${most} of ${events.length} unanswered messages`,
      ].filter((each) => each !== '');
      return say(context, `Stuck: ${stuck.join(' and ')}. Kept, and not tried again.`, rows);
    },
  };
}

function counted(count: number, noun: string, one: string, many: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? one : many}`;
}

function say(context: Context, text: string, rows: readonly (readonly string[])[] = []) {
  const labels = ['What', 'Where', 'Since', 'Why'];
  return {
    replies: [
      {
        key: context.newId(),
        visibility: 'private' as const,
        notify: 'normal' as const,
        blocks: [
          { kind: 'text' as const, text },
          ...(rows.length === 0
            ? []
            : [
                {
                  kind: 'table' as const,
                  columns: labels.map((label) => ({ label, align: 'left' as const })),
                  rows,
                },
              ]),
        ],
        actions: [],
      },
    ],
  };
}
