import { z } from 'zod';
import type { Event } from '../event.ts';

/** Where it was last shown: a person may go on in another of their direct chats. */
const conversation = z.string().optional();

/** Answers so far, by question name, and the question being asked. */
const questionnaireSchema = z.object({
  kind: z.literal('questionnaire'),
  conversation,
  questionnaire: z.string(),
  /** The question being asked, or "contradiction:" and the name of the one being asked about. */
  question: z.string(),
  answers: z.record(z.string(), z.string()),
  /** Contradictions the person has already been asked about and kept. */
  confirmed: z.array(z.string()),
  /** Key of the message that shows the question, so that the next one takes its place. */
  message: z.string(),
});

/** A questionnaire that waits while something else is talked about, so that no answer is lost. */
const paused = questionnaireSchema.optional();

/**
 * The saved state of an open dialogue: plain data, parsed at every read. Each member is owned by
 * the dialogue file of its kind.
 */
export const dialogueStateSchema = z.discriminatedUnion('kind', [
  questionnaireSchema,
  /** Understood, echoed, and waiting for yes or edit. `goal` is parsed by goal.ts. */
  z.object({
    kind: z.literal('goal'),
    conversation,
    phase: z.enum(['ask', 'clarify', 'echo']),
    text: z.string(),
    goal: z.unknown(),
    paused,
  }),
  z.object({
    kind: z.literal('holdings'),
    conversation,
    phase: z.enum(['ask', 'clarify', 'echo']),
    text: z.string(),
    draft: z.unknown(),
    paused,
  }),
]);

export type DialogueState = z.infer<typeof dialogueStateSchema>;

type QuestionnaireState = Extract<DialogueState, { kind: 'questionnaire' }>;

/** The questionnaire that is open or waits behind another dialogue; null when there is none. */
export function questionnaireIn(state: DialogueState | null): QuestionnaireState | null {
  return state?.kind === 'questionnaire' ? state : (state?.paused ?? null);
}

/** What is saved when a dialogue moves from one state to the next: an interrupted questionnaire stays. */
export function carriedOver(
  before: DialogueState | null,
  next: DialogueState | null,
): DialogueState | null {
  const waiting = questionnaireIn(before);
  if (waiting === null || next?.kind === 'questionnaire') return next;
  if (next !== null) return { ...next, paused: waiting };
  return before?.kind === 'questionnaire' ? null : waiting;
}

/**
 * Under which key a dialogue is kept: alone with Keel it belongs to the person, whichever platform
 * they are on, and in company to that conversation.
 */
export function dialogueKey({ surface }: Pick<Event, 'surface'>, conversation: string): string {
  return surface === 'direct' ? 'direct' : conversation;
}

/** A state as it is saved after it was shown in a conversation. */
export function shownIn<S extends DialogueState | null>(state: S, conversation: string): S {
  return state && { ...state, conversation };
}

/**
 * Whether a state was last shown in another conversation: then a "yes" typed here answers nothing
 * that can be seen here.
 */
export function isElsewhere(
  state: Pick<DialogueState, 'conversation'>,
  { conversation }: { readonly conversation: string },
): boolean {
  return state.conversation !== undefined && state.conversation !== conversation;
}
