import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

const specs = new URL('../../../shared/specs/', import.meta.url);
const file = fileURLToPath(new URL('derived/slack-outgoing.web-api-8.2.schema.json', specs));

/** Why tests that need the specification are skipped, or null when it is there. */
export const schemaMissing: string | null = existsSync(file)
  ? null
  : 'the Slack schema in ../shared/specs is absent';

/** A file of the specifications, parsed. */
export function readSpec(path: string): unknown {
  return JSON.parse(readFileSync(fileURLToPath(new URL(path, specs)), 'utf8'));
}

interface Root {
  readonly methods: Readonly<Record<string, { readonly $ref: string }>>;
  readonly definitions: Record<string, unknown>;
}

interface Shape {
  readonly properties: Record<string, unknown>;
}

/**
 * What Slack documents and the SDK's types do not have yet: the chart block and some fields. An
 * unknown block must fail, so the SDK's catch-all leaves.
 */
function completed(root: Root): Root {
  const { definitions } = root;
  definitions.DataVisualizationBlock = {
    type: 'object',
    properties: {
      type: { const: 'data_visualization' },
      block_id: { type: 'string' },
      title: { type: 'string' },
      chart: { type: 'object', required: ['type'] },
    },
    required: ['type', 'title', 'chart'],
    additionalProperties: false,
  };
  const known = definitions.KnownBlock as { anyOf: unknown[] };
  known.anyOf.push({ $ref: '#/definitions/DataVisualizationBlock' });
  definitions.AnyBlock = { $ref: '#/definitions/KnownBlock' };
  const toggle = { type: 'boolean' };
  for (const name of ['User', 'Channel', 'Usergroup']) {
    const { style } = (definitions[`RichText${name}Mention`] as Shape).properties;
    Object.assign((style as Shape).properties, {
      highlight: toggle,
      client_highlight: toggle,
      unlink: toggle,
    });
  }
  const list = definitions.RichTextList as Shape;
  Object.assign(list.properties, { offset: { type: 'number' }, border: { type: 'number' } });
  const card = definitions.CardBlock as Shape;
  Object.assign(card.properties, {
    subtext: { $ref: '#/definitions/MrkdwnElement' },
    slack_icon: { type: 'object', required: ['type', 'name'] },
  });
  return root;
}

/** Compiling takes a moment and holds no state: one for the whole process. */
let compiledOnce: SchemaCheck | undefined;

/** Checks by the SDK's own types: unknown keys, methods and blocks are refused. */
export function schemaCheck(): SchemaCheck {
  compiledOnce ??= compileSchema();
  return compiledOnce;
}

function compileSchema() {
  const root = completed(readSpec('derived/slack-outgoing.web-api-8.2.schema.json') as Root);
  const ajv = new Ajv({ strict: false, allErrors: false });
  ajv.addSchema(root, 'slack');
  const compiled = new Map<string, ValidateFunction>();

  function against(ref: string, value: unknown): string | null {
    let validate = compiled.get(ref);
    if (validate === undefined) {
      validate = ajv.compile({ $ref: `slack${ref}` });
      compiled.set(ref, validate);
    }
    return validate(value) ? null : said(validate.errors ?? []);
  }

  /** Definitions of blocks by their type, so that a complaint speaks of the right one. */
  const blocks = new Map<unknown, string>();
  for (const { $ref } of (root.definitions.KnownBlock as { anyOf: { $ref: string }[] }).anyOf) {
    const shape = root.definitions[$ref.split('/')[2]] as Shape & { readonly anyOf?: Shape[] };
    const { type } = (shape.anyOf?.[0] ?? shape).properties as { type: { const: string } };
    blocks.set(type.const, $ref);
  }

  return {
    block(value: { readonly type?: unknown }): string | null {
      const ref = blocks.get(value.type);
      return ref === undefined ? `unsupported type: ${String(value.type)}` : against(ref, value);
    },
    knows: (method: string) => Object.hasOwn(root.methods, method),
    method: (method: string, params: unknown) => against(root.methods[method].$ref, params),
    /** A type by its name: KnownBlock, View, Button ... */
    type: (name: string, value: unknown) =>
      against(`#/definitions/${encodeURIComponent(name)}`, value),
    names: () => Object.keys(root.definitions),
  };
}

export type SchemaCheck = ReturnType<typeof compileSchema>;

/** The deepest complaint says most; among branches of a union the one that got furthest. */
function said(errors: readonly ErrorObject[]): string {
  const depth = (error: ErrorObject) => error.instancePath.split('/').length;
  const real = errors.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'const');
  const [error] = (real.length > 0 ? real : [...errors]).sort((a, b) => depth(b) - depth(a));
  const extra = error?.params.additionalProperty;
  return `${error?.message}${extra ? ` (${extra})` : ''} [json-pointer:${error?.instancePath}]`;
}
