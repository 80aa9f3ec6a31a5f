import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Flaw, flaw } from './refused.ts';

const file = fileURLToPath(new URL('../../../shared/specs/discord/openapi.json', import.meta.url));

/** Why tests that need the specification are skipped, or null when it is there. */
export const specMissing: string | null = existsSync(file)
  ? null
  : "Discord's OpenAPI document in ../shared/specs is absent";

interface Schema {
  readonly [key: string]: unknown;
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> };
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<
    Record<string, { content?: Readonly<Record<string, { schema: Schema }>> }>
  >;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const prefix = '#/components/schemas/';

/**
 * What the documentation has and the document lacks, or has otherwise: a permission set is a string of
 * digits, nsfw may be said of a command.
 */
const amendments: Readonly<Record<string, Schema>> = {
  ApplicationCommandUpdateRequest: {
    nsfw: { type: ['boolean', 'null'] },
    default_member_permissions: { type: ['string', 'integer', 'null'], pattern: '^\\d+$' },
  },
};

/**
 * Tells unions apart by their type field, so that errors are about the one that was meant.
 *
 * @param closed unknown keys are refused
 */
function strict(api: OpenApi, schema: Schema, closed: boolean): Schema {
  const union = (schema.oneOf ?? schema.anyOf) as readonly Schema[] | undefined;
  const told = union === undefined ? null : byType(api, union);
  if (told !== null) return told;
  const made: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') {
      made.properties = Object.fromEntries(
        Object.entries(value as Schema).map(([name, one]) => [
          name,
          strict(api, one as Schema, closed),
        ]),
      );
    } else if (key === 'oneOf' || key === 'anyOf') {
      made[key] = (value as readonly Schema[]).map((one) => strict(api, one, closed));
    } else if (key === 'items') made.items = strict(api, value as Schema, closed);
    else made[key] = value;
  }
  if (closed && made.properties !== undefined) made.additionalProperties ??= false;
  return made;
}

function byType(api: OpenApi, union: readonly Schema[]): Schema | null {
  const branches = union.filter((one) => one.type !== 'null');
  const cases = branches.map((one) => {
    const ref = String(one.$ref ?? '');
    const named = api.components.schemas[ref.replace(prefix, '')];
    const type = (named?.properties as Record<string, Schema> | undefined)?.type;
    const required = (named?.required ?? []) as readonly string[];
    return required.includes('type') && Array.isArray(type?.enum)
      ? { ref, values: type.enum as readonly unknown[] }
      : null;
  });
  if (branches.length < 2 || cases.some((one) => one === null)) return null;
  const known = cases.flatMap((one) => one!.values);
  return {
    type: branches.length < union.length ? ['object', 'null'] : 'object',
    properties: { type: { enum: known } },
    ...(branches.length < union.length ? {} : { required: ['type'] }),
    // Built by entries: an object that is written with "then" looks like a promise.
    allOf: cases.map((one) =>
      Object.fromEntries([
        ['if', { type: 'object', properties: { type: { enum: one!.values } }, required: ['type'] }],
        ['then', { $ref: one!.ref }],
      ]),
    ),
  };
}

const formats = ['int32', 'int64', 'double', 'nonce', 'snowflake', 'date-time'];

function createValidators() {
  const api = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
  const build = (change: (schema: Schema, name: string) => Schema): Ajv2020 => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    for (const name of formats) ajv.addFormat(name, true);
    ajv.addFormat('uri', (value: string) => URL.canParse(value));
    const schemas = Object.fromEntries(
      Object.entries(api.components.schemas).map(([name, one]) => [name, change(one, name)]),
    );
    return ajv.addSchema({ $id: 'discord', components: { schemas } });
  };
  const requests = build((schema, name) => {
    const made = strict(api, schema, true);
    const more = amendments[name];
    return more === undefined
      ? made
      : { ...made, properties: { ...(made.properties as Schema), ...more } };
  });
  const answers = build((schema) => strict(api, schema, false));
  const compiled = new Map<string, ValidateFunction | null>();

  /** Refs inside an operation point into the shared schemas. */
  const rooted = (schema: Schema): Schema =>
    JSON.parse(JSON.stringify(schema).replaceAll(`"${prefix}`, `"discord${prefix}`)) as Schema;

  function validator(key: string, make: () => ValidateFunction | null): ValidateFunction | null {
    let found = compiled.get(key);
    if (found === undefined) {
      found = make();
      compiled.set(key, found);
    }
    return found;
  }

  return {
    parameters(method: string, path: string): readonly string[] {
      const given = api.paths[path]?.[method.toLowerCase()]?.parameters ?? [];
      return given.flatMap((one) => (one.in === 'query' ? [one.name] : []));
    },
    request(method: string, path: string): ValidateFunction | null {
      return validator(`${method} ${path}`, () => {
        const body = api.paths[path]?.[method.toLowerCase()]?.requestBody;
        const schema = body?.content['application/json']?.schema;
        return schema === undefined ? null : requests.compile(rooted(strict(api, schema, true)));
      });
    },
    answer(method: string, path: string, status: number): ValidateFunction | null {
      return validator(`${method} ${path} ${status}`, () => {
        const answer = api.paths[path]?.[method.toLowerCase()]?.responses[String(status)];
        const schema = answer?.content?.['application/json']?.schema;
        return schema === undefined ? null : answers.compile(rooted(schema));
      });
    },
  };
}

let shared: ReturnType<typeof createValidators> | null = null;

/** Compiled once for a process: the document is large. */
function validators(): ReturnType<typeof createValidators> {
  shared ??= createValidators();
  return shared;
}

function flawsOf(validate: ValidateFunction | null, value: unknown): Flaw[] {
  if (validate === null || validate(value)) return [];
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
  return errors.map(({ instancePath, keyword, message, params }) => {
    const path = instancePath.slice(1).replaceAll('/', '.');
    const detail = params as Readonly<Record<string, unknown>>;
    const below = (name: unknown) => (path === '' ? String(name) : `${path}.${String(name)}`);
    switch (keyword) {
      case 'required':
        return flaw(below(detail.missingProperty), 'This field is required', 'BASE_TYPE_REQUIRED');
      case 'additionalProperties':
        return flaw(
          below(detail.additionalProperty),
          'Discord knows no such field',
          'UNKNOWN_FIELD',
        );
      case 'maxLength':
        return flaw(path, `Must be ${detail.limit} or fewer in length.`, 'BASE_TYPE_MAX_LENGTH');
      case 'maxItems':
        return flaw(path, `Must be ${detail.limit} or fewer in length.`, 'BASE_TYPE_BAD_LENGTH');
      default:
        return flaw(path, message ?? keyword, `SCHEMA_${keyword.toUpperCase()}`);
    }
  });
}

/** What the official document finds wrong with a request's body; unknown fields are wrong. */
export function requestFlaws(method: string, path: string, body: unknown): Flaw[] {
  return flawsOf(validators().request(method, path), body);
}

/** Which parts of a query the official document does not know. */
export function queryFlaws(method: string, path: string, query: URLSearchParams): Flaw[] {
  const known = validators().parameters(method, path);
  const unknown = [...query.keys()].filter((name) => !known.includes(name));
  return unknown.map((name) => flaw(name, 'Discord knows no such parameter', 'UNKNOWN_FIELD'));
}

/** What the official document finds wrong with an answer of the fake. */
export function answerFlaws(method: string, path: string, status: number, body: unknown): Flaw[] {
  return flawsOf(validators().answer(method, path, status), body);
}
