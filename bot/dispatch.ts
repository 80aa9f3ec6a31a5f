import type {
  ActHandler,
  Command,
  Context,
  DialogueHandler,
  FormHandler,
  Outcome,
} from './commands/command.ts';
import { forms } from './dialogue/form-table.ts';
import type { FormName } from './dialogue/forms.ts';
import { saysLeave, saysNo, saysYes } from './dialogue/plain-answers.ts';
import { unsuitableReply } from './dialogue/questionnaire-replies.ts';
import { type DialogueState, isElsewhere } from './dialogue/state.ts';
import { Refusal } from './errors.ts';
import type { Body } from './event.ts';
import { routeText } from './intent.ts';
import { cleanText } from './language/clean.ts';
import { codeInWords } from './link-code.ts';
import type { Draft } from './reply.ts';
import { assess } from './suitability/assess.ts';

/** Everything the bot can do, by name: assembled in commands/index.ts. */
export interface Abilities {
  readonly commands: readonly Command[];
  readonly acts: Readonly<Record<string, ActHandler>>;
  readonly forms: Readonly<Record<FormName, FormHandler>>;
  readonly dialogues: Readonly<Record<DialogueState['kind'], DialogueHandler>>;
  /** What a first message comes to, before consent. */
  readonly welcome: (context: Context) => Promise<Outcome>;
  /** What a home page shows. */
  readonly home: (context: Context) => Promise<Outcome>;
  /** What a file comes to when no dialogue is open. */
  readonly onFile: DialogueHandler['onFile'];
}

/** Longest text that is read; more is answered, not processed. */
const LONGEST_TEXT = 4_000;

/** Finds what an event asks for and runs it. Unknown things get a clear answer with ways on. */
export async function dispatch(abilities: Abilities, context: Context): Promise<Outcome> {
  const { body } = context.event;
  switch (body.kind) {
    case 'command':
      return command(abilities, context, body.name.toLowerCase(), body.args);
    case 'text':
      return text(abilities, context, body.text);
    case 'button':
      return act(abilities, context, {});
    case 'select':
      return act(abilities, context, { value: body.value });
    case 'form': {
      const form = context.button?.form;
      if (form === null || form === undefined || !Object.hasOwn(abilities.forms, form)) {
        throw expired();
      }
      return submitted(abilities, context, form as FormName, body);
    }
    case 'file': {
      if (context.person.consentedAt === null) return abilities.welcome(context);
      const open = context.dialogue && abilities.dialogues[context.dialogue.kind].onFile;
      const answer = await open?.(context, body.file, body.caption);
      if (answer) return answer;
      const fallback = await abilities.onFile?.(context, body.file, body.caption);
      if (fallback) return fallback;
      throw new Refusal('file', 'I cannot read that file. Send your holdings as a CSV file.');
    }
    case 'lifecycle':
      return body.what === 'home-opened' ? abilities.home(context) : { replies: [] };
  }
}

/** The platform has checked the values already; what reaches us otherwise is refused in words. */
async function submitted(
  abilities: Abilities,
  context: Context,
  form: FormName,
  { values, files = {} }: Extract<Body, { kind: 'form' }>,
): Promise<Outcome> {
  const checked = forms[form].schema.safeParse(values);
  if (checked.success) return abilities.forms[form](context, checked.data, files);
  const [issue] = checked.error.issues;
  throw new Refusal('form', `${issue.message} Open the form again with its button, or type it.`);
}

function expired(): Refusal {
  return new Refusal('expired', 'That button has expired. Type /help to see what I can do now.');
}

async function act(
  abilities: Abilities,
  context: Context,
  extra: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const button = context.button;
  if (button === null) throw expired();
  const { name, args } = button.act;
  if (name === 'command')
    return command(abilities, context, String(args.name), String(args.args ?? ''));
  const handler = Object.hasOwn(abilities.acts, name) ? abilities.acts[name] : undefined;
  if (handler === undefined) throw expired();
  return handler(context, { ...args, ...extra });
}

async function command(
  abilities: Abilities,
  context: Context,
  name: string,
  args: string,
): Promise<Outcome> {
  const found = abilities.commands.find((each) => each.name === name);
  if (found === undefined) return unknownCommand(abilities, context, cleanText(name, 40));
  const missing = await missingFor(found, context);
  return missing ?? found.run(context, args);
}

