import type { PortError } from '../../bot/errors.ts';
import type { Destination, Images, Logger } from '../../bot/ports.ts';
import type { Reply } from '../../bot/reply.ts';
import type { Timer } from '../timer.ts';
import type { Direct } from './direct.ts';
import { faultOf, isDeadTicket, isUnknownMessage } from './faults.ts';
import { choices, limits } from './limits.ts';
import type { Mail } from './mail.ts';
import { digest, nonceOf } from './nonce.ts';
import { isEditable, lateText, passOf, type Target, targetFor } from './place.ts';
import { plan, type Step } from './plan.ts';
import { prepare } from './prepare.ts';
import { type Part, render } from './render.ts';
import { readStanding, type Standing, standingId } from './standing.ts';
import type { Pass } from './ticket.ts';
import type { Tickets } from './tickets.ts';

export interface SenderPorts {
  readonly mail: Mail;
  readonly direct: Direct;
  readonly tickets: Tickets;
  readonly images: Images;
  /** Real time, by which Discord lets permissions run out. */
  readonly wallNow: () => number;
  readonly log: Logger;
  readonly timer: Timer;
}

interface Job {
  readonly name: string;
  readonly reply: Reply;
  readonly target: Target;
  /** The permission of what is answered, while it works. */
  readonly pass: Pass | null;
  /** null when the answer is hidden in a server. */
  readonly channel: string | null;
  readonly steps: readonly Step[];
}

/** Replies whose delivery broke off are remembered so that what was delivered is not sent again. */
const mostUnfinished = 1_000;
/** A permission that is good for longer than this was given some seconds ago. */
const justIssuedMs = limits.ticketMs - choices.ticketMarginMs - 5_000;

