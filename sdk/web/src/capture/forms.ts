import type { CapturedForm } from '../../../../shared/model/captured-page.ts';
import type { Emit } from '../captured.ts';
import type { Clock } from '../clock.ts';
import type { Scope } from '../scope.ts';
import type { Causes } from './causes.ts';
import type { Describe } from './describe.ts';
import type { Tracked } from './requests.ts';

/** What following forms needs. */
export interface FormsDeps {
  readonly emit: Emit;
  readonly clock: Clock;
  readonly causes: Causes;
  readonly describe: Describe;
}

/** What others tell of the page. */
export interface Forms {
  requestSent(request: Tracked): void;
  /** The page is left, or the visit ends: who has not sent a form by now gave it up. */
  leave(): void;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Field {
  readonly record: { -readonly [K in keyof CapturedForm['fields'][number]]: CapturedForm['fields'][number][K] };
  focusedAt: number | undefined;
  /** It had content when it was left or emptied: what comes now is a second try. */
  hadContent: boolean;
  /** Edited in this visit of the field. */
  edited: boolean;
}

interface Work {
  readonly form: HTMLFormElement;
  readonly startedAt: number;
  readonly fields: Map<Control, Field>;
}

const BUTTON = 'button,[type=submit],[type=button],[type=image],[role=button]';
const MAX_FIELDS = 100;

const controlOf = (event: Event): Control | undefined => {
  const target = event.composedPath()[0];
  const isControl =
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
  return isControl && !target.matches(BUTTON) ? target : undefined;
};

/** Only whether there is something: what it is stays in the page. */
const isFilled = (control: Control): boolean =>
  control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio')
    ? control.checked
    : control.value !== '';

/**
 * Records how people work on forms (elements named `form`): in which order, for how long, what they do twice, and how it ends.
 * A form is sent by its submit, or by a button in it that sends a request which changes something.
 */
export function captureForms(page: Window, scope: Scope, { emit, clock, causes, describe }: FormsDeps): Forms {
  const { document } = page;
  const works = new Map<HTMLFormElement, Work>();
  let pressed: { action: number; form: HTMLFormElement } | undefined;

  const leaveField = (control: Control, field: Field): void => {
    if (field.focusedAt !== undefined) field.record.focusMs += clock.now() - field.focusedAt;
    field.focusedAt = undefined;
    field.hadContent ||= field.record.filled;
    if (field.edited && !control.validity.valid) field.record.invalid = true;
    if (control.matches(':autofill')) field.record.autofilled = true;
  };
  const end = (work: Work, outcome: CapturedForm['outcome'], action?: number): void => {
    works.delete(work.form);
    for (const [control, field] of work.fields) leaveField(control, field);
    const fields = [...work.fields.values()].map(({ record }) => record);
    // Walking through with the tabulator key is no work on a form.
    if (outcome === 'abandoned' && !fields.some(({ edits, autofilled }) => edits > 0 || autofilled)) return;
    emit('form', {
      ...{ form: describe(work.form), outcome, durationMs: clock.now() - work.startedAt, fields },
      ...(action === undefined ? {} : { action }),
    });
  };
  const fieldOf = (control: Control): Field | undefined => {
    const { form } = control;
    if (!form || describe.isIgnored(control)) return undefined;
    const work = works.get(form) ?? { form, startedAt: clock.now(), fields: new Map<Control, Field>() };
    works.set(form, work);
    const known = work.fields.get(control);
    if (known || work.fields.size >= MAX_FIELDS) return known;
    const field: Field = {
      record: {
        ...{ field: describe(control), type: control.type, order: work.fields.size + 1, visits: 0, focusMs: 0 },
        ...{ edits: 0, refills: 0, filled: isFilled(control) },
      },
      ...{ focusedAt: undefined, hadContent: false, edited: false },
    };
    work.fields.set(control, field);
    return field;
  };

  scope.listen(document, 'focusin', (event) => {
    for (const work of works.values()) if (!work.form.isConnected) end(work, 'abandoned');
    const control = controlOf(event);
    const field = control && fieldOf(control);
    if (!field) return;
    field.record.visits++;
    field.focusedAt = clock.now();
    field.edited = false;
  });
  scope.listen(document, 'focusout', (event) => {
    const control = controlOf(event);
    const field = control?.form && works.get(control.form)?.fields.get(control);
    if (control && field) leaveField(control, field);
  });
  scope.listen(document, 'input', (event) => {
    const control = controlOf(event);
    const field = event.isTrusted && control ? fieldOf(control) : undefined;
    if (!field || !control) return;
    const filled = isFilled(control);
    if (filled && field.hadContent) field.record.refills++;
    // Content that goes is remembered, so that the next content is a second try; a field is refilled once a visit otherwise.
    field.hadContent = !filled && (field.record.filled || field.hadContent);
    field.record.filled = filled;
    if (!field.edited) field.record.edits++;
    field.edited = true;
  });
  scope.listen(document, 'invalid', (event) => {
    const control = controlOf(event);
    const field = control && fieldOf(control);
    if (field) field.record.invalid = true;
  });
  scope.listen<MouseEvent>(document, 'click', (event) => {
    const target = event.composedPath()[0];
    const form = target instanceof Element ? target.closest(BUTTON)?.closest('form') : undefined;
    const action = causes.current()?.action;
    pressed = form && action !== undefined ? { action, form } : undefined;
  });
  const ends = (type: string, outcome: CapturedForm['outcome']): void =>
    scope.listen(document, type, (event) => {
      const work = event.target instanceof HTMLFormElement ? works.get(event.target) : undefined;
      if (work) end(work, outcome, causes.current()?.action);
    });
  ends('submit', 'submitted');
  ends('reset', 'reset');

  return {
    requestSent({ base: { action, method } }) {
      if (!pressed || pressed.action !== action || method === 'GET') return;
      const work = works.get(pressed.form);
      if (work) end(work, 'submitted', action);
    },
    leave() {
      for (const work of works.values()) end(work, 'abandoned');
    },
  };
}
