import { type Component, everyComponent, mediaOf } from './components.ts';
import type { MessageBody, Uploads } from './message-body.ts';
import { type Flaw, flaw, mistaken } from './refused.ts';
import type { FakeMessage } from './world.ts';

const mebibyte = 1024 * 1024;

/** 413, as for a body that is larger than Discord takes. */
export function checkSize(uploads: Uploads): void {
  const sizes = [...uploads.values()].map(({ bytes }) => bytes.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (sizes.some((size) => size > 10 * mebibyte) || total > 25 * mebibyte) {
    throw mistaken(413, 40005, 'Request entity too large');
  }
}

/** That files and words about them fit together. */
export function fileFlaws(
  body: MessageBody,
  uploads: Uploads,
  v2: boolean,
  components: readonly Component[],
  old: FakeMessage | undefined,
): Flaw[] {
  const flaws: Flaw[] = [];
  const listed = body.attachments ?? null;
  const kept = old?.attachments ?? [];
  for (const [index, { id }] of (listed ?? []).entries()) {
    if (uploads.has(`files[${id}]`) || kept.some((one) => one.id === id)) continue;
    flaws.push(flaw(`attachments.${index}.id`, 'There is no such file', 'ATTACHMENT_NOT_FOUND'));
  }
  const names = new Set(
    kept
      .filter((one) => listed === null || listed.some(({ id }) => id === one.id))
      .map((one) => one.name),
  );
  const shown = new Set(
    everyComponent(components).flatMap(({ component }) =>
      mediaOf(component).map(({ url }) => /^attachment:\/\/(.+)$/.exec(url)?.[1] ?? ''),
    ),
  );
  for (const url of embedFiles(body.embeds ?? [])) shown.add(url);
  for (const [field, { name, bytes }] of uploads) {
    const index = /^files\[(\d+)\]$/.exec(field)?.[1];
    const entry = listed?.find(({ id }) => id === index);
    if (index === undefined) flaws.push(flaw(field, 'Files are named files[0] to files[9]'));
    if (listed !== null && entry === undefined) {
      flaws.push(flaw(field, 'A file was sent that attachments does not list'));
    }
    if (bytes.length === 0) flaws.push(flaw(field, 'The file is empty', 'ATTACHMENT_EMPTY'));
    const called = entry?.filename ?? name;
    if (names.has(called)) {
      flaws.push(flaw(field, `attachment://${called} would name two files`));
    }
    names.add(called);
    if (v2 && !shown.has(called)) {
      flaws.push(flaw(field, `No component shows attachment://${called}`));
    }
  }
  for (const name of shown) {
    if (name !== '' && !/^[\w.-]+$/.test(name)) {
      flaws.push(flaw('components', `attachment://${name}: only letters, digits, dots, _ and -`));
    }
    if (name === '' || names.has(name)) continue;
    flaws.push(
      flaw(
        'components',
        `attachment://${name} names no file`,
        'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      ),
    );
  }
  return flaws;
}

function embedFiles(embeds: NonNullable<MessageBody['embeds']>): string[] {
  return [...JSON.stringify(embeds).matchAll(/"attachment:\/\/([^"]+)"/g)].map(([, name]) => name);
}
