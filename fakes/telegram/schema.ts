import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';

const file = fileURLToPath(
  new URL(
    '../../../shared/specs/derived/telegram-outgoing.bot-api-10.3.schema.json',
    import.meta.url,
  ),
);

/** Why tests that need the specification are skipped, or null when it is there. */
export const schemaMissing: string | null = existsSync(file)
  ? null
  : 'the Bot API schema in ../shared/specs is absent';

interface Root {
  readonly methods: Readonly<Record<string, { readonly $ref: string }>>;
}

/** Checks a method's parameters by the Bot API's own types: unknown keys are refused. */
export function schemaCheck(): (method: string, params: unknown) => string | null {
  const root = JSON.parse(readFileSync(file, 'utf8')) as Root;
  const ajv = new Ajv({ strict: false, allErrors: false });
  ajv.addSchema(root, 'telegram');
  const compiled = new Map<string, ValidateFunction>();
  return (method, params) => {
    if (!Object.hasOwn(root.methods, method)) return `no method ${method}`;
    let validate = compiled.get(method);
    if (validate === undefined) {
      validate = ajv.compile({ $ref: `telegram${root.methods[method].$ref}` });
      compiled.set(method, validate);
    }
    if (validate(params)) return null;
    const error = validate.errors?.at(-1);
    const extra = error?.params.additionalProperty;
    return `${error?.instancePath ?? ''} ${error?.message}${extra ? ` (${extra})` : ''}`;
  };
}
