import type { Event } from '../../bot/event.ts';
import type { Operation, OperationBlock } from './operation.ts';

/** What the person did, as their own message: typed words, a pressed label, a filled form, a file. */
export function ownMessage(event: Event, pressedOn: Operation | null, fields: Labels): Operation {
  const { body } = event;
  const position = event.message === undefined ? {} : { position: Number(event.message) };
  const say = (text: string): OperationBlock => ({ kind: 'text', text, style: 'body' });
  const own = (blocks: readonly OperationBlock[], chose?: Operation['chose']): Operation => ({
    from: 'you',
    notify: 'silent',
    blocks: [...blocks],
    actions: [],
    ...(chose ? { chose } : {}),
  });
  switch (body.kind) {
    case 'text':
      return own([say(body.text)]);
    case 'command':
      return own([say(`/${body.name}${body.args ? ` ${body.args}` : ''}`)]);
    case 'button': {
      const label = labelOf(pressedOn, body.token)?.label ?? 'An earlier button';
      return own([say(label)], { token: body.token, ...position });
    }
    case 'select': {
      const select = labelOf(pressedOn, body.token);
      const options = select?.kind === 'select' ? select.options : [];
      const label = options.find((option) => option.value === body.value)?.label ?? body.value;
      return own([say(label)], { token: body.token, value: body.value, ...position });
    }
    case 'form': {
      const facts = Object.entries(body.values)
        .filter(([, value]) => value.trim() !== '')
        .map(([name, value]) => ({ label: fields.label(name), value: fields.value(name, value) }));
      const title = labelOf(pressedOn, body.token)?.label ?? fields.title;
      return own([say(title), { kind: 'facts', facts }], { token: body.token, ...position });
    }
    case 'file': {
      const upload: OperationBlock = {
        kind: 'upload',
        name: body.file.name,
        bytes: body.file.bytes,
      };
      return own(body.caption.trim() === '' ? [upload] : [upload, say(body.caption)]);
    }
    case 'lifecycle':
      return own([]);
  }
}

/** How a form names its fields and choices. */
export interface Labels {
  readonly title: string;
  label(name: string): string;
  value(name: string, value: string): string;
}

export const noLabels: Labels = {
  title: 'Form',
  label: (name) => name,
  value: (_, value) => value,
};

function labelOf(pressedOn: Operation | null, token: string) {
  return pressedOn?.actions.find((action) => action.kind !== 'link' && action.token === token);
}
