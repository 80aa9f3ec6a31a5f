import { existsSync } from 'node:fs';
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { chatSettings, chatsTogether } from './chat-settings.ts';

/** A setting that stops the start: its name, what is wrong and what to write. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'write a port number from 0 to 65535, for example 4242')
  .transform(Number)
  .refine((value) => value <= 65_535, 'write a port number from 0 to 65535, for example 4242');

/** Every setting, with its default. None at all is a valid configuration. See .env.example. */
const settings = z.object({
  KEEL_HOME: z.string().min(1, 'write a folder, for example .keel').default('.keel'),
  KEEL_ROLE: z.enum(['all', 'chat', 'worker'], 'write all, chat or worker').default('all'),
  KEEL_HOST: z.string().min(1, 'write an address, for example 127.0.0.1').default('127.0.0.1'),
  KEEL_PORT: port.default(4242),
  KEEL_PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'write the address people open, for example https://keel.example.org',
    })
    .refine((address) => {
      const url = URL.parse(address);
      return url === null || `${url.pathname}${url.search}${url.hash}` === '/';
    }, 'Keel answers at the root of an address: write it without a path, for example https://keel.example.org')
    .optional(),
  KEEL_PRICES: z
    .string()
    .regex(/^(sandbox(:\d+)?|yahoo|csv:.+)$/, 'write sandbox, sandbox:<seed>, yahoo or csv:<file>')
    .default('sandbox'),
  KEEL_CLOCK: z
    .enum(['system', 'panel'], 'write system, or panel to stand at the last price')
    .default('system'),
  KEEL_CASH_RATE: z
    .string()
    .regex(/^\d{1,2}(\.\d{1,2})?$/, 'write what cash earns in percent a year, for example 2.5')
    .transform((value) => Number(value) / 100)
    .default(0.02),
  KEEL_SECRET: z
    .string()
    .min(32, 'write at least 32 random characters, or leave it out to have one made')
    .optional(),
  KEEL_LOG: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'write debug, info, warn, error or silent')
    .default('warn'),
  KEEL_THREADS: z
    .string()
    .regex(/^([1-9]|[1-5]\d|6[0-4])$/, 'write a number of worker threads from 1 to 64')
    .transform(Number)
    .default(2),
  KEEL_ADMINS: z
    .string()
    .regex(
      /^[a-z]+:[^\s,:]+(,\s*[a-z]+:[^\s,:]+)*$/,
      'write platform:identity, several with commas, for example telegram:12345',
    )
    .transform((list) => list.split(/,\s*/))
    .default([]),
  ...chatSettings,
  OPENAI_API_KEY: z.string().min(1).optional(),
  OPENAI_BASE_URL: z
    .url({
      protocol: /^https?$/,
      error:
        'write the address of an OpenAI-compatible server, for example http://localhost:11434/v1',
    })
    .default('https://api.openai.com/v1'),
  KEEL_MODEL: z.string().min(1, 'write the name of a model').default('gpt-4.1-mini'),
  KEEL_MODEL_CLIENT: z.enum(['openai', 'langchain'], 'write openai or langchain').default('openai'),
  KEEL_MODEL_TOKENS: z
    .string()
    .regex(/^\d{1,9}$/, 'write how many tokens a person may use a day, for example 100000')
    .transform(Number)
    .default(100_000),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'write postgres://user:password@host:port/database',
    })
    .optional(),
});

export type Config = Readonly<z.infer<typeof settings>>;

/**
 * Parses the environment once. Empty values count as absent.
 *
 * @throws {ConfigError} naming the setting and what to write; never its value, which may be secret
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const known = Object.keys(settings.shape);
  for (const name of Object.keys(given)) {
    const meant = misspelt(name, known, given);
    if (meant === null) continue;
    throw new ConfigError(
      `${name} is not a setting of Keel. Did you mean ${meant}? All settings are in .env.example.`,
    );
  }
  const parsed = settings.safeParse(given);
  if (parsed.success) return checkedTogether(parsed.data);
  const issue = parsed.error.issues[0];
  throw new ConfigError(`${String(issue.path[0])} is wrong: ${issue.message}.`);
}

/** A platform's setting that differs by no more than this was meant; others may be of other programs. */
const slip = 4;

/** The setting that was meant by a name that is none; null when it is one, or nobody's here. */
function misspelt(
  name: string,
  known: readonly string[],
  given: Readonly<Record<string, unknown>>,
): string | null {
  if (known.includes(name)) return null;
  const meant = closest(name, known);
  if (name.startsWith('KEEL_')) return meant;
  if (!/^(TELEGRAM|DISCORD|SLACK)_/.test(name) || meant in given) return null;
  return distance(name, meant) <= slip ? meant : null;
}

/** A role alone shares its work with another process; a folder database has room for one. */
function checkedTogether(config: Config): Config {
  if (config.KEEL_ROLE !== 'all' && config.DATABASE_URL === undefined) {
    throw new ConfigError(
      `KEEL_ROLE=${config.KEEL_ROLE} needs DATABASE_URL, because chat and worker share one Postgres: set it, or leave KEEL_ROLE out.`,
    );
  }
  const problem = chatsTogether(config);
  if (problem !== null) throw new ConfigError(problem);
  return config;
}

/**
 * Takes settings from a file where there is one; what the environment already says stands.
 *
 * @throws {ConfigError} when there is something that cannot be read
 */
export function loadEnvFile(path: string): void {
  if (!existsSync(path)) return;
  try {
    process.loadEnvFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ConfigError(
      `The settings file ${path} cannot be read (${code}): correct it, or remove it.`,
    );
  }
}
