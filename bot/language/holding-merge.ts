import { formatMinor } from './format.ts';
import type { HoldingEdit, HoldingQuestion } from './holding-edit.ts';

/** An edit with whether a verb ("actually", "sold") made clear what it does. */
export interface Said {
  readonly edit: HoldingEdit;
  readonly explicit: boolean;
}

export interface Merged {
  readonly edits: readonly HoldingEdit[];
  readonly questions: readonly HoldingQuestion[];
  readonly notes: readonly string[];
}

/**
 * Settles what was said more than once. A correction wins and is told; the same asset named twice
 * without one is asked about: together, or only the last?
 */
export function mergeEdits(said: readonly Said[]): Merged {
  const edits: HoldingEdit[] = [];
  const questions: HoldingQuestion[] = [];
  const notes: string[] = [];
  for (const [key, group] of Map.groupBy(said, ({ edit }) => keyOf(edit))) {
    const sets = group.filter(({ edit }) => !isChange(edit));
    const changes = group.filter(({ edit }) => isChange(edit)).map(({ edit }) => edit);
    const last = sets.at(-1);
    const doubled = last && sets.length > 1 && !last.explicit && sameKind(sets);
    if (doubled)
      questions.push(
        together(
          key,
          sets.map(({ edit }) => edit),
        ),
      );
    else if (last) {
      edits.push(last.edit);
      if (sets.length > 1) notes.push(`${key} was named more than once; the last one counts.`);
    }
    edits.push(...changes);
  }
  return { edits, questions, notes };
}

function keyOf(edit: HoldingEdit): string {
  if (edit.kind === 'clear') return 'Everything';
  return edit.kind === 'cash' ? 'Cash' : edit.asset;
}

function isChange(edit: HoldingEdit): boolean {
  return edit.kind === 'add' || ('mode' in edit && edit.mode === 'add');
}

function sameKind(sets: readonly Said[]): boolean {
  return sets.every(({ edit }) => edit.kind === sets[0].edit.kind && sizeOf(edit) !== null);
}

function sizeOf(edit: HoldingEdit): number | null {
  if (edit.kind === 'set') return edit.units;
  return edit.kind === 'value' || edit.kind === 'cash' ? edit.minor : null;
}

function together(key: string, sets: readonly HoldingEdit[]): HoldingQuestion {
  const last = sets[sets.length - 1];
  const sum = Number(sets.reduce((all, edit) => all + sizeOf(edit)!, 0).toPrecision(15));
  const total = withSize(last, sum);
  const label = (edit: HoldingEdit) =>
    edit.kind === 'set' ? String(edit.units) : formatMinor(sizeOf(edit) ?? 0);
  return {
    text: key,
    question: `You named ${key} more than once. Is it ${label(total)} together, or ${label(last)}?`,
    options: [
      { label: `${label(total)} together`, edits: [total] },
      { label: label(last), edits: [last] },
    ],
  };
}

function withSize(edit: HoldingEdit, size: number): HoldingEdit {
  if (edit.kind === 'value' || edit.kind === 'cash') return { ...edit, minor: size };
  return edit.kind === 'set' ? { ...edit, units: size } : edit;
}
