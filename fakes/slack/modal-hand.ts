import type { Outcome } from './delivery.ts';
import {
  complaint,
  type Field,
  type Filling,
  fieldsOf,
  filledValue,
  initialValues,
  isFile,
  type PickedFile,
  type Values,
} from './form-state.ts';
import type { Actor, Submitted } from './interactions.ts';
import type { FakeSlack } from './server.ts';
import { shownText, wordsOf } from './visible.ts';
import { uploadedBy, wireFile } from './wire.ts';
import type { Block, Json, SlackView } from './world.ts';

/** A person's hand on the modal that the bot opened for them: reads, fills in, submits, closes. */
export function createModalHand(fake: FakeSlack, actor: Actor) {
  const { world, interactions, views, delivery } = fake;
  const filled = new Map<string, Values>();
  const shownErrors = new Map<string, Readonly<Record<string, string>>>();

  const open = (): SlackView | null => views.stack(actor.team.id, actor.user).at(-1) ?? null;

  function opened(): SlackView {
    const view = open();
    if (view === null) throw new Error('There is no open modal.');
    return view;
  }

  /** What was filled in stays when the app changes the modal, for ids that stay. */
  function valuesOf(view: SlackView): Values {
    const values = initialValues(view.payload.blocks);
    const before = filled.get(view.id) ?? {};
    for (const [block, elements] of Object.entries(before)) {
      for (const [action, value] of Object.entries(elements)) {
        const now = values[block]?.[action];
        if (now !== undefined && now.type === value.type) values[block][action] = value;
      }
    }
    return values;
  }

  const label = ({ block, element }: Field): string =>
    shownText(
      String(((block.label ?? block.text ?? element.placeholder) as Json | undefined)?.text ?? ''),
    );

  function named(view: SlackView, name: string): Field {
    const fields = fieldsOf(view.payload.blocks);
    const found =
      fields.find((field) => label(field) === name) ??
      fields.find((field) => label(field).startsWith(name)) ??
      fields.find(({ block }) => block.block_id === name);
    if (found !== undefined) return found;
    throw new Error(`There is no input "${name}"; there are: ${fields.map(label).join(', ')}`);
  }

  async function setOne(view: SlackView, field: Field, filling: Filling): Promise<Outcome | null> {
    if (isFile(filling)) return keep(view, field, pickFile(filling));
    const external = /external_select$/.test(field.element.type);
    const asked = Array.isArray(filling) ? String(filling[0]) : String(filling);
    const offered = external ? await interactions.suggest(actor, field, asked, view) : undefined;
    return keep(view, field, filledValue(field.element, filling, offered));
  }

  /** A file that is picked is uploaded at once, in the person's name. */
  function pickFile({ name, bytes }: PickedFile): Json {
    const file = uploadedBy(world, actor.team.id, actor.user, name, bytes, []);
    return { type: 'file_input', files: [wireFile(file, fake.url)] };
  }

  async function keep(view: SlackView, field: Field, value: Json): Promise<Outcome | null> {
    const values = valuesOf(view);
    const { block, element } = field;
    values[block.block_id] = { ...values[block.block_id], [element.action_id]: value };
    filled.set(view.id, values);
    // Choices outside inputs, and inputs that say so, are told to the app at once.
    if (block.type === 'input' && block.dispatch_action !== true) return null;
    const action = {
      ...value,
      action_id: element.action_id,
      block_id: block.block_id,
      action_ts: world.ts(),
    };
    return interactions.push(interactions.onView(actor, view, action, values));
  }

  return {
    /** What the modal shows; null when none is open. */
    shown() {
      const view = open();
      if (view === null) return null;
      const text = (field: unknown) => (field as Json | undefined)?.text as string | undefined;
      const { title, submit, close, blocks } = view.payload;
      return {
        view,
        title: text(title) ?? '',
        submit: text(submit) ?? null,
        close: text(close) ?? 'Cancel',
        words: (blocks as readonly Block[]).flatMap(wordsOf).join('\n'),
        labels: fieldsOf(blocks).map(label),
        values: valuesOf(view),
        /** Below the inputs, by block: from Slack itself or from the app. */
        errors: shownErrors.get(view.id) ?? {},
      };
    },
    async fill(fillings: Readonly<Record<string, Filling>>): Promise<void> {
      for (const [name, filling] of Object.entries(fillings)) {
        const view = opened();
        await setOne(view, named(view, name), filling);
      }
    },
    /** Presses a button inside the modal. */
    press(name: string): Promise<Outcome> {
      const view = opened();
      const { block, element } = fieldsOf(view.payload.blocks).find(
        (field) => field.element.type === 'button' && (field.element.text as Json).text === name,
      ) ?? { block: null, element: null };
      if (element === null) throw new Error(`There is no button "${name}" in the modal.`);
      const { type, action_id, text, value } = element;
      const action = {
        type,
        action_id,
        block_id: block.block_id,
        text,
        value,
        action_ts: world.ts(),
      };
      return interactions.push(interactions.onView(actor, view, action, valuesOf(view)));
    },
    /** The submission that would be sent, whatever Slack itself would say about it. */
    submission: () => interactions.submission(actor, opened(), valuesOf(opened())),
    /** Presses submit: Slack's own complaints first, then the app's. */
    async submit(): Promise<Submitted> {
      const view = opened();
      const values = valuesOf(view);
      const errors: Record<string, string> = {};
      for (const field of fieldsOf(view.payload.blocks)) {
        if (field.block.type !== 'input') continue;
        const value = values[field.block.block_id][field.element.action_id];
        const wrong = complaint(field, value);
        if (wrong !== null) errors[field.block.block_id] = wrong;
      }
      let result: Submitted = { kind: 'errors', errors };
      if (Object.keys(errors).length === 0) {
        const act = interactions.submission(actor, view, values);
        result = await interactions.submit(act, actor.team, view);
      }
      shownErrors.set(view.id, result.kind === 'errors' ? result.errors : {});
      return result;
    },
    /** Closes it; the app hears of it only when it asked to. */
    async close(): Promise<Outcome | null> {
      const view = opened();
      world.closeView(view.id);
      if (view.payload.notify_on_close !== true) return null;
      return delivery.push(interactions.closed(actor, view, false));
    },
  };
}

export type ModalHand = ReturnType<typeof createModalHand>;
