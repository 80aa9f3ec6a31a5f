import { readFileSync } from 'node:fs';
import type { Model, PromptTemplates } from '../../bot/explain/model-port.ts';
import { DEADLINE_MS } from '../../bot/explain/reword.ts';
import type { Config } from '../config.ts';

/** The model of the configuration, or null without a key. Its package is loaded only when used. */
export async function modelOf(config: Config): Promise<Model | null> {
  if (config.OPENAI_API_KEY === undefined) return null;
  const settings = {
    apiKey: config.OPENAI_API_KEY,
    baseUrl: config.OPENAI_BASE_URL,
    model: config.KEEL_MODEL,
    timeoutMs: DEADLINE_MS,
  };
  if (config.KEEL_MODEL_CLIENT === 'langchain') {
    return (await import('./langchain.ts')).langchainModel(settings);
  }
  return (await import('./openai.ts')).openaiModel(settings);
}

/** The prompts as they stand in prompts/. */
export function readPrompts(): PromptTemplates {
  const read = (name: string) =>
    readFileSync(new URL(`../../prompts/${name}`, import.meta.url), 'utf8');
  return { system: read('reword.system.md'), user: read('reword.user.md') };
}
