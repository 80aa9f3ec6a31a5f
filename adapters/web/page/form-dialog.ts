import type { FieldErrors } from '../../../bot/dialogue/forms.ts';
import { byId, element } from './element.ts';
import { openForm, post } from './server.ts';

type Field = Exclude<Awaited<ReturnType<typeof openForm>>, string>['form']['fields'][number];

/** The dialog for a form button: labelled fields, an error under each, focus back where it was. */
export function createFormDialog(problem: (text: string) => void) {
  const dialog = byId('form-dialog', HTMLDialogElement);
  const form = byId('form', HTMLFormElement);
  const fieldList = byId('form-fields', HTMLDivElement);
  const general = byId('form-problem', HTMLParagraphElement);
  const submit = byId('form-submit', HTMLButtonElement);
  let current: { position: number; token: string; fields: readonly Field[] } | null = null;
  let opener: HTMLElement | null = null;
  /** Sending the same values again is the same event; changed values are another. */
  let attempt = { id: '', values: '' };

  dialog.addEventListener('close', () => {
    current = null;
    opener?.focus();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  byId('form-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });

  async function send(): Promise<void> {
    if (current === null) return;
    const { token, position, fields } = current;
    const data = new FormData(form);
    const files = fields.flatMap(({ kind, name }) => {
      const file = kind === 'file' ? data.get(name) : null;
      return file instanceof File && file.name !== '' ? [[name, file] as const] : [];
    });
    const chosen = new Map(files);
    const values = Object.fromEntries(
      fields.map(({ kind, name }) => [
        name,
        kind === 'file' ? (chosen.get(name)?.name ?? '') : String(data.get(name) ?? ''),
      ]),
    );
    const large = fields.find(
      (field) => field.kind === 'file' && (chosen.get(field.name)?.size ?? 0) > field.maxBytes,
    );
    if (large) return showErrors({ [large.name]: 'That file is too large: at most 1 MB.' });
    const stamps = files.map(([name, file]) => [name, file.size, file.lastModified]);
    const written = JSON.stringify([values, stamps]);
    if (attempt.values !== written) attempt = { id: crypto.randomUUID(), values: written };
    submit.disabled = true;
    const body = { id: attempt.id, token, message: position, values };
    const answer = await post('forms', files.length === 0 ? body : withFiles(body, files));
    submit.disabled = false;
    if (answer.ok) return dialog.close();
    showErrors(answer.errors ?? {});
    general.textContent = answer.errors ? '' : answer.problem;
  }

  function showErrors(errors: FieldErrors): void {
    for (const field of current?.fields ?? []) {
      const error = byId(`error-${field.name}`, HTMLParagraphElement);
      error.textContent = errors[field.name] ?? '';
      for (const input of fieldList.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)) {
        input.setAttribute('aria-invalid', String(field.name in errors));
      }
    }
    const unknown = Object.keys(errors).filter((name) => !document.getElementById(`error-${name}`));
    general.textContent = unknown.map((name) => errors[name]).join(' ');
    fieldList.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  return {
    async open(position: number, token: string, from: HTMLElement): Promise<void> {
      from.setAttribute('aria-busy', 'true');
      const opened = await openForm(token);
      from.removeAttribute('aria-busy');
      if (typeof opened === 'string') return problem(opened);
      const { title, submit: label, fields } = opened.form;
      byId('form-title', HTMLHeadingElement).textContent = title;
      submit.textContent = label;
      general.textContent = '';
      fieldList.replaceChildren(
        ...fields.map((field) => fieldView(field, opened.initial[field.name] ?? '')),
      );
      current = { position, token, fields };
      opener = from;
      attempt = { id: '', values: '' };
      dialog.showModal();
      fieldList.querySelector<HTMLElement>('input, textarea, select')?.focus();
    },
  };
}

/** The server reads the JSON under `form`, and each file under its field's name. */
function withFiles(body: unknown, files: readonly (readonly [string, File])[]): FormData {
  const data = new FormData();
  data.set('form', JSON.stringify(body));
  for (const [name, file] of files) data.set(name, file);
  return data;
}

function fieldView(field: Field, initial: string): HTMLElement {
  const { name, label, hint } = field;
  const id = `field-${name}`;
  const about = `${hint ? `hint-${name} ` : ''}error-${name}`;
  const below = [
    ...(hint ? [element('p', { class: 'field-hint', id: `hint-${name}` }, hint)] : []),
    element('p', { class: 'field-error', id: `error-${name}` }),
  ];
  const optional = field.optional ? [element('span', { class: 'optional' }, ' optional')] : [];
  if (field.kind === 'choice') {
    return element(
      'fieldset',
      { class: 'field', 'aria-describedby': about },
      element('legend', {}, label, ...optional),
      element(
        'div',
        { class: 'radios' },
        ...field.options.map((option) =>
          element(
            'label',
            { class: 'radio' },
            element('input', {
              type: 'radio',
              name,
              value: option.value,
              checked: option.value === initial,
            }),
            element('span', {}, option.label),
          ),
        ),
      ),
      ...below,
    );
  }
  if (field.kind === 'file') {
    const accept = field.accept.join(',');
    return element(
      'div',
      { class: 'field' },
      element('label', { for: id }, label, ...optional),
      element('input', { id, name, type: 'file', accept, 'aria-describedby': about }),
      ...below,
    );
  }
  const attributes = {
    id,
    name,
    maxlength: field.maxLength,
    placeholder: field.placeholder,
    'aria-describedby': about,
    autocomplete: 'off',
  };
  const input = field.multiline
    ? element('textarea', { ...attributes, rows: 4 })
    : element('input', { ...attributes, type: 'text' });
  input.value = initial;
  return element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label, ...optional),
    input,
    ...below,
  );
}
