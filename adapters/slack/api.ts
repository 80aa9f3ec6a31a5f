import type { types, webApi } from '@slack/bolt';
import { z } from 'zod';
import { PortError } from '../../bot/errors.ts';
import { faultOf, isDeadToken, refusalOf } from './faults.ts';
import type { Pace } from './pace.ts';
import { escaped } from './rich.ts';
import type { Workspace } from './workspaces.ts';

export interface Said {
  readonly text: string;
  readonly blocks: readonly types.KnownBlock[];
}

const posted = z.object({ ts: z.string() });
const whispered = z.object({ message_ts: z.string() });
const opened = z.object({ channel: z.object({ id: z.string() }) });
const upload = z.object({ upload_url: z.url(), file_id: z.string() });
const fileState = z.object({ file: z.object({ mimetype: z.string().optional() }) });
const anything = z.object({});

interface ApiPorts {
  readonly client: webApi.WebClient;
  readonly pace: Pace;
  /** A workspace's token is dead. */
  readonly lost: (workspace: Workspace) => Promise<PortError>;
}

/** The Web API's methods that Keel calls, in turn and with their answers read. */
export function createApi({ client, pace, lost }: ApiPorts) {
  async function call<T>(
    workspace: Workspace,
    method: string,
    args: Readonly<Record<string, unknown>>,
    answer: z.ZodType<T>,
  ): Promise<T> {
    const { installation, token } = workspace;
    const channel = typeof args.channel === 'string' ? args.channel : undefined;
    await pace.turn(installation, method, channel);
    let said: unknown;
    try {
      said = await client.apiCall(method, { token, ...args });
    } catch (error) {
      if (isDeadToken(refusalOf(error))) throw await lost(workspace);
      const fault = faultOf(error);
      if (fault.code === 'rate-limited') pace.hold(installation, method, fault.retryAfterMs ?? 0);
      // The caller may know what to do about a no; faults are told apart in the end.
      throw error;
    }
    const read = answer.safeParse(said);
    if (read.success) return read.data;
    throw new PortError('slack', 'bad-answer', `Slack answered ${method} in an unknown way.`);
  }

  // Beside blocks the text is read out and notified; a name in it must call nobody.
  const content = ({ text, blocks }: Said) => ({ text: escaped(text), blocks });
  const quiet = { unfurl_links: false, unfurl_media: false };
  const inThread = (thread: string | undefined) =>
    thread === undefined ? {} : { thread_ts: thread };

  return {
    async post(at: Workspace, channel: string, said: Said, thread?: string): Promise<string> {
      const args = { channel, ...content(said), ...quiet, ...inThread(thread) };
      return (await call(at, 'chat.postMessage', args, posted)).ts;
    },
    async whisper(
      at: Workspace,
      { channel, user, thread }: { channel: string; user: string; thread?: string },
      said: Said,
    ): Promise<string> {
      const args = { channel, user, ...content(said), ...inThread(thread) };
      return (await call(at, 'chat.postEphemeral', args, whispered)).message_ts;
    },
    update: (at: Workspace, channel: string, ts: string, said: Said) =>
      call(at, 'chat.update', { channel, ts, ...content(said) }, posted),
    remove: (at: Workspace, channel: string, ts: string) =>
      call(at, 'chat.delete', { channel, ts }, anything),
    async open(at: Workspace, user: string): Promise<string> {
      return (await call(at, 'conversations.open', { users: user }, opened)).channel.id;
    },
    openView: (at: Workspace, trigger: string, view: types.ModalView) =>
      call(at, 'views.open', { trigger_id: trigger, view }, anything),
    publish: (at: Workspace, user: string, blocks: readonly types.KnownBlock[]) =>
      call(at, 'views.publish', { user_id: user, view: { type: 'home', blocks } }, anything),
    uploadAddress: (at: Workspace, name: string, length: number) =>
      call(at, 'files.getUploadURLExternal', { filename: name, length }, upload),
    completeUpload: (at: Workspace, id: string, title: string, channel?: string) =>
      call(
        at,
        'files.completeUploadExternal',
        { files: [{ id, title }], ...(channel === undefined ? {} : { channel_id: channel }) },
        anything,
      ),
    /** Whether Slack has looked at an uploaded file: it says its kind then. */
    async fileReady(at: Workspace, id: string): Promise<boolean> {
      const { file } = await call(at, 'files.info', { file: id }, fileState);
      return (file.mimetype ?? '') !== '';
    },
    removeFile: (at: Workspace, id: string) => call(at, 'files.delete', { file: id }, anything),
  };
}

export type Api = ReturnType<typeof createApi>;
