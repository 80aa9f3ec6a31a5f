import {
  ActionRowBuilder,
  ComponentType,
  ContainerBuilder,
  ModalBuilder,
  SlashCommandBuilder,
} from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forms } from '../../bot/dialogue/form-table.ts';
import type { FormName } from '../../bot/dialogue/forms.ts';
import { randomReply } from '../../fakes/random-replies.ts';
import { commandsOf } from './commands.ts';
import { modalOf } from './modal.ts';
import { render } from './render.ts';

/** The library's own builders check what they build, by rules that somebody else wrote down. */
describe('the builders of discord.js', () => {
  it('take every container of random replies', () => {
    let count = 0;
    const property = fc.property(randomReply, (reply) => {
      for (const component of render(reply).flatMap((part) => part.components)) {
        if (component.type === ComponentType.ActionRow) {
          const row = new ActionRowBuilder(component).toJSON();
          expect(row.components).toHaveLength(component.components.length);
          continue;
        }
        if (component.type !== ComponentType.Container) throw new Error('Not in a container.');
        const built = new ContainerBuilder(component).toJSON();
        expect(built.components).toHaveLength(component.components.length);
        count += 1;
      }
    });
    fc.assert(property, { numRuns: 500 });
    expect(count).toBeGreaterThan(500);
  }, 60_000);

  it.each(Object.keys(forms) as FormName[])('take the form "%s"', (form) => {
    const data = modalOf(forms[form], { form, token: `v1.${'a'.repeat(33)}`, again: false }, {});
    const built = new ModalBuilder(data).toJSON();
    expect(built.components).toHaveLength(forms[form].fields.length);
  });

  it('take every command', () => {
    const offered = [{ name: 'goal', summary: 'Say what the money is for', takes: '20k' }];
    for (const { name, description, options } of commandsOf(offered)) {
      const command = new SlashCommandBuilder().setName(name).setDescription(description);
      for (const option of options) {
        if (option.type === 11) {
          command.addAttachmentOption((one) =>
            one.setName(option.name).setDescription(option.description).setRequired(true),
          );
        } else {
          command.addStringOption((one) =>
            one
              .setName(option.name)
              .setDescription(option.description)
              .setAutocomplete(option.autocomplete ?? false),
          );
        }
      }
      expect(command.toJSON().options).toHaveLength(options.length);
    }
  });
});
