import { randomBytes } from 'node:crypto';
import type { Choice } from './components.ts';
import { flags, type MessageBody, type Uploads } from './message-body.ts';
import type { Messages } from './messages.ts';
import { modalFlaws } from './modal-rules.ts';
import { invalidForm, mistaken, Refused } from './refused.ts';
import type { FakeInteraction, FakeMessage, FakeModal, InteractionKind, World } from './world.ts';

/** Answers by their number. */
export const answers = {
  pong: 1,
  message: 4,
  deferred: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;

const fits: Readonly<Record<InteractionKind, readonly number[]>> = {
  ping: [answers.pong],
  command: [answers.message, answers.deferred, answers.modal],
  component: [
    answers.message,
    answers.deferred,
    answers.deferredUpdate,
    answers.update,
    answers.modal,
  ],
  autocomplete: [answers.choices],
  modal: [answers.message, answers.deferred, answers.deferredUpdate, answers.update],
};

const firstAnswerMs = 3_000;
const tokenMs = 15 * 60_000;

export interface AnswerBody {
  readonly type: number;
  readonly data?:
    | (MessageBody & Partial<FakeModal> & { choices?: readonly Choice[] | null })
    | null;
}

export type NewInteraction = Pick<
  FakeInteraction,
  'kind' | 'user' | 'channel' | 'guild' | 'source'
>;

/** How interactions live: answered once and in time, then followed up for a quarter of an hour. */
export function createInteractions(world: World, messages: Messages, answerNow: () => number) {
  const waiting = new Map<string, (() => void)[]>();
  const began = new Map<string, number>();
  const tokens = new Map<string, FakeInteraction>();

  function begin(
    given: NewInteraction,
    payloadOf: (id: string, token: string) => FakeInteraction['payload'],
  ): FakeInteraction {
    const id = world.nextId();
    const token = `aW50ZXJhY3Rpb24${randomBytes(120).toString('base64url')}`;
    const interaction: FakeInteraction = {
      ...given,
      id,
      token,
      payload: payloadOf(id, token),
      at: world.now(),
      deliveries: 0,
      answer: null,
      answeredAt: null,
      original: null,
      deferred: false,
      followups: [],
      choices: null,
      modal: null,
      expired: false,
      excused: false,
    };
    began.set(id, answerNow());
    world.interactions.set(id, interaction);
    tokens.set(token, interaction);
    return interaction;
  }

  function first(interaction: FakeInteraction, body: AnswerBody): void {
    // A delivery that came twice is answered twice by an honest bot.
    const mistake = interaction.deliveries <= 1 && !interaction.excused;
    if (interaction.answer !== null) {
      const words = 'Interaction has already been acknowledged.';
      throw new Refused(400, 40060, words, { mistake });
    }
    if (interaction.expired) throw new Refused(404, 10062, 'Unknown interaction');
    const took = answerNow() - began.get(interaction.id)!;
    if (took > firstAnswerMs) {
      const words = `Unknown interaction: answered after ${Math.round(took)} ms`;
      throw new Refused(404, 10062, words, { mistake: !interaction.excused });
    }
    if (!fits[interaction.kind].includes(body.type)) {
      throw mistaken(
        400,
        50035,
        `Answer type ${body.type} does not fit an interaction of kind ${interaction.kind}`,
      );
    }
  }

  function defer(interaction: FakeInteraction, data: MessageBody): FakeMessage {
    const { flags: given = 0, ...rest } = data;
    if ((given ?? 0) & ~flags.ephemeral) {
      throw mistaken(400, 50035, 'A deferred answer takes no flag but EPHEMERAL');
    }
    const more = Object.entries(rest).filter(
      ([, value]) => value !== undefined && value !== false && value !== null,
    );
    if (more.length > 0) {
      throw mistaken(400, 50035, `A deferred answer carries no ${more[0][0]}: it would be lost`);
    }
    const ephemeral = ((given ?? 0) & flags.ephemeral) !== 0;
    interaction.deferred = true;
    return world.put({
      id: world.nextId(),
      channel: interaction.channel,
      author: world.self,
      at: world.now(),
      editedAt: null,
      content: '',
      components: [],
      embeds: [],
      attachments: [],
      flags: flags.loading | (ephemeral ? flags.ephemeral : 0),
      nonce: null,
      mentions: [],
      only: ephemeral ? interaction.user : null,
      interaction,
    });
  }

  function sourceOf(interaction: FakeInteraction): FakeMessage {
    if (interaction.source === null) {
      throw mistaken(400, 50035, 'There is no message to update: the answer needs type 4 or 5');
    }
    return messages.find(interaction.channel, interaction.source);
  }

  /** Carries the answer out; the message it makes or changes, if any. */
  function carryOut(
    interaction: FakeInteraction,
    body: AnswerBody,
    uploads: Uploads,
  ): FakeMessage | null {
    const data = body.data ?? {};
    switch (body.type) {
      case answers.message: {
        const ephemeral = ((data.flags ?? 0) & flags.ephemeral) !== 0;
        return messages.create(interaction.channel, data, uploads, { interaction, ephemeral });
      }
      case answers.deferred:
        return defer(interaction, data);
      case answers.deferredUpdate:
        return sourceOf(interaction);
      case answers.update:
        return messages.edit(sourceOf(interaction), data, uploads);
      case answers.modal: {
        const modal = data as FakeModal;
        const flaws = modalFlaws(modal);
        if (flaws.length > 0) throw invalidForm(flaws);
        interaction.modal = modal;
        return null;
      }
      case answers.choices: {
        const choices = data.choices ?? [];
        if (choices.length > 25) throw mistaken(400, 50035, 'At most 25 choices');
        interaction.choices = choices;
        return null;
      }
      default:
        return null;
    }
  }

  return {
    begin,
    find(id: string, token: string): FakeInteraction {
      const found = world.interactions.get(id);
      if (found === undefined || found.token !== token) {
        throw new Refused(404, 10062, 'Unknown interaction');
      }
      return found;
    },
    answer(interaction: FakeInteraction, body: AnswerBody, uploads: Uploads): FakeMessage | null {
      first(interaction, body);
      const message = carryOut(interaction, body, uploads);
      interaction.answer = body.type;
      interaction.answeredAt = world.now();
      interaction.original = message?.id ?? null;
      for (const tell of waiting.get(interaction.id) ?? []) tell();
      waiting.delete(interaction.id);
      return message;
    },
    /** The interaction behind a webhook's token, for follow-ups and edits. */
    byToken(token: string): FakeInteraction {
      const found = tokens.get(token);
      if (found === undefined) throw new Refused(404, 10015, 'Unknown Webhook');
      if (found.expired || world.now() - found.at > tokenMs) {
        throw new Refused(401, 50027, 'Invalid Webhook Token');
      }
      if (found.answer === null) throw mistaken(404, 10015, 'Unknown Webhook');
      return found;
    },
    /** Resolves when the first answer has been accepted. */
    answered(interaction: FakeInteraction): Promise<void> {
      if (interaction.answer !== null) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.set(interaction.id, [...(waiting.get(interaction.id) ?? []), resolve]);
      });
    },
    /** What a person would see as "The application did not respond". */
    unanswered: (): FakeInteraction[] =>
      [...world.interactions.values()].filter((one) => one.answer === null && one.deliveries > 0),
  };
}

export type Interactions = ReturnType<typeof createInteractions>;
