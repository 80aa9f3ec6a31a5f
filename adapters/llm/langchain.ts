import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { PortError } from '../../bot/errors.ts';
import type { Model } from '../../bot/explain/model-port.ts';
import { modelError } from './model-error.ts';
import type { ModelSettings } from './settings.ts';

/** Any OpenAI-compatible address through LangChain, without its retries. */
export function langchainModel({ apiKey, baseUrl, model, timeoutMs }: ModelSettings): Model {
  return {
    name: `langchain ${model}`,
    async complete({ system, user }, { signal, maxTokens }) {
      const chat = new ChatOpenAI({
        model,
        apiKey,
        maxTokens,
        maxRetries: 0,
        timeout: timeoutMs,
        useResponsesApi: false,
        configuration: { baseURL: baseUrl, organization: null, project: null, logLevel: 'off' },
      });
      try {
        const answer = await chat.invoke([new SystemMessage(system), new HumanMessage(user)], {
          signal,
        });
        const { finish_reason: end, model_name: named } = answer.response_metadata;
        if (typeof answer.content !== 'string' || answer.content === '' || end === 'length') {
          throw new PortError('model', 'bad-answer', 'The model gave no whole answer.');
        }
        return { text: answer.content, model: typeof named === 'string' ? named : model };
      } catch (error) {
        throw modelError(error, signal);
      }
    },
  };
}
