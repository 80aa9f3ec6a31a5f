import { EngineError } from '../engine/errors.ts';
import type { Outcome } from './commands/command.ts';
import { PortError, Refusal } from './errors.ts';
import type { Draft } from './reply.ts';

/** A short private message of one notice, with a way on. */
export function notice(
  key: string,
  tone: 'warning' | 'error',
  text: string,
  actions: Draft['actions'] = [],
): Draft {
  return {
    key,
    visibility: 'private',
    notify: 'normal',
    blocks: [{ kind: 'notice', tone, text }],
    actions,
  };
}

const help: Draft['actions'] = [
  { kind: 'choice', label: 'What can you do?', do: { name: 'command', args: { name: 'help' } } },
];

/**
 * The reply that an error comes to, or null when it is a fault that must be retried and, if it
 * stays, parked. Expected situations and mathematics speak for themselves; ports say which part of
 * the world failed and that nothing was lost.
 */
export function errorReply(error: unknown, key: string): Outcome | null {
  if (error instanceof Refusal) return { replies: [notice(key, 'warning', error.message, help)] };
  if (error instanceof EngineError) {
    return {
      replies: [notice(key, 'warning', `I could not compute that. ${error.message}`, help)],
    };
  }
  if (error instanceof PortError && error.port !== 'store') {
    return {
      replies: [
        notice(
          key,
          'error',
          `${error.message} Nothing was changed and nothing is lost; please try again in a moment.`,
          help,
        ),
      ],
    };
  }
  return null;
}

/** What a person hears when their message was parked after repeated faults. */
export function parkedReply(key: string, reference: number): Draft {
  return notice(
    key,
    'error',
    `Something on my side broke while I worked on that. I kept your message (number ${reference}) for the people who run me, and nothing was bought or sold. You can go on with anything else.`,
    help,
  );
}
