import type { Logger } from '../../bot/ports.ts';
import { whereabouts } from './gate.ts';
import type { Delivery } from './payload.ts';
import type { Answers } from './response-url.ts';
import { richText } from './rich.ts';
import type { Sender } from './sender.ts';
import { readTicket, ticketOf } from './ticket.ts';
import { installationOf, type Workspaces, workspaceOf } from './workspaces.ts';

interface RegretPorts {
  readonly answers: Answers;
  readonly sender: Sender;
  readonly workspaces: Workspaces;
  readonly wallNow: () => number;
  readonly log: Logger;
}

/**
 * Tells a person that what they did could not be taken in: where they pressed it, and in their direct
 * chat when that was the Home tab or a shortcut, which have no address for answers.
 */
export function createRegret({ answers, sender, workspaces, wallNow, log }: RegretPorts) {
  async function tell(delivery: Delivery, text: string): Promise<void> {
    const url = 'response_url' in delivery ? delivery.response_url : undefined;
    const pressed = url === undefined ? null : readTicket(ticketOf(url, null, wallNow()));
    if (pressed !== null) {
      return answers.say(pressed, { text, blocks: [richText([[{ text }]])] });
    }
    if (!('type' in delivery) || !['block_actions', 'shortcut'].includes(delivery.type)) return;
    if (!('user' in delivery)) return;
    const at = await workspaceOf(workspaces, installationOf(whereabouts(delivery)) ?? '');
    await sender.say(at, delivery.user.id, text);
  }

  return (delivery: Delivery, text: string): void => {
    tell(delivery, text).catch(() => log.info({ platform: 'slack' }, 'a regret was not shown'));
  };
}
