import type { FactSource } from './clicks.ts';
import { signalElement } from './clicks.ts';
import { type Draft, draft } from './draft.ts';
import { elementName, short } from './naming.ts';
import { pageName } from './urls.ts';

const OUTCOMES = { submitted: 'sent', abandoned: 'given up', reset: 'emptied' } as const;

/** One signal for each time a person worked on a form, from the first focus to its end. */
export function formDrafts({ generation, pages }: FactSource): Draft[] {
  return generation.captured.form.map(({ at: endAt, ref, value }) => {
    const { form, outcome, durationMs, fields, action = null } = value;
    const at = Math.max(generation.firstAt, endAt - durationMs);
    const used = fields.length === 1 ? '1 field' : `${fields.length} fields`;
    return draft('form', {
      at,
      endAt,
      severity: 'info',
      page: pageName(pages.urlAt(generation.id, at)),
      text: short(`Form ${elementName(form)} ${OUTCOMES[outcome]} after ${used}`),
      window: generation.window,
      events: [ref],
      element: signalElement(form),
      details: {
        ...{ outcome, durationMs, action },
        fields: fields.map(({ invalid = false, autofilled = false, ...field }) => ({ ...field, invalid, autofilled })),
      },
    });
  });
}