/** Carries replies out, message by message. */
export function createSender(ports: SenderPorts) {
  const { mail, direct, tickets, images, wallNow, log, timer } = ports;
  const unfinished = new Map<string, string[]>();
  const running = new Map<string, Promise<readonly string[]>>();

  /** The permission of what is being answered, once Discord has accepted that it was taken in. */
  async function workingPass(to: Destination) {
    const ticket = passOf(to, wallNow());
    if (ticket === null) return null;
    const { pass } = ticket;
    let state = await tickets.state(pass.token);
    if (state === null && ticket.until - wallNow() > justIssuedMs) tickets.adopt(pass);
    if (state === null && pass.waits) {
      // Another process answered it, or an earlier life of this one: Discord knows whether it waits.
      state = await mail.lookAt(pass);
      tickets.set(pass.token, state);
    }
    return state === 'dead' ? null : ticket;
  }

  async function prepared(to: Destination, reply: Reply, previous: readonly string[] | null) {
    const ticket = await workingPass(to);
    const target = targetFor(to, reply, ticket);
    const late = target.kind === 'direct' && ticket === null && cameFromServer(to);
    const parts = made(late ? withNote(reply) : reply);
    const channel =
      target.kind === 'channel'
        ? target.channel
        : target.kind === 'direct'
          ? await direct.channelOf(target.person)
          : null;
    const standing = (previous ?? []).flatMap((id) => readStanding(id) ?? []);
    const now = wallNow();
    const steps = plan(parts, standing, (each) => isEditable(each, target, channel, now));
    const pass = ticket?.pass ?? null;
    const name = digest([target.kind, pass?.token, channel, reply.key, steps]);
    return { name, reply, target, pass, channel, steps };
  }

  async function send(job: Job, part: Part, at: number, again = false): Promise<string> {
    const { target, channel, reply } = job;
    const message = await prepare(part, images, log);
    const pass = target.kind === 'channel' ? null : target.pass;
    if (pass?.waits && (await tickets.state(pass.token)) === 'waits') {
      const made = await mail.fill(pass, message).catch((error: unknown) => {
        if (target.kind === 'hidden' || !isDeadTicket(error)) throw error;
        return null;
      });
      tickets.set(pass.token, made === null ? 'dead' : 'done');
      if (made !== null) return standingId(standingIn(target, channel, made));
    }
    if (target.kind === 'hidden') {
      return standingId(standingIn(target, null, await mail.whisper(target.pass, message)));
    }
    const nonce = nonceOf([channel, reply.key, at, part, again]);
    const silent = reply.notify === 'silent';
    const sent = await mail.post(channel!, message, { nonce, silent });
    return standingId(standingIn(target, channel, sent));
  }

  async function edit(job: Job, step: Extract<Step, { do: 'edit' }>, at: number): Promise<string> {
    const { standing, part } = step;
    const pass = job.target.kind === 'hidden' ? job.target.pass : null;
    try {
      await mail.edit(standing, await prepare(part, images, log), pass);
    } catch (error) {
      if (!isUnknownMessage(error) && !(standing.kind === 'hidden' && isDeadTicket(error))) {
        throw error;
      }
      return send(job, part, at, true);
    }
    if (standing.kind === 'open' || pass?.pressed !== standing.message) return standingId(standing);
    return standingId(standingIn(job.target, null, standing.message));
  }

  /** What is left over goes, where it can still be reached. */
  async function remove(job: Job, standing: Standing): Promise<string> {
    const pass = job.target.kind === 'hidden' ? job.target.pass : null;
    const reachable =
      standing.kind === 'open' || standing.until > wallNow() || pass?.pressed === standing.message;
    if (!reachable) return '';
    await mail.remove(standing, pass).catch((error: unknown) => {
      const fault = faultOf(error);
      if (fault.code !== 'refused') throw error;
      log.info({ why: fault.message }, 'a message that was left over stays');
    });
    return '';
  }

  function carryOut(job: Job, step: Step, at: number): Promise<string> {
    if (step.do === 'remove') return remove(job, step.standing);
    return step.do === 'send' ? send(job, step.part, at) : edit(job, step, at);
  }

  function remember(name: string, done: string[]): void {
    for (const oldest of unfinished.keys()) {
      if (unfinished.size < mostUnfinished) break;
      unfinished.delete(oldest);
    }
    unfinished.set(name, done);
  }

  async function carryAll(job: Job): Promise<readonly string[]> {
    const began = timer.now();
    const done = unfinished.get(job.name) ?? [];
    unfinished.delete(job.name);
    try {
      for (const [at, step] of job.steps.entries()) {
        if (at >= done.length) done.push(await carryOut(job, step, at));
      }
      await tidy(job);
    } catch (error) {
      if (done.length > 0) remember(job.name, done);
      throw error;
    }
    // Who waited may have given up meanwhile, and asks for the same once more.
    if (timer.now() - began > choices.longDeliveryMs) remember(job.name, done);
    return done.filter((id) => id !== '');
  }

  /** Where the answer was an edit elsewhere, nothing waits any more. */
  async function tidy({ pass }: Job): Promise<void> {
    if (!pass?.waits || (await tickets.state(pass.token)) !== 'waits') return;
    tickets.set(pass.token, 'done');
    await mail.unwait(pass).catch((error: unknown) => {
      log.info({ why: faultOf(error).code }, 'what was waiting stays');
    });
  }

  async function deliver(
    to: Destination,
    reply: Reply,
    previous: readonly string[] | null,
  ): Promise<readonly string[]> {
    const job = await prepared(to, reply, previous);
    const known = running.get(job.name);
    if (known !== undefined) return known;
    const work = carryAll(job).finally(() => running.delete(job.name));
    running.set(job.name, work);
    try {
      return await work;
    } catch (error) {
      if (job.target.kind !== 'hidden' || !isDeadTicket(error)) throw error;
      // It ran out before its time: the answer goes to the direct chat.
      tickets.set(job.target.pass.token, 'dead');
      return deliver(to, reply, previous);
    }
  }

  return {
    /**
     * Delivers or edits a reply. One that broke off goes on where it was; one that is still on its
     * way is not sent a second time.
     * @throws PortError
     */
    deliver: (...given: Parameters<typeof deliver>): Promise<readonly string[]> =>
      deliver(...given).catch((error: unknown): never => {
        throw faultOf(error);
      }),
  };
}

export type Sender = ReturnType<typeof createSender>;

function made(reply: Reply): readonly Part[] {
  try {
    return render(reply);
  } catch (error) {
    throw faultOf(error) satisfies PortError;
  }
}

function withNote(reply: Reply): Reply {
  return { ...reply, blocks: [{ kind: 'text', style: 'small', text: lateText }, ...reply.blocks] };
}

function cameFromServer(to: Destination): boolean {
  return to.ticket?.value.startsWith('s') ?? false;
}

function standingIn(target: Target, channel: string | null, message: string): Standing {
  if (target.kind !== 'hidden') return { kind: 'open', channel: channel!, message };
  return { kind: 'hidden', message, token: target.pass.token, until: target.until };
}
