import type { Statement } from './statement.ts';

/** A statement under the number by which the model knows it: `{{fact:2-weight}}`. */
export interface Labelled {
  readonly label: string;
  readonly statement: Statement;
  /** The template with labelled facts. */
  readonly template: string;
}

/** Numbers the statements of one prompt, because two of them can each have a fact "weight". */
export function labelled(statements: readonly Statement[]): Labelled[] {
  return statements.map((statement, at) => {
    const label = String(at + 1);
    return {
      label,
      statement,
      template: statement.template.replaceAll('{{fact:', `{{fact:${label}-`),
    };
  });
}
