import type { AnswerPorts } from './answer.ts';
import { verifyButton } from './button.ts';
import { Refusal } from './errors.ts';
import type { Source } from './event.ts';
import type { ButtonRow, InboxRow, Person, Store } from './store.ts';

/** The row behind a pressed button, checked: signed here, this person's, right kind, not expired. */
export async function pressedButton(
  { store, clock, buttonKey }: Pick<AnswerPorts, 'store' | 'clock' | 'buttonKey'>,
  row: InboxRow,
  person: Person,
): Promise<ButtonRow | null> {
  const { body } = row.event;
  if (body.kind !== 'button' && body.kind !== 'select' && body.kind !== 'form') return null;
  const id = verifyButton(buttonKey, body.token);
  const button = id === null ? null : await store.read.buttons.get(id);
  if (button === null) {
    throw new Refusal(
      'bad-button',
      'I do not recognise that button. Type /help to see what I can do.',
    );
  }
  if (button.workspace !== person.workspace || button.person !== person.person) {
    if (await wasOwn(store, row.event.source, person, button)) {
      throw new Refusal(
        'bad-button',
        'That button is from before this chat was linked, so I did nothing. Type /help to see what I can do now.',
      );
    }
    throw new Refusal(
      'foreign-button',
      'That button belongs to someone else; only they can press it.',
    );
  }
  const kind = body.kind === 'button' ? 'choice' : body.kind;
  if (button.kind !== kind) throw new Refusal('bad-button', 'That button cannot be used this way.');
  if (button.usedAt !== null) throw alreadyDone(button);
  // An expired act still reaches its handler, which refuses it and offers a fresh one.
  if (
    button.act.expiresAt !== undefined &&
    clock.now() > button.act.expiresAt &&
    !button.act.once
  ) {
    throw new Refusal('expired', 'That button has expired. Type /help to see what I can do now.');
  }
  return button;
}

/** Whether a button was made for the account that this chat put aside when it joined another. */
async function wasOwn(
  { read }: Pick<Store, 'read'>,
  source: Source,
  person: Person,
  button: ButtonRow,
): Promise<boolean> {
  return (await read.links.of(person)).some(
    ({ platform, installation, identity, home }) =>
      platform === source.platform &&
      installation === source.installation &&
      identity === source.identity &&
      home?.workspace === button.workspace &&
      home.person === button.person,
  );
}

/** For an act that somebody, maybe the same person, has used before. */
export function alreadyDone(button: ButtonRow): Refusal {
  const what =
    button.act.name === 'confirm-proposal' ? 'That was already confirmed' : 'That was already done';
  return new Refusal('used', `${what}, so I did nothing again.`);
}
