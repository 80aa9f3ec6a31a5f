import OpenAI from 'openai';
import { PortError } from '../../bot/errors.ts';
import type { Model } from '../../bot/explain/model-port.ts';
import { modelError } from './model-error.ts';
import type { ModelSettings } from './settings.ts';

/** Any OpenAI-compatible address through the `openai` package, without its retries. */
export function openaiModel({ apiKey, baseUrl, model, timeoutMs }: ModelSettings): Model {
  const client = new OpenAI({
    apiKey,
    // Explicit, because the package reads its own variables from the environment.
    baseURL: baseUrl,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
  });
  // Newer families of models refuse the older name of the limit.
  const limit = /^(o\d|gpt-5)/.test(model) ? 'max_completion_tokens' : 'max_tokens';
  return {
    name: `openai ${model}`,
    async complete({ system, user }, { signal, maxTokens }) {
      try {
        const answer = await client.chat.completions.create(
          {
            model,
            messages: [
              { role: 'system', content: system },
              { role: 'user', content: user },
            ],
            [limit]: maxTokens,
            stream: false,
          },
          { signal },
        );
        const choice = answer.choices?.[0];
        const text = choice?.message?.content;
        if (typeof text !== 'string' || text === '' || choice?.finish_reason === 'length') {
          throw new PortError('model', 'bad-answer', 'The model gave no whole answer.');
        }
        return { text, model: String(answer.model ?? model) };
      } catch (error) {
        throw modelError(error, signal);
      }
    },
  };
}
