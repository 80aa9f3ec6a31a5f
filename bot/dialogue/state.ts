import { z } from 'zod';

/**
 * The saved state of an open dialogue: plain data, parsed at every read. Each member is owned by
 * the dialogue file of its kind.
 */
export const dialogueStateSchema = z.discriminatedUnion('kind', [
  /** Answers so far, by question name, and the question being asked. */
  z.object({
    kind: z.literal('questionnaire'),
    questionnaire: z.string(),
    /** The question being asked, or "contradiction:" and the name of the one being asked about. */
    question: z.string(),
    answers: z.record(z.string(), z.string()),
    /** Contradictions the person has already been asked about and kept. */
    confirmed: z.array(z.string()),
    /** Key of the message that shows the question, so that the next one takes its place. */
    message: z.string(),
  }),
  /** Understood, echoed, and waiting for yes or edit. `goal` is parsed by goal.ts. */
  z.object({
    kind: z.literal('goal'),
    phase: z.enum(['ask', 'clarify', 'echo']),
    text: z.string(),
    goal: z.unknown(),
  }),
  z.object({
    kind: z.literal('holdings'),
    phase: z.enum(['ask', 'clarify', 'echo']),
    text: z.string(),
    draft: z.unknown(),
  }),
]);

export type DialogueState = z.infer<typeof dialogueStateSchema>;
