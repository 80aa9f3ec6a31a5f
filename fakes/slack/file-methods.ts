import { Refused } from './answers.ts';
import type { Methods } from './chat-methods.ts';
import { wireFile } from './wire.ts';
import type { SlackFile, World } from './world.ts';

const largest = 1024 ** 3;

/** The three steps of an upload; a file can be used only after files.info was asked some times. */
export function createFiles(world: World, url: () => string, polls: number) {
  function fileOf(team: string, id: string): SlackFile {
    const file = world.files.get(id);
    if (file === undefined || file.team !== team) throw new Refused('file_not_found');
    return file;
  }

  const methods: Methods = {
    'files.getUploadURLExternal'(team, params) {
      const size = Number(params.length);
      if (size < 1 || size > largest) throw new Refused('invalid_arguments');
      const id = world.id('F');
      world.files.set(id, {
        id,
        team: team.id,
        user: team.botUser,
        name: String(params.filename),
        title: String(params.filename),
        size,
        altText: String(params.alt_text ?? ''),
        bytes: null,
        completed: false,
        channels: [],
        pollsLeft: polls,
      });
      return { upload_url: `${url()}/upload/v1/${id}`, file_id: id };
    },
    'files.completeUploadExternal'(team, params) {
      const named = params.files as readonly { id: string; title?: string }[];
      const channel = params.channel_id as string | undefined;
      if (channel !== undefined && !team.channels.has(channel)) {
        throw new Refused('channel_not_found');
      }
      const done = named.map(({ id, title }) => {
        const file = fileOf(team.id, id);
        if (file.bytes === null || file.completed) throw new Refused('file_not_found');
        const kept = { ...file, title: title ?? file.title, completed: true };
        if (channel !== undefined) kept.channels = [channel];
        world.files.set(id, kept);
        return kept;
      });
      if (channel !== undefined) {
        const { thread_ts: thread } = params as { thread_ts?: string };
        world.put(team.id, {
          channel,
          user: team.botUser,
          bot: true,
          text: String(params.initial_comment ?? ''),
          blocks: [],
          attachments: [],
          files: done.map(({ id }) => id),
          ...(thread === undefined ? {} : { thread }),
        });
      }
      return { files: done.map((file) => wireFile(file, url())) };
    },
    'files.info'(team, params) {
      const file = fileOf(team.id, String(params.file));
      if (!file.completed) throw new Refused('file_not_found');
      if (file.pollsLeft > 0) file.pollsLeft -= 1;
      return { file: wireFile(file, url()), comments: [], response_metadata: { next_cursor: '' } };
    },
    'files.delete'(team, params) {
      world.files.delete(fileOf(team.id, String(params.file)).id);
      return {};
    },
  };

  return {
    methods,
    /** The second step: the bytes, at an address that needs no token and is good for one time. */
    take(id: string, bytes: Uint8Array): string | null {
      const file = world.files.get(id);
      if (file === undefined || file.bytes !== null) return 'the upload address is not valid';
      if (bytes.length !== file.size) return `${bytes.length} bytes came, ${file.size} were told`;
      file.bytes = bytes;
      return null;
    },
  };
}

export type Files = ReturnType<typeof createFiles>;
