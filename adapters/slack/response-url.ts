import { PortError } from '../../bot/errors.ts';
import type { Said } from './api.ts';
import { choices, limits } from './limits.ts';
import { tooFast } from './pace.ts';
import { escaped } from './rich.ts';
import type { ResponseAddress } from './ticket.ts';

const mostAddresses = 5_000;

interface Options {
  /** Slack's answers go to hooks.slack.com, or where another Slack is. */
  readonly apiRoot: string | undefined;
  /** Real time, by which Slack lets an address run out. */
  readonly wallNow: () => number;
}

/** Answers to interactions by their own address: five times within half an hour, seen by one person. */
export function createAnswers({ apiRoot, wallNow }: Options) {
  /** How often an address was used by this process. */
  const uses = new Map<string, number>();
  const host = apiRoot === undefined ? null : new URL(apiRoot).host;

  const allowed = (address: string) => {
    const url = URL.parse(address);
    if (url === null) return false;
    return host === null
      ? url.protocol === 'https:' && url.hostname === 'hooks.slack.com'
      : url.host === host;
  };

  const left = ({ url, until }: ResponseAddress): number => {
    if (until <= wallNow() || !allowed(url)) return 0;
    return Math.max(0, limits.responseUrl.uses - (uses.get(url) ?? 0));
  };

  function used(url: string, times: number): void {
    if (uses.size > mostAddresses) uses.clear();
    uses.set(url, times);
  }

  return {
    left,
    /**
     * Shows a message to the person alone; in place of the message that was pressed when `replace`.
     * @throws PortError 'gone' when the address is used up
     */
    async say(
      address: ResponseAddress,
      said: Said,
      options: { readonly replace?: boolean; readonly thread?: string } = {},
    ): Promise<void> {
      if (left(address) === 0) throw exhausted();
      used(address.url, (uses.get(address.url) ?? 0) + 1);
      let status: number;
      let body: string;
      let waitSeconds: number;
      try {
        const response = await fetch(address.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify({
            response_type: 'ephemeral',
            replace_original: options.replace ?? false,
            text: escaped(said.text),
            blocks: said.blocks,
            ...(options.thread === undefined ? {} : { thread_ts: options.thread }),
          }),
          redirect: 'error',
          signal: AbortSignal.timeout(choices.timeoutMs),
        });
        status = response.status;
        waitSeconds = Number(response.headers.get('retry-after') ?? 1) || 1;
        body = (await response.text()).slice(0, 500);
      } catch {
        // Without its cause, which quotes the address.
        throw new PortError('slack', 'unreachable', 'An answer to a press did not reach Slack.');
      }
      if (status < 300) return;
      if (/used_url|expired_url|no_such_url|no_service/.test(body)) {
        used(address.url, limits.responseUrl.uses);
        throw exhausted();
      }
      if (status === 429) throw tooFast(waitSeconds * 1_000);
      if (status >= 500) throw new PortError('slack', 'unreachable', `Slack answered ${status}.`);
      const why = /"error":"([a-z_]+)"/.exec(body)?.[1] ?? String(status);
      throw new PortError('slack', 'refused', `Slack refused an answer: ${why}`);
    },
  };
}

export type Answers = ReturnType<typeof createAnswers>;

function exhausted(): PortError {
  return new PortError('slack', 'gone', 'The address for answers is used up.');
}
