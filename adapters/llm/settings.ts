/** How a model is reached. */
export interface ModelSettings {
  readonly apiKey: string;
  /** An OpenAI-compatible address that ends before /chat/completions. */
  readonly baseUrl: string;
  readonly model: string;
  readonly timeoutMs: number;
}
