import { MessageFlags, Routes } from 'discord.js';
import type { Timer } from '../timer.ts';
import type { Api, Method } from './api.ts';
import { isDeadTicket, isUnknownMessage } from './faults.ts';
import type { Prepared } from './prepare.ts';
import type { Standing } from './standing.ts';
import type { Pass } from './ticket.ts';
import type { Tickets } from './tickets.ts';

interface Made {
  readonly id: string;
  readonly flags?: number;
}

const original = '@original';
/** Between two tries while Discord may not know of our acknowledgement yet. */
const againMs = 150;

/** The requests by which messages come, change and go. */
export function createMail(ports: {
  readonly api: Api;
  readonly tickets: Tickets;
  readonly timer: Timer;
  readonly application: () => string;
}) {
  const { api, tickets, timer, application } = ports;

  /** A request by the token of an interaction; by HTTP it may overtake the acknowledgement. */
  async function byToken<T>(
    method: Method,
    token: string,
    message: string | null,
    given?: Prepared,
  ): Promise<T> {
    const route =
      message === null
        ? Routes.webhook(application(), token)
        : Routes.webhookMessage(application(), token, message);
    for (;;) {
      try {
        return await api.call<T>(method, route, { auth: false, ...given });
      } catch (error) {
        const early = isDeadTicket(error) || isUnknownMessage(error);
        if (!early || !tickets.fresh(token)) throw error;
        await timer.wait(againMs);
      }
    }
  }

  return {
    /** Whether a message that says "thinking" still waits to be filled. */
    async lookAt({ token }: Pass): Promise<'waits' | 'done' | 'dead'> {
      try {
        const { flags = 0 } = await byToken<Made>('GET', token, original);
        return (flags & MessageFlags.Loading) === 0 ? 'done' : 'waits';
      } catch (error) {
        if (isDeadTicket(error)) return 'dead';
        if (isUnknownMessage(error)) return 'done';
        throw error;
      }
    },
    /** Fills what waits. @returns the id of the message */
    async fill({ token }: Pass, message: Prepared): Promise<string> {
      return (await byToken<Made>('PATCH', token, original, message)).id;
    },
    /** What waits goes away. */
    async unwait({ token }: Pass): Promise<void> {
      await byToken('DELETE', token, original);
    },
    /** Says something that only the person sees. */
    async whisper({ token }: Pass, { body, files }: Prepared): Promise<string> {
      const flags = body.flags | MessageFlags.Ephemeral;
      return (await byToken<Made>('POST', token, null, { body: { ...body, flags }, files })).id;
    },
    /** Says something in a channel; the same nonce says it once within some minutes. */
    async post(
      channel: string,
      { body, files }: Prepared,
      { nonce, silent }: { readonly nonce: string; readonly silent: boolean },
    ): Promise<string> {
      const flags = body.flags | (silent ? MessageFlags.SuppressNotifications : 0);
      const made = await api.call<Made>('POST', Routes.channelMessages(channel), {
        body: { ...body, flags, nonce, enforce_nonce: true },
        files,
      });
      return made.id;
    },
    /** @param pass of a press on the very message, which can edit it whatever its age */
    async edit(standing: Standing, message: Prepared, pass: Pass | null): Promise<void> {
      if (standing.kind === 'open') {
        const route = Routes.channelMessage(standing.channel, standing.message);
        await api.call('PATCH', route, message);
      } else if (pass !== null && pass.pressed === standing.message) {
        await byToken('PATCH', pass.token, original, message);
      } else await byToken('PATCH', standing.token, standing.message, message);
    },
    async remove(standing: Standing, pass: Pass | null): Promise<void> {
      if (standing.kind === 'open') {
        await api.call('DELETE', Routes.channelMessage(standing.channel, standing.message));
      } else if (pass !== null && pass.pressed === standing.message) {
        await byToken('DELETE', pass.token, original);
      } else await byToken('DELETE', standing.token, standing.message);
    },
  };
}

export type Mail = ReturnType<typeof createMail>;
