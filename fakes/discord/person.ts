import { commandData, type OptionValue, registered } from './command-options.ts';
import type { Component } from './components.ts';
import type { Delivery } from './delivery.ts';
import { choosable, findComponent, pressable } from './find-component.ts';
import { type Filled, type PickedFile, submission } from './modal-fill.ts';
import { type About, interactionPayload } from './payloads.ts';
import { type Seen, seen } from './seen.ts';
import type { FakeDiscord } from './server.ts';
import type { FakeChannel, FakeInteraction, FakeMessage, FakeModal } from './world.ts';

/** An interaction on its way. */
export type Act = Delivery & { readonly interaction: FakeInteraction };

/**
 * Somebody with Discord open: what they do becomes deliveries to the bot. Places are channel ids; the
 * direct chat when none is named.
 *
 * @param id a snowflake
 */
export function createDiscordPerson(
  fake: FakeDiscord,
  id: string,
  options: { readonly locale?: string } = {},
) {
  const { world, delivery, interactions } = fake;
  world.user(id, options.locale ?? 'en-US');
  const closed = new Set<FakeInteraction>();

  function place(channel?: string): FakeChannel {
    if (channel === undefined) return world.direct(id);
    const found = world.channels.get(channel);
    if (found === undefined) throw new Error(`There is no channel ${channel}`);
    if (found.guild !== null) world.guild(found.guild).members.add(id);
    return found;
  }

  function visible(channel?: string): FakeMessage[] {
    return [...place(channel).messages.values()].filter(
      (message) => message.only === null || message.only === id,
    );
  }

  function write(
    channel: FakeChannel,
    content: string,
    files: readonly PickedFile[] = [],
  ): Delivery {
    const mentioned = content.includes(`<@${world.self}>`);
    const message = world.put({
      id: world.nextId(),
      channel: channel.id,
      author: id,
      at: world.now(),
      editedAt: null,
      content,
      components: [],
      embeds: [],
      attachments: files.map((file) => world.keep(file)),
      flags: 0,
      nonce: null,
      mentions: mentioned ? [world.self] : [],
      only: null,
      interaction: null,
    });
    return delivery.message('CREATE', message);
  }

  function act(about: Omit<About, 'user'>): Act {
    const whole = { ...about, user: id };
    const { kind, channel, source } = about;
    const interaction = interactions.begin(
      { kind, user: id, channel: channel.id, guild: channel.guild, source },
      (interactionId, token) => interactionPayload(world, whole, interactionId, token),
    );
    return {
      t: 'INTERACTION_CREATE',
      d: interaction.payload,
      guild: channel.guild,
      intent: 0,
      interaction,
    };
  }

  /** Uses any component, also one that has gone since: forged and stale presses. */
  function used(
    message: FakeMessage,
    component: Component,
    more: Readonly<Record<string, unknown>>,
    channel?: string,
  ): Act {
    const data = {
      component_type: component.type,
      custom_id: component.custom_id,
      id: component.id,
      ...more,
    };
    return act({ kind: 'component', channel: place(channel), source: message.id, data });
  }

  /** The modal that stands open, opened last. */
  function opened(): { readonly interaction: FakeInteraction; readonly modal: FakeModal } {
    const open = [...world.interactions.values()].filter(
      (one) => one.user === id && one.modal !== null && !closed.has(one),
    );
    const interaction = open.at(-1);
    if (interaction === undefined) throw new Error('There is no form open');
    return { interaction, modal: interaction.modal! };
  }

  function push<T extends Delivery>(one: T): T {
    delivery.push(one);
    return one;
  }

  /** What is done, not yet on its way. */
  const made = {
    id,
    /** The direct chat's channel id. */
    direct: (): string => world.direct(id).id,
    messages: visible,
    standing: (channel?: string): Seen[] => visible(channel).map((one) => seen(world, one)),

    typed: (text: string, channel?: string): Delivery => write(place(channel), text),
    /** Names the bot in a channel, so that it is told what was written. */
    mentioned: (channel: string, text: string): Delivery =>
      write(place(channel), `<@${world.self}> ${text}`),
    sentFile: (name: string, bytes: Uint8Array, channel?: string): Delivery =>
      write(place(channel), '', [{ name, bytes }]),
    /** A slash command as the client sends it, once its own checks let it. */
    commanded(
      name: string,
      values: Readonly<Record<string, OptionValue>> = {},
      channel?: string,
    ): Act {
      const where = place(channel);
      const command = registered(world, name, where.guild);
      const data = commandData(world, command, values);
      return act({ kind: 'command', channel: where, source: null, data });
    },
    /** What the client asks while an option is being typed. */
    completing(
      name: string,
      option: string,
      typed: string,
      values: Readonly<Record<string, OptionValue>> = {},
      channel?: string,
    ): Act {
      const where = place(channel);
      const command = registered(world, name, where.guild);
      if (!command.options.some((one) => one.name === option && one.autocomplete)) {
        throw new Error(`/${name} completes no option "${option}"`);
      }
      const data = commandData(world, command, { ...values, [option]: typed }, option);
      return act({ kind: 'autocomplete', channel: where, source: null, data });
    },
    pressed(label: string, channel?: string): Act {
      const { message, component } = findComponent(visible(channel), label, pressable);
      return used(message, component, {}, channel);
    },
    /** Chooses options of the newest select that offers the first. */
    chose(labels: string | readonly string[], channel?: string): Act {
      const wanted = [labels].flat() as readonly string[];
      const { message, component } = findComponent(visible(channel), wanted[0], choosable);
      const values = wanted.map((label) => {
        const option = component.options!.find(
          (one) => one.label === label || one.label.startsWith(label),
        );
        if (option === undefined) throw new Error(`The select offers no "${label}"`);
        return option.value;
      });
      const [least, most] = [component.min_values ?? 1, component.max_values ?? 1];
      if (values.length < least || values.length > most) {
        throw new Error(`The select takes ${least} to ${most} options`);
      }
      return used(message, component, { values }, channel);
    },
    used,
    opened,
    modal: (): FakeModal => opened().modal,
    submitted(values: Readonly<Record<string, Filled>>): Act {
      const { interaction, modal } = opened();
      const data = submission(world, modal, values);
      closed.add(interaction);
      const channel = place(interaction.channel);
      return act({ kind: 'modal', channel, source: interaction.source, data });
    },
    /** Closes the open form without a word to the bot, as a person can. */
    cancel(): void {
      closed.add(opened().interaction);
    },
    /** Takes an ephemeral message out of sight: it is gone for the bot too. */
    dismiss(message: string, channel?: string): void {
      const found = visible(channel).find((one) => one.id === message && one.only === id);
      if (found === undefined) throw new Error('Only an ephemeral message can be dismissed');
      world.remove(found);
    },
    block(): void {
      world.user(id).blocking = true;
    },
    unblock(): void {
      world.user(id).blocking = false;
    },
  };

  return {
    ...made,
    say: (text: string, channel?: string) => push(made.typed(text, channel)),
    mention: (channel: string, text: string) => push(made.mentioned(channel, text)),
    upload: (name: string, bytes: Uint8Array, channel?: string) =>
      push(made.sentFile(name, bytes, channel)),
    run: (...what: Parameters<typeof made.commanded>) => push(made.commanded(...what)),
    complete: (...what: Parameters<typeof made.completing>) => push(made.completing(...what)),
    press: (label: string, channel?: string) => push(made.pressed(label, channel)),
    choose: (labels: string | readonly string[], channel?: string) =>
      push(made.chose(labels, channel)),
    submit: (values: Readonly<Record<string, Filled>>) => push(made.submitted(values)),
  };
}

export type DiscordPerson = ReturnType<typeof createDiscordPerson>;
