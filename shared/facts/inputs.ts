import type { CapturedElement } from '../model/captured.ts';
import { submitCauses } from './acts.ts';
import type { FactSource } from './clicks.ts';
import { signalElement } from './clicks.ts';
import type { InputDetails } from './details.ts';
import { type Draft, draft } from './draft.ts';
import { elementName, short } from './naming.ts';
import { pageName } from './urls.ts';

/** Keystrokes into one field of a foreign recording are one input while pauses stay below this. */
const TYPING_PAUSE_MS = 2000;

/** One signal for each input, submit and key our SDK recorded; for other recordings one for each run of typing. */
export function inputDrafts(source: FactSource): Draft[] {
  const { captured, own, inputs } = source.generation;
  if (own) {
    const causes = submitCauses(source.generation);
    return captured.action.flatMap(({ at, ref, value }) => {
      if (value.kind === 'click') return [];
      const details: InputDetails = {
        action: value.id,
        act: value.kind,
        key: value.key ?? null,
        cause: causes.get(value.id) ?? null,
      };
      return [inputDraft(source, at, ref, value.target, details)];
    });
  }
  const drafts: Draft[] = [];
  const open = new Map<number, { draft: Draft; lastAt: number }>();
  for (const { at, ref, value } of inputs) {
    const node = value?.node ?? -1;
    const run = open.get(node);
    if (run && at - run.lastAt < TYPING_PAUSE_MS) {
      run.draft.events.push(ref);
      run.lastAt = at;
      continue;
    }
    const made = inputDraft(source, at, ref, value, { action: null, act: 'input', key: null, cause: null });
    drafts.push(made);
    open.set(node, { draft: made, lastAt: at });
  }
  return drafts;
}

function inputDraft(
  { generation, pages }: FactSource,
  at: number,
  ref: Draft['events'][number],
  element: CapturedElement | null,
  details: InputDetails,
): Draft {
  const name = elementName(element ?? undefined);
  const text =
    details.act === 'submit'
      ? `Submit ${name}`
      : details.act === 'key'
        ? `Key ${details.key ?? ''}`
        : `Type into ${name}`;
  return draft(details.act === 'submit' ? 'submit' : 'input', {
    at,
    severity: 'info',
    page: pageName(pages.urlAt(generation.id, at)),
    text: short(text),
    window: generation.window,
    events: [ref],
    ...(element ? { element: signalElement(element) } : {}),
    details,
  });
}
