/** A language model: it is given words and gives words back. It has no tools and no authority. */
export interface Model {
  /** The client and model asked for, for the record: "openai gpt-4.1-mini". */
  readonly name: string;
  /** @throws PortError when there is no whole answer */
  complete(
    prompt: { readonly system: string; readonly user: string },
    options: { readonly signal: AbortSignal; readonly maxTokens: number },
  ): Promise<{ readonly text: string /** As the provider names it. */; readonly model: string }>;
}

/** The texts of prompts/, read once at the start. */
export interface PromptTemplates {
  readonly system: string;
  readonly user: string;
}
