import type { App } from '@slack/bolt';
import { PortError } from '../../bot/errors.ts';
import type { Logger } from '../../bot/ports.ts';
import type { Delivery } from './payload.ts';
import { within } from './within.ts';

/** What becomes of a delivery: acknowledged, or left for Slack to send again. */
export type Settled =
  | { readonly kind: 'acknowledged'; readonly answer: object | undefined }
  | { readonly kind: 'again' };

const notStored =
  'I could not take that in just now. Please wait a moment, and try again if nothing happens.';

interface Options {
  readonly log: Logger;
  /** Says a sentence to the person who pressed. */
  readonly tell: (delivery: Delivery, sentence: string) => void;
}

/**
 * Runs a delivery through Bolt and holds its acknowledgement back until what it asked is stored:
 * Bolt itself would acknowledge events first. What is not stored in time is not acknowledged where
 * Slack sends it again, and answered in words where it does not.
 */
export function createSettle({ log, tell }: Options) {
  function failed(delivery: Delivery, error: unknown): Settled {
    const code = error instanceof PortError ? error.code : 'fault';
    const kind = 'type' in delivery ? delivery.type : 'command';
    log.error({ platform: 'slack', kind, error: code }, 'a delivery was not stored');
    return inWords(delivery, tell);
  }

  return {
    failed,
    /** @param ms until Slack must have its answer */
    async run(
      app: App,
      body: Record<string, unknown>,
      delivery: Delivery,
      retry: number,
      ms: number,
    ): Promise<Settled> {
      let answer: object | undefined;
      const ack = async (given?: unknown) => {
        if (typeof given === 'object' && given !== null) answer = given;
      };
      const event = { body, ack, ...(retry > 0 ? { retryNum: retry } : {}) };
      try {
        await within(ms, app.processEvent(event));
        return { kind: 'acknowledged', answer };
      } catch (error) {
        return failed(delivery, error);
      }
    },
  };
}

export type Settle = ReturnType<typeof createSettle>;

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
