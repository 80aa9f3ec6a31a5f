import type { App } from '@slack/bolt';
import { PortError } from '../../bot/errors.ts';
import type { Logger } from '../../bot/ports.ts';
import type { Delivery } from './payload.ts';

/** What becomes of a delivery: acknowledged, or left for Slack to send again. */
export type Settled =
  | { readonly kind: 'acknowledged'; readonly answer: object | undefined }
  | { readonly kind: 'again' };

const notStored =
  'I could not take that in just now. Nothing was done; please try again in a minute.';

interface Options {
  readonly log: Logger;
  /** Slack is answered after so long at the latest. */
  readonly ackMs: number;
  /** Says a sentence to the person who pressed. */
  readonly tell: (delivery: Delivery, sentence: string) => void;
}

/**
 * Runs a delivery through Bolt and holds its acknowledgement back until what it asked is stored:
 * Bolt itself would acknowledge events first. What is not stored in time is not acknowledged where
 * Slack sends it again, and answered in words where it does not.
 */
export function createSettle({ log, ackMs, tell }: Options) {
  return async (
    app: App,
    body: Record<string, unknown>,
    delivery: Delivery,
    retry: number,
  ): Promise<Settled> => {
    let answer: object | undefined;
    const ack = async (given?: unknown) => {
      if (typeof given === 'object' && given !== null) answer = given;
    };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new PortError('slack', 'timeout', 'It was not stored in time.')),
        ackMs,
      );
    });
    const work = app.processEvent({ body, ack, ...(retry > 0 ? { retryNum: retry } : {}) });
    try {
      await Promise.race([work, late]);
      return { kind: 'acknowledged', answer };
    } catch (error) {
      work.catch((failure: unknown) => {
        if (failure !== error) log.warn({ platform: 'slack' }, 'a late delivery failed as well');
      });
      const code = error instanceof PortError ? error.code : 'fault';
      const kind = 'type' in delivery ? delivery.type : 'command';
      log.error({ platform: 'slack', kind, error: code }, 'a delivery was not stored');
      return inWords(delivery, tell);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Slack sends events again; of everything else the person has to be told. */
function inWords(delivery: Delivery, tell: Options['tell']): Settled {
  if (!('type' in delivery)) {
    const answer = { response_type: 'ephemeral', text: notStored };
    return { kind: 'acknowledged', answer };
  }
  switch (delivery.type) {
    case 'event_callback':
      return { kind: 'again' };
    case 'view_submission': {
      const field = delivery.view.blocks.find(({ type }) => type === 'input')?.block_id;
      if (field === undefined) return { kind: 'again' };
      // The form stays open with what was typed.
      const errors = { [field]: notStored };
      return { kind: 'acknowledged', answer: { response_action: 'errors', errors } };
    }
    default:
      tell(delivery, notStored);
      return { kind: 'acknowledged', answer: undefined };
  }
}
