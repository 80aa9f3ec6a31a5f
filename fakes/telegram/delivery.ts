import { Refused } from './methods.ts';
import type { FakeUpdate, World } from './world.ts';

interface Poll {
  readonly offset: number;
  readonly limit: number;
  end(outcome: FakeUpdate[] | Refused): void;
}

/** How updates reach the bot: by its polls, or posted to its webhook with the secret. */
export function createDelivery(world: World) {
  let open: Poll | null = null;
  let posting: Promise<unknown> = Promise.resolve();

  function ready(offset: number, limit: number): FakeUpdate[] {
    world.updates = world.updates.filter((update) => update.update_id >= offset);
    const again = world.again.splice(0, limit);
    return [...again, ...world.updates.slice(0, limit - again.length)];
  }

  function wake(): void {
    if (open === null) return;
    const updates = ready(open.offset, open.limit);
    if (updates.length > 0) open.end(updates);
  }

  async function post(update: FakeUpdate): Promise<number> {
    const { url, secret } = world.webhook;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret === '' ? {} : { 'x-telegram-bot-api-secret-token': secret }),
      },
      body: JSON.stringify(update),
    });
    return response.status;
  }

  return {
    getUpdates(params: Readonly<Record<string, unknown>>): Promise<FakeUpdate[]> {
      if (world.webhook.url !== '') {
        throw new Refused(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      }
      // The newer poll wins; the older hears of it.
      open?.end(
        new Refused(
          409,
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        ),
      );
      const offset = Number(params.offset ?? 0);
      const limit = Number(params.limit ?? 100);
      const updates = ready(offset, limit);
      const seconds = Number(params.timeout ?? 0);
      if (updates.length > 0 || seconds === 0) return Promise.resolve(updates);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => poll.end([]), seconds * 1_000);
        const poll: Poll = {
          offset,
          limit,
          end(outcome) {
            clearTimeout(timer);
            if (open === poll) open = null;
            if (outcome instanceof Refused) reject(outcome);
            else resolve(outcome);
          },
        };
        open = poll;
      });
    },
    /** Ends an open poll as another poller, a revoked token or a new webhook would. */
    interrupt(why: Refused): void {
      open?.end(why);
    },
    setWebhook(params: Readonly<Record<string, unknown>>): boolean {
      const url = String(params.url ?? '');
      const secret = String(params.secret_token ?? '');
      if (!/^https:/.test(url) && !/^http:\/\/127\.0\.0\.1:/.test(url)) {
        throw new Refused(
          400,
          'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
        );
      }
      if (secret !== '' && !/^[A-Za-z0-9_-]{1,256}$/.test(secret)) {
        throw new Error('Bad Request: secret token contains unallowed characters');
      }
      world.webhook = { url, secret };
      return true;
    },
    push(update: FakeUpdate): void {
      if (world.webhook.url === '') {
        world.updates.push(update);
        wake();
        return;
      }
      // As Telegram: one after the other, again until it is answered with 200.
      posting = posting.then(async () => {
        for (let attempt = 0; attempt < 5; attempt++) {
          if ((await post(update).catch(() => 0)) === 200) return;
        }
        world.violations.push(`the webhook never took update ${update.update_id}`);
      });
    },
    /** Delivers an update once more, as Telegram does when an answer got lost. */
    repeat(update: FakeUpdate): void {
      if (world.webhook.url !== '') posting = posting.then(() => post(update));
      else {
        world.again.push(update);
        wake();
      }
    },
    post,
    posted: () => posting,
  };
}

export type Delivery = ReturnType<typeof createDelivery>;
