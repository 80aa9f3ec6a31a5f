import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readLimits } from './limits.ts';
import { createRules } from './message-rules.ts';
import { schemaCheck, schemaMissing } from './schema.ts';
import type { Json } from './world.ts';

const folder = fileURLToPath(
  new URL('../../../shared/specs/slack/slackblocks/fixtures/valid/', import.meta.url),
);
const read = (kind: string, name: string) =>
  JSON.parse(readFileSync(`${folder}${kind}/${name}`, 'utf8')) as Json & { type: string };

/** Fixtures that Slack itself would refuse, and why: the fake refuses them too. */
const doubted: Readonly<Record<string, string>> = {
  'elements/rich_text_input_basic.json': 'initial_value is documented as a rich_text block',
  'messages/webhook_message_basic.json': 'one block_id stands twice in a message',
  'messages/webhook_message_delete.json': 'one block_id stands twice in a message',
};

const files = (kind: string) => (existsSync(folder) ? readdirSync(`${folder}${kind}`) : []);

/** Type names of the SDK for what stands alone in a fixture. */
const named: Readonly<Record<string, string>> = {
  button: 'Button',
  checkboxes: 'Checkboxes',
  datepicker: 'Datepicker',
  datetimepicker: 'DateTimepicker',
  email_text_input: 'EmailInput',
  file_input: 'FileInput',
  image: 'ImageElement',
  multi_channels_select: 'MultiChannelsSelect',
  multi_conversations_select: 'MultiConversationsSelect',
  multi_external_select: 'MultiExternalSelect',
  multi_static_select: 'MultiStaticSelect',
  multi_users_select: 'MultiUsersSelect',
  number_input: 'NumberInput',
  overflow: 'Overflow',
  plain_text_input: 'PlainTextInput',
  radio_buttons: 'RadioButtons',
  rich_text_input: 'RichTextInput',
  channels_select: 'ChannelsSelect',
  conversations_select: 'ConversationsSelect',
  external_select: 'ExternalSelect',
  static_select: 'StaticSelect',
  users_select: 'UsersSelect',
  timepicker: 'Timepicker',
  url_text_input: 'URLInput',
  url: 'URLSourceElement',
  workflow_button: 'WorkflowButton',
  rich_text: 'RichTextBlock',
  rich_text_list: 'RichTextList',
  rich_text_preformatted: 'RichTextPreformatted',
  rich_text_quote: 'RichTextQuote',
  rich_text_section: 'RichTextSection',
  channel: 'RichTextChannelMention',
  emoji: 'RichTextEmoji',
  link: 'RichTextLink',
  text: 'RichTextText',
  user: 'RichTextUserMention',
  usergroup: 'RichTextUsergroupMention',
  mrkdwn: 'MrkdwnElement',
  plain_text: 'PlainTextElement',
};

type Rules = ReturnType<typeof createRules>;

/** How a fixture of each folder is judged. */
const judge: Readonly<Record<string, (rules: Rules, value: Json & { type: string }) => void>> = {
  blocks: (rules, value) => rules.blocks([value]),
  elements: (rules, value) => rules.one(named[value.type], value),
  rich_text: (rules, value) => rules.one(named[value.type], value),
  views: (rules, value) => rules.view(value),
  attachments: (rules, value) => void rules.message({ text: 'x', attachments: [value] }),
  messages: (rules, value) => void rules.message(value),
  objects: (rules, value) => {
    const holder = Object.entries(objects).find(([key]) => key in value)?.[1];
    if (Object.hasOwn(named, value.type)) rules.one(named[value.type], value);
    else if (holder !== undefined) rules.one(...holder(value));
    else throw new Error('a fixture that nothing judges');
  },
};

const plain = (text: string) => ({ type: 'plain_text', text });

/** Objects without a type are judged inside the element that holds them, found by a key of theirs. */
const objects: Readonly<Record<string, (value: Json) => [string, Json]>> = {
  deny: (confirm) => ['Button', { type: 'button', text: plain('x'), confirm }],
  include: (filter) => ['ConversationsSelect', { type: 'conversations_select', filter }],
  exclude_bot_users: (filter) => ['ConversationsSelect', { type: 'conversations_select', filter }],
  trigger_actions_on: (config) => [
    'PlainTextInput',
    { type: 'plain_text_input', dispatch_action_config: config },
  ],
  label: (group) => ['StaticSelect', { type: 'static_select', option_groups: [group] }],
  text: (option) => ['StaticSelect', { type: 'static_select', options: [option] }],
  trigger: (workflow) => [
    'WorkflowButton',
    { type: 'workflow_button', text: plain('x'), workflow },
  ],
  url: (trigger) => [
    'WorkflowButton',
    { type: 'workflow_button', text: plain('x'), workflow: { trigger } },
  ],
  name: (input) => [
    'WorkflowButton',
    {
      type: 'workflow_button',
      text: plain('x'),
      workflow: { trigger: { url: 'https://a.example', customizable_input_parameters: [input] } },
    },
  ],
};

const kinds = Object.keys(judge);

describe.skipIf(schemaMissing !== null)('the published valid fixtures', () => {
  const rules = schemaMissing === null ? createRules(readLimits(), schemaCheck()) : null!;
  const all = kinds.flatMap((kind) => files(kind).map((name) => ({ kind, name })));
  const doubt = ({ kind, name }: (typeof all)[number]) => doubted[`${kind}/${name}`];

  it.each(all.filter((one) => doubt(one) === undefined))(
    'accepts $kind/$name',
    ({ kind, name }) => {
      judge[kind](rules, read(kind, name));
    },
  );

  it.each(all.filter((one) => doubt(one) !== undefined))(
    'refuses $kind/$name',
    ({ kind, name }) => {
      expect(() => judge[kind](rules, read(kind, name))).toThrow('invalid_blocks');
    },
  );
});
