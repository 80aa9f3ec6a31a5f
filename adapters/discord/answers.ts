import {
  type APIInteractionResponse,
  ButtonStyle,
  ComponentType,
  InteractionResponseType,
  MessageFlags,
} from 'discord.js';
import type { FieldErrors, Form } from '../../bot/dialogue/forms.ts';
import type { Suggestion } from '../../bot/suggest.ts';
import { type FormPress, formId } from './custom-id.ts';
import { limits } from './limits.ts';
import { plainMessage } from './prepare.ts';
import type { Pass } from './ticket.ts';
import { isBlank } from './words.ts';

/** First answers to interactions: what must be there within three seconds. */
export const answers = {
  pong: { type: InteractionResponseType.Pong } as const,
  /** The real answer follows; whether others see it is decided here. */
  later({ waits, where }: Pick<Pass, 'waits' | 'where'>): APIInteractionResponse {
    if (!waits) return { type: InteractionResponseType.DeferredMessageUpdate };
    return {
      type: InteractionResponseType.DeferredChannelMessageWithSource,
      ...(where === 'server' ? { data: { flags: MessageFlags.Ephemeral } } : {}),
    };
  },
  /** A sentence that only the person sees. */
  says: (text: string): APIInteractionResponse => hidden(plainMessage(text)),
  /** The form had mistakes and now has none. */
  corrected: {
    type: InteractionResponseType.UpdateMessage,
    data: plainMessage('Thank you, that is complete now.') as never,
  } as APIInteractionResponse,
  /** What is wrong with a form, and a button that opens it as it was. */
  mistakes(form: Form, errors: FieldErrors, press: FormPress, fileAgain: boolean) {
    const said = form.fields
      .filter(({ name }) => errors[name] !== undefined)
      .map(({ name, label }) => `**${label}**: ${errors[name]}`);
    const lines = [
      'Not quite yet. What you typed is kept.',
      ...said,
      ...(fileAgain ? ['Please choose the file again: I cannot keep that for you.'] : []),
    ];
    const message = plainMessage(lines.join('\n'));
    const components = [
      ...message.components,
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            style: ButtonStyle.Primary,
            label: 'Correct it',
            custom_id: formId({ ...press, again: true }),
          },
        ],
      },
    ];
    return hidden({ ...message, components } as never);
  },
  suggestions(found: readonly Suggestion[]): APIInteractionResponse {
    const choices = found
      .filter(({ label, value }) => !isBlank(label) && value.length <= limits.choiceLength)
      .slice(0, limits.choices)
      .map(({ label, value }) => ({
        name: label.slice(0, limits.choiceLength).toWellFormed(),
        value,
      }));
    return {
      type: InteractionResponseType.ApplicationCommandAutocompleteResult,
      data: { choices },
    };
  },
};

function hidden(message: ReturnType<typeof plainMessage>): APIInteractionResponse {
  return {
    type: InteractionResponseType.ChannelMessageWithSource,
    data: { ...message, flags: message.flags | MessageFlags.Ephemeral } as never,
  };
}
