import type { FieldErrors, Form } from '../../../bot/dialogue/forms.ts';
import type { PageMessage, PageSession } from '../operation.ts';

/** What the server answered: done, or why not, in words. `status` 0 means that it was not reached. */
export type Answer =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly status: number;
      readonly problem: string;
      readonly errors?: FieldErrors;
    };

export interface History {
  readonly messages: readonly PageMessage[];
  readonly cursor: number;
  readonly more: boolean;
}

export interface OpenedForm {
  readonly form: Pick<Form, 'title' | 'submit' | 'fields'>;
  readonly initial: Readonly<Record<string, string>>;
}

const unreachable = 'Keel cannot be reached. Is it still running?';

/** Sends an action; a FormData carries a file. */
export async function post(path: string, body: unknown): Promise<Answer> {
  const form = body instanceof FormData;
  try {
    const response = await fetch(`/web/${path}`, {
      method: 'POST',
      headers: form ? {} : { 'Content-Type': 'application/json' },
      body: form ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    if (response.ok) return { ok: true };
    const said = await response.json().catch(() => ({}));
    return {
      ok: false,
      status: response.status,
      problem: said.problem ?? 'Keel did not accept that.',
      errors: said.errors,
    };
  } catch {
    return { ok: false, status: 0, problem: unreachable };
  }
}

/** Finds or starts the session; everything else needs it. */
export async function beginSession(): Promise<PageSession> {
  const response = await fetch('/web/session', { method: 'POST' });
  if (!response.ok) throw new Error(await problemOf(response));
  return response.json();
}

export async function readHistory(before: number | null): Promise<History> {
  return read(`history${before === null ? '' : `?before=${before}`}`);
}

export async function readCommands(): Promise<readonly { name: string; summary: string }[]> {
  return (await read<{ commands: readonly { name: string; summary: string }[] }>('commands'))
    .commands;
}

/** @returns the form behind a button, or why it cannot be opened */
export async function openForm(token: string): Promise<OpenedForm | string> {
  try {
    const response = await fetch('/web/forms/open', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    return response.ok ? await response.json() : await problemOf(response);
  } catch {
    return unreachable;
  }
}

async function read<T>(path: string): Promise<T> {
  const response = await fetch(`/web/${path}`);
  if (!response.ok) throw new Error(await problemOf(response));
  return response.json();
}

async function problemOf(response: Response): Promise<string> {
  const said = await response.json().catch(() => ({}));
  return said.problem ?? 'Keel did not accept that.';
}
