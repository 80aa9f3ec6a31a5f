import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { types } from '@slack/bolt';
import type { Reply } from '../../bot/reply.ts';
import { readLimits } from '../../fakes/slack/limits.ts';
import { createRules } from '../../fakes/slack/message-rules.ts';
import { createSlackPerson, type SlackPerson } from '../../fakes/slack/person.ts';
import { schemaCheck } from '../../fakes/slack/schema.ts';
import { startSlack } from '../../fakes/slack/server.ts';
import { pressables } from '../../fakes/slack/visible.ts';
import type { Block } from '../../fakes/slack/world.ts';
import { quiet } from '../../fakes/store.ts';
import { createLeapingTimer } from '../../fakes/telegram/timer.ts';
import { readOption, readPressed } from '../slack/actions.ts';
import { createSlack } from '../slack/index.ts';
import { parse } from '../slack/parse.ts';
import { deliverySchema } from '../slack/payload.ts';
import { type Part, render } from '../slack/render.ts';
import { wordsOfBlock } from '../slack/words.ts';
import { pixels } from './pixels.ts';
import type { ChatSubject, Press, RunningChat, Shown } from './subject.ts';

const samples = new URL('../../../shared/specs/inbound-samples/', import.meta.url);
const own = new URL('../slack/fixtures/deliveries.json', import.meta.url);

/** Recorded deliveries of others: the file, the name in it, and what each comes to. */
const recorded = [
  ['slack.json', 'mention', null],
  ['channel/slack.json', 'mention', 'text'],
  ['channel/slack.json', 'channel_post_action', null],
  ['channel-mention/slack.json', 'mention', null],
  ['member-joined-channel/slack.json', 'memberJoinedChannel', null],
  ['member-joined-channel/slack.json', 'mention', 'text'],
  ['modals/slack-private-metadata.json', 'mention', 'text'],
  ['modals/slack-private-metadata.json', 'action', null],
  ['modals/slack-private-metadata.json', 'viewSubmission', null],
  ['actions-reactions/slack.json', 'reaction', null],
  ['actions-reactions/slack.json', 'staticSelectAction', null],
  ['dm/slack-direct.json', 'directDM', 'text'],
  ['dm/slack-direct.json', 'followUp', 'text'],
  ['dm/slack.json', 'dmRequest', null],
  ['dm/slack.json', 'dmMessage', 'text'],
] as const;

type Kind = ChatSubject['payloads'][number]['kind'];

function payloads(): ChatSubject['payloads'] {
  const ours = JSON.parse(readFileSync(own, 'utf8')) as readonly {
    readonly name: string;
    readonly kind: Kind;
    readonly delivery: unknown;
  }[];
  const found = ours.map(({ name, kind, delivery }) => ({
    name,
    kind,
    read: () => read(delivery),
  }));
  if (!existsSync(fileURLToPath(samples))) return found;
  const theirs = recorded.map(([file, name, kind]) => {
    const all = JSON.parse(readFileSync(new URL(file, samples), 'utf8'));
    const read1 = () => read(all[name], all.botUserId);
    return { name: `${file} ${name}`, kind: kind as Kind, read: read1 };
  });
  return [...found, ...theirs];
}

function read(delivery: unknown, botUser = 'UBOT') {
  const parsed = parse(deliverySchema.parse(delivery), {
    installation: 'T0001',
    botUser,
    commands: new Set(['recommend', 'goal', 'help']),
    now: 1_780_000_000_000,
  });
  if (!('event' in parsed) || !('body' in parsed.event)) {
    if (parsed.kind !== 'submission') return null;
    const { event, token, values } = parsed;
    return { ...event, body: { kind: 'form' as const, token, values } };
  }
  return parsed.event;
}

type Message = Extract<Part, { kind: 'message' }>;

/** A message as it is sent, with a file in the place of each picture. */
function blocksOf(part: Message): types.KnownBlock[] {
  return part.items.map((item) =>
    item.type === 'picture'
      ? { type: 'image', slack_file: { id: 'F0000000001' }, alt_text: item.alt }
      : item,
  );
}

const created = () => createRules(readLimits(), schemaCheck());
let rules: ReturnType<typeof created> | null = null;

