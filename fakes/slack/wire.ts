import type { SlackTeam } from './team.ts';
import type { Json, SlackFile, SlackMessage, SlackView, World } from './world.ts';

/** A message as Slack writes it in answers and interactions. */
export function wireMessage(world: World, team: SlackTeam, message: SlackMessage): Json {
  const { bot } = message;
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    ...(bot ? { bot_id: team.botId, app_id: world.app.id } : {}),
    text: message.text,
    team: team.id,
    ...(message.thread === undefined ? {} : { thread_ts: message.thread }),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.files.length > 0
      ? { files: message.files.map((id) => wireFile(world.files.get(id)!)) }
      : {}),
    ...(message.edits > 0 ? { edited: { user: message.user, ts: message.ts } } : {}),
  };
}

/** A view as Slack writes it, with what has been filled in. */
export function wireView(world: World, view: SlackView, values: Json = {}): Json {
  const team = world.team(view.team);
  return {
    id: view.id,
    team_id: view.team,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    title: null,
    close: null,
    submit: null,
    previous_view_id: view.previous,
    root_view_id: view.root,
    clear_on_close: false,
    notify_on_close: false,
    app_id: world.app.id,
    app_installed_team_id: view.team,
    bot_id: team.botId,
    ...view.payload,
    state: { values },
    hash: view.hash,
  };
}

const types: Readonly<Record<string, readonly [mime: string, kind: string, words: string]>> = {
  png: ['image/png', 'png', 'PNG'],
  jpg: ['image/jpeg', 'jpg', 'JPEG'],
  csv: ['text/csv', 'csv', 'CSV'],
  txt: ['text/plain', 'text', 'Plain Text'],
  json: ['application/json', 'json', 'JSON'],
  html: ['text/html', 'html', 'HTML'],
  pdf: ['application/pdf', 'pdf', 'PDF'],
};

/** Its kind is empty until Slack has looked at it. */
export function wireFile(file: SlackFile, url = ''): Json {
  const ready = fileReady(file);
  const [mime, kind, words] = types[file.name.split('.').at(-1) ?? ''] ?? [
    'application/octet-stream',
    'binary',
    'Binary',
  ];
  const path = `${url}/files-pri/${file.team}-${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: 0,
    timestamp: 0,
    name: file.name,
    title: file.title,
    mimetype: ready ? mime : '',
    filetype: ready ? kind : '',
    pretty_type: ready ? words : '',
    user: file.user,
    user_team: file.team,
    editable: false,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    url_private: path,
    url_private_download: path.replace('/files-pri/', '/files-pri/download/'),
    permalink: `${url}/files/${file.user}/${file.id}`,
    channels: file.channels.filter((id) => !id.startsWith('D')),
    groups: [],
    ims: file.channels.filter((id) => id.startsWith('D')),
    shares: {},
    file_access: 'visible',
    ...(file.altText === '' ? {} : { alt_txt: file.altText }),
  };
}

/** A person's own upload: Slack has looked at it before anybody hears of it. */
export function uploadedBy(
  world: World,
  team: string,
  user: string,
  name: string,
  bytes: Uint8Array,
  channels: string[],
): SlackFile {
  const id = world.id('F');
  const file = {
    id,
    team,
    user,
    name,
    title: name,
    size: bytes.length,
    altText: '',
    bytes,
    completed: true,
    channels,
    pollsLeft: 0,
  };
  world.files.set(id, file);
  return file;
}

export const fileReady = (file: SlackFile): boolean =>
  file.completed && file.bytes !== null && file.pollsLeft <= 0;
