import { byId, element, icon } from './element.ts';
import { sizeInWords } from './words.ts';

/** The file about to be sent: chosen, dropped or pasted, shown above the message field. */
export function createAttachment(problem: (text: string) => void, changed: () => void) {
  const input = byId('file', HTMLInputElement);
  const chip = byId('attached', HTMLDivElement);
  const drop = byId('drop', HTMLDivElement);
  const button = byId('attach', HTMLButtonElement);
  let file: File | null = null;
  let largest = Number.POSITIVE_INFINITY;
  let depth = 0;

  function take(given: File | null | undefined): void {
    problem('');
    if (given && given.size > largest) {
      problem(`${given.name} is too large: at most ${sizeInWords(largest)}.`);
      return;
    }
    file = given ?? null;
    chip.hidden = file === null;
    if (file !== null) {
      const remove = element('button', {
        type: 'button',
        class: 'icon-button small',
        'aria-label': `Remove ${file.name}`,
      });
      remove.append(icon('close'));
      remove.addEventListener('click', () => take(null));
      chip.replaceChildren(
        icon('file'),
        element('span', { class: 'file-name' }, file.name),
        element('span', { class: 'file-size' }, sizeInWords(file.size)),
        remove,
      );
    }
    input.value = '';
    changed();
  }

  const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (by: number) => {
    depth = Math.max(0, depth + by);
    drop.hidden = depth === 0;
  };
  button.append(icon('attach'));
  button.addEventListener('click', () => input.click());
  input.addEventListener('change', () => take(input.files?.[0]));
  addEventListener('dragenter', (event) => carriesFile(event) && over(1));
  addEventListener('dragleave', (event) => carriesFile(event) && over(-1));
  addEventListener('dragover', (event) => carriesFile(event) && event.preventDefault());
  addEventListener('drop', (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    over(-depth);
    take(event.dataTransfer?.files[0]);
  });

  return {
    get: (): File | null => file,
    clear: () => take(null),
    limit(bytes: number): void {
      largest = bytes;
    },
  };
}