/** What has to come first, as a reply with the button that leads there; null when all is there. */
async function missingFor(found: Command, context: Context): Promise<Outcome | null> {
  const scope = context.person;
  if (found.needs === 'nothing') return null;
  if (scope.consentedAt === null) {
    return missing(
      context,
      'Before that, please read what I am and agree to it.',
      'Begin',
      'start',
    );
  }
  if (found.needs === 'consent') return null;
  const stored = await context.read.answers.current(scope);
  if (stored === null) {
    return missing(
      context,
      'Before that, I need to know how much risk suits you: ten short questions.',
      'Answer the questions',
      'profile',
    );
  }
  if (found.needs === 'profile') return null;
  const holdings = await context.read.ledger.holdings(scope);
  if (holdings.positions.length === 0 && holdings.cash.minor === 0n) {
    // Nobody is asked for holdings to be refused advice on them.
    const assessment = assess(stored);
    if (assessment.kind === 'unsuitable') {
      return { replies: [unsuitableReply(assessment.reasons, { key: context.newId() })] };
    }
    return missing(
      context,
      'Before that, tell me what you hold today, for example "12 SPY, 3.5 BTC, 4000 cash".',
      'Tell what I hold',
      'holdings',
    );
  }
  return null;
}

function missing(context: Context, text: string, label: string, name: string): Outcome {
  const draft: Draft = {
    key: context.newId(),
    visibility: 'private',
    notify: 'normal',
    blocks: [{ kind: 'text', text }],
    actions: [{ kind: 'choice', label, style: 'primary', do: { name: 'command', args: { name } } }],
  };
  return { replies: [draft] };
}

async function text(abilities: Abilities, context: Context, raw: string): Promise<Outcome> {
  if (raw.trim() === '') {
    throw new Refusal('empty', 'That message was empty. Type /help to see what I can do.');
  }
  if (raw.length > LONGEST_TEXT) {
    throw new Refusal(
      'long',
      `That message has ${raw.length.toLocaleString('en-US')} characters; I read up to ${LONGEST_TEXT.toLocaleString('en-US')}. Please send less at a time, or your holdings as a CSV file.`,
    );
  }
  const code = codeInWords(raw);
  if (code !== null) return command(abilities, context, 'link', code);
  if (context.person.consentedAt === null) return abilities.welcome(context);
  if (context.dialogue !== null) {
    const answer = await abilities.dialogues[context.dialogue.kind].onText(context, raw);
    if (answer !== null) return answer;
  }
  const route = routeText(raw, abilities.commands);
  if (route.kind === 'command') return command(abilities, context, route.name, route.args);
  const lead =
    context.dialogue === null && (saysYes(raw) || saysNo(raw) || saysLeave(raw))
      ? 'Nothing is waiting for an answer.'
      : route.order
        ? 'I place no single trades; I recommend a whole mix, and trade towards it when you confirm.'
        : 'I did not understand that.';
  return suggestions(abilities, context, lead, route.names);
}

/** What is still open while something else was said. */
function stillOpen(dialogue: DialogueState, context: Context): string {
  const elsewhere = isElsewhere(dialogue, context);
  const where = elsewhere ? 'in your other chat' : 'above';
  if (dialogue.kind === 'questionnaire') {
    return elsewhere
      ? 'My questions, begun in your other chat, are still open: type /profile to go on here.'
      : 'My question above is still open: press one of its buttons, or type /profile.';
  }
  if (dialogue.phase === 'echo') {
    return `What I understood ${where} still waits for your "yes" or "no". Type "cancel" to leave it.`;
  }
  return dialogue.kind === 'goal'
    ? 'I am still waiting for your goal, for example "20k by June 2032". Type "cancel" to leave it.'
    : 'I am still waiting for what you hold, for example "12 SPY, 4000 cash". Type "cancel" to leave it.';
}

function unknownCommand(abilities: Abilities, context: Context, name: string): Outcome {
  const route = routeText(name, abilities.commands);
  const nearest = route.kind === 'nearest' ? route.names : [route.name];
  return suggestions(abilities, context, `I do not know /${name}.`, nearest);
}

/** The three nearest things Keel can do, as buttons. */
function suggestions(
  abilities: Abilities,
  context: Context,
  lead: string,
  nearest: readonly string[],
): Outcome {
  const offers = nearest
    .map((name) => abilities.commands.find((each) => each.name === name))
    .filter((each) => each !== undefined);
  const list = offers.map((each) => `/${each.name}: ${each.summary}`).join('\n');
  return {
    replies: [
      {
        key: context.newId(),
        visibility: 'private',
        notify: 'normal',
        blocks: [
          {
            kind: 'text',
            text: `${lead} The nearest things I can do:\n${list}`,
          },
          ...(context.dialogue
            ? [{ kind: 'text', text: stillOpen(context.dialogue, context) } as const]
            : []),
        ],
        actions: offers.map((each) => ({
          kind: 'choice',
          label: `/${each.name}`,
          do: { name: 'command', args: { name: each.name } },
        })),
      },
    ],
  };
}
