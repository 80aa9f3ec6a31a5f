import { PortError, type PortErrorCode, Refusal } from '../../bot/errors.ts';
import {
  type Conflict,
  EngineError,
  type EngineErrorCode,
  Infeasible,
} from '../../engine/errors.ts';

/** An error as plain data that survives being posted between threads. */
interface Packed {
  readonly kind: 'infeasible' | 'engine' | 'port' | 'refusal' | 'bug';
  readonly message: string;
  readonly code: string;
  readonly port: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly conflicts: readonly Conflict[];
  readonly stack: string;
}

/** Cloning keeps only an error's name and message; its class, code and values go along by hand. */
export function packError(error: unknown): Packed {
  const base = {
    kind: 'bug' as const,
    message: error instanceof Error ? error.message : String(error),
    code: '',
    port: '',
    values: {},
    conflicts: [],
    stack: (error instanceof Error ? error.stack : undefined) ?? '',
  };
  if (error instanceof Infeasible) {
    return { ...base, kind: 'infeasible', conflicts: error.conflicts };
  }
  if (error instanceof EngineError) {
    return { ...base, kind: 'engine', code: error.code, values: error.values };
  }
  if (error instanceof PortError)
    return { ...base, kind: 'port', code: error.code, port: error.port };
  if (error instanceof Refusal) return { ...base, kind: 'refusal', code: error.code };
  return base;
}

/** The error again, of the class it had, with the worker's stack. */
export function unpackError(packed: unknown): Error {
  const { kind, message, code, port, values, conflicts, stack } = packed as Packed;
  const error =
    kind === 'infeasible'
      ? new Infeasible(message, conflicts)
      : kind === 'engine'
        ? new EngineError(code as EngineErrorCode, message, values)
        : kind === 'port'
          ? new PortError(port, code as PortErrorCode, message)
          : kind === 'refusal'
            ? new Refusal(code, message)
            : new Error(message);
  error.stack = stack;
  return error;
}