function show(reply: Reply): Shown {
  rules ??= created();
  const parts = render(reply);
  const messages = parts.filter((part): part is Message => part.kind === 'message');
  const files = parts.flatMap((part) => (part.kind === 'file' ? [part] : []));
  const broken: string[] = [];
  for (const message of messages) {
    const blocks = blocksOf(message);
    try {
      broken.push(...rules.message({ channel: 'C', text: message.text, blocks }));
    } catch (error) {
      const details = (error as { details?: readonly string[] }).details ?? [];
      broken.push(`${String(error)} ${details.join('; ')} ${JSON.stringify(blocks).slice(0, 300)}`);
    }
  }
  const items = messages.flatMap((message) => message.items);
  return {
    words: items
      .filter(({ type }) => type !== 'picture')
      .map(wordsOfBlock)
      .join('\n'),
    attached: files
      .filter(({ name }) => name === 'answer.txt')
      .map(({ content }) => content)
      .join('\n'),
    presses: messages
      .flatMap((message) => pressables(blocksOf(message) as Block[]))
      .flatMap(pressOf),
    files: files.map(({ content }) => content),
    pictures: items.filter(({ type }) => type === 'picture').length,
    broken,
  };
}

function pressOf(one: ReturnType<typeof pressables>[number]): Press[] {
  const meant = readPressed(one.element.action_id);
  switch (meant?.kind) {
    case 'link':
      return [{ action: 'link', url: String(one.url) }];
    case 'form':
      return [{ action: 'form', token: meant.token, form: meant.form }];
    case 'button':
      return [{ action: 'event', body: meant }];
    case 'select': {
      const value = readOption(String(one.option?.value));
      return [{ action: 'event', body: { ...meant, value } }];
    }
    default:
      return [];
  }
}

async function open(): Promise<RunningChat> {
  const timer = createLeapingTimer();
  const fake = await startSlack({ paceNow: timer.now });
  const people = [1, 2].map((id) => createSlackPerson(fake, 'T0001', `U000${id}`));
  const channel = 'C0001';
  fake.world.team('T0001').channel(channel, { members: people.map(({ id }) => id) });
  const adapter = createSlack({
    workspaces: { token: fake.token() },
    mode: { signingSecret: fake.app.signingSecret },
    http: { mount: () => undefined },
    apiRoot: `${fake.url}/api`,
    log: quiet,
    images: { png: async (spec) => pixels(JSON.stringify(spec)) },
    timer,
  });
  await adapter.start();
  const place = { platform: 'slack', installation: 'T0001' };
  const personOf = (id: number) => people[id - 1];
  return {
    adapter,
    to: (id) => ({ ...place, conversation: personOf(id).dm, identity: personOf(id).id }),
    inGroup: (id) => ({
      ...place,
      conversation: `${channel}:${personOf(id).id}`,
      identity: personOf(id).id,
    }),
    standing: async (conversation) => {
      const owner = people.find(({ dm }) => dm === conversation);
      // What everybody in the channel sees; and with a direct chat what its person alone sees there.
      const seen =
        owner === undefined
          ? people.flatMap((one) => shownTo(one, channel)).filter((one) => !one.ephemeral)
          : [...shownTo(owner), ...shownTo(owner, channel).filter((one) => one.ephemeral)];
      const others = people.filter((one) => owner !== undefined && one !== owner);
      if (others.some((one) => shownTo(one, channel).some(({ ephemeral }) => ephemeral))) {
        throw new Error('Somebody else sees what one person was told.');
      }
      return seen
        .filter(({ bot }) => bot)
        .map(({ words, labels, files }) => ({
          words,
          labels,
          file: files[0] === undefined ? null : Buffer.from(files[0].bytes).toString('utf8'),
        }));
    },
    violations: () => fake.world.violations,
    stop: async () => {
      await adapter.stop();
      await fake.stop();
    },
  };
}

/** Messages with all their words, also those beneath an option. */
function shownTo(person: SlackPerson, channel?: string) {
  const messages = new Map(person.messages(channel).map((one) => [one.ts, one]));
  return person.standing(channel).map((one) => {
    const beneath = messages.get(one.ts)?.blocks.map(wordsOfBlock) ?? [];
    return { ...one, words: [one.words, ...beneath].join('\n') };
  });
}

export const slackSubject = (): ChatSubject => ({
  platform: 'slack',
  payloads: payloads(),
  show,
  open,
});
