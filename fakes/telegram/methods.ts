import { checkCommands, checkDocument, checkPhoto, formatted, keyboardOf } from './rules.ts';
import { wireMessage } from './wire.ts';
import type { FakeMessage, World } from './world.ts';

export type Params = Readonly<Record<string, unknown>>;
export type Uploads = ReadonlyMap<string, { readonly name: string; readonly bytes: Uint8Array }>;

/** The server's no: not a mistake of the bot, so no violation. */
export class Refused extends Error {
  readonly code: number;
  readonly parameters: Readonly<Record<string, number>>;
  constructor(code: number, message: string, parameters: Readonly<Record<string, number>> = {}) {
    super(message);
    this.code = code;
    this.parameters = parameters;
  }
}

/** What the bot may call, but for getUpdates and setWebhook, which live with the delivery. */
export function methodsOf(world: World) {
  function openChat(params: Params) {
    const chat = world.chats.get(Number(params.chat_id));
    if (chat === undefined) throw new Refused(400, 'Bad Request: chat not found');
    if (chat.type === 'private' && !chat.open) {
      throw new Refused(403, 'Forbidden: bot was blocked by the user');
    }
    return chat;
  }

  function standing(params: Params, what: string): FakeMessage {
    const message = openChat(params).messages.get(Number(params.message_id));
    if (message === undefined) throw new Refused(400, `Bad Request: message to ${what} not found`);
    if (message.from !== null) throw new Refused(400, `Bad Request: message can't be ${what}ed`);
    return message;
  }

  function upload(value: unknown, uploads: Uploads) {
    const name = /^attach:\/\/(.+)$/.exec(String(value))?.[1];
    return name === undefined ? undefined : uploads.get(name);
  }

  function sendAny(
    params: Params,
    content: Pick<FakeMessage, 'kind' | 'text' | 'entities'> & Partial<FakeMessage>,
  ) {
    const chat = openChat(params);
    const topic = params.message_thread_id as number | undefined;
    const message = world.put({
      chat: chat.id,
      from: null,
      ...(topic === undefined ? {} : { topic }),
      keyboard: keyboardOf(params),
      silent: params.disable_notification === true,
      ...content,
    });
    return wireMessage(world, message);
  }

  function replaceWith(old: FakeMessage, next: Omit<FakeMessage, 'at' | 'change'>) {
    const shape = ({ kind, text, entities, keyboard, file, captionAbove }: Partial<FakeMessage>) =>
      JSON.stringify([
        kind,
        text,
        entities,
        keyboard,
        captionAbove ?? false,
        file?.name,
        file && Buffer.from(file.bytes).toString('base64'),
      ]);
    if (shape(old) === shape(next)) {
      throw new Refused(
        400,
        'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      );
    }
    return wireMessage(world, world.put(next));
  }

  const methods: Readonly<Record<string, (params: Params, uploads: Uploads) => unknown>> = {
    getMe: () => ({ ...world.self, can_join_groups: true, can_read_all_group_messages: false }),
    sendMessage: (params) => sendAny(params, { kind: 'text', ...formatted(params, 'text') }),
    sendPhoto(params, uploads) {
      const file = upload(params.photo, uploads);
      checkPhoto(file?.bytes);
      const captionAbove = params.show_caption_above_media === true;
      return sendAny(params, {
        kind: 'photo',
        file,
        captionAbove,
        ...formatted(params, 'caption'),
      });
    },
    sendDocument(params, uploads) {
      const file = upload(params.document, uploads);
      checkDocument(file);
      return sendAny(params, { kind: 'document', file, ...formatted(params, 'caption') });
    },
    editMessageText(params) {
      const old = standing(params, 'edit');
      const text = formatted(params, 'text');
      if (old.kind !== 'text') {
        throw new Error('Bad Request: there is no text in the message to edit');
      }
      return replaceWith(old, { ...old, ...text, keyboard: keyboardOf(params) });
    },
    editMessageMedia(params, uploads) {
      const old = standing(params, 'edit');
      const media = params.media as Params;
      const file = upload(media.media, uploads);
      const kind = media.type === 'photo' ? ('photo' as const) : ('document' as const);
      if (kind === 'photo') checkPhoto(file?.bytes);
      else checkDocument(file);
      const captionAbove = media.show_caption_above_media === true;
      const keyboard = keyboardOf(params);
      return replaceWith(old, {
        ...old,
        kind,
        file,
        captionAbove,
        ...formatted(media, 'caption'),
        keyboard,
      });
    },
    editMessageReplyMarkup(params) {
      const old = standing(params, 'edit');
      return replaceWith(old, { ...old, keyboard: keyboardOf(params) });
    },
    deleteMessage(params) {
      world.remove(standing(params, 'delete'));
      return true;
    },
    sendChatAction(params) {
      openChat(params);
      return true;
    },
    answerCallbackQuery(params) {
      const text = String(params.text ?? '');
      if (text.length > 200) throw new Error('Bad Request: MESSAGE_TOO_LONG');
      world.answers.push({ query: String(params.callback_query_id), text });
      return true;
    },
    setMyCommands(params) {
      checkCommands(params.commands);
      world.commands = params.commands as unknown[];
      return true;
    },
    getMyCommands: () => world.commands,
    getFile(params) {
      const id = String(params.file_id);
      const bytes = world.files.get(id);
      if (bytes === undefined) throw new Refused(400, 'Bad Request: wrong file_id');
      return {
        file_id: id,
        file_unique_id: id,
        file_size: bytes.length,
        file_path: `documents/${id}`,
      };
    },
    getWebhookInfo: () => ({
      url: world.webhook.url,
      has_custom_certificate: false,
      pending_update_count: world.updates.length,
    }),
    deleteWebhook() {
      world.webhook = { url: '', secret: '' };
      return true;
    },
  };
  return methods;
}
