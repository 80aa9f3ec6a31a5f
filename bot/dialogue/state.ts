import { z } from 'zod';

/** Answers so far, by question name, and the question being asked. */
const questionnaireSchema = z.object({
  kind: z.literal('questionnaire'),
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
    phase: z.enum(['ask', 'clarify', 'echo']),
    text: z.string(),
    goal: z.unknown(),
    paused,
  }),
  z.object({
    kind: z.literal('holdings'),
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
