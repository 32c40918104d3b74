import type { CapturedAction } from '../../../../shared/model/captured.ts';
import type { Emit } from '../captured.ts';
import type { Clock } from '../clock.ts';
import type { Scope } from '../scope.ts';
import type { Place } from '../session/place.ts';
import type { ActTimes } from './acts.ts';
import type { Cause, Causes } from './causes.ts';
import { type Describe, layersAt } from './describe.ts';
import type { Effects } from './effects.ts';

/** What recording actions needs. */
export interface ActionsDeps {
  readonly emit: Emit;
  readonly clock: Clock;
  readonly causes: Causes;
  readonly effects: Effects;
  readonly describe: Describe;
  readonly acts: ActTimes;
  readonly place: () => Place;
}

/** Typing in one field is one action until the field is left or rests for so long. */
const BURST_MS = 2_000;

const FIELDS = 'input,textarea,select,[contenteditable=""],[contenteditable=true]';
const EDITABLE = `:is(${FIELDS}):not([type=submit],[type=button],[type=reset],[type=checkbox],[type=radio],[type=image])`;

/** Records what the person does on purpose, and makes each act the cause of what its handlers do. Scripted events are left out. */
export function captureActions(page: Window & typeof globalThis, scope: Scope, deps: ActionsDeps): void {
  const { emit, clock, causes, effects, describe, acts, place } = deps;

  const elementOf = (event: Event): Element | undefined => {
    const target = event.composedPath()[0];
    return target instanceof Element && !describe.isIgnored(target) ? target : undefined;
  };

  let lead: Cause | undefined;
  /** Makes an action the cause, unless another one is just being handled: the click on its button causes a submit. */
  const enter = (action: number, leads: boolean): void => {
    effects.acted();
    if (!leads && causes.isRunning(lead)) return;
    lead = { action, at: clock.now() };
    causes.enter(lead);
  };
  const act = (fields: Omit<CapturedAction, 'id'>, { timeStamp }: Event, leads: boolean): number => {
    const id = place().nextAction++;
    acts.note(id, timeStamp);
    emit('action', { id, ...fields });
    enter(id, leads);
    return id;
  };

  const click = (element: Element, event: MouseEvent, keyed: boolean) => {
    const { clientX: x, clientY: y } = event;
    const target = describe.meant(element);
    const where = keyed ? {} : { x, y, under: layersAt(page.document, x, y, describe) };
    const id = act({ kind: 'click', target: describe(target), ...where }, event, true);
    effects.watch(id, target, target.matches(EDITABLE));
  };

  let labelled: { control: EventTarget; cause: Cause | undefined } | undefined;
  scope.listen<MouseEvent>(page, 'click', (event) => {
    const element = elementOf(event);
    if (!event.isTrusted || !element) return;
    // A click on a label is followed by one on its field that nobody made.
    if (labelled?.control === element && causes.isRunning(labelled.cause)) return;
    click(element, event, event.detail === 0);
    const control = element.closest('label')?.control;
    labelled = control ? { control, cause: lead } : undefined;
  });

  // A disabled control gets no click at all; that the person tried is worth knowing.
  let pressed: Element | null = null;
  const disabledAt = (event: Event): Element | null => elementOf(event)?.closest(':disabled') ?? null;
  scope.listen<PointerEvent>(page, 'pointerdown', (event) => {
    pressed = event.isTrusted ? disabledAt(event) : null;
  });
  scope.listen<PointerEvent>(page, 'pointerup', (event) => {
    if (pressed && event.button === 0 && pressed === disabledAt(event)) click(pressed, event, false);
    pressed = null;
  });

  scope.listen<SubmitEvent>(page, 'submit', (event) => {
    const element = elementOf(event);
    if (event.isTrusted && element) act({ kind: 'submit', target: describe(element) }, event, false);
  });

  let burst: { element: Element; id: number; at: number } | undefined;
  scope.listen(page, 'input', (event) => {
    const element = elementOf(event)?.closest(FIELDS);
    if (!event.isTrusted || !element) return;
    const at = clock.now();
    if (burst?.element === element && at - burst.at < BURST_MS) {
      burst.at = at;
      enter(burst.id, false);
      return;
    }
    burst = { element, id: act({ kind: 'input', target: describe(element) }, event, false), at };
  });
  scope.listen(page, 'focusout', () => {
    burst = undefined;
  });

  scope.listen<KeyboardEvent>(page, 'keydown', (event) => {
    const element = elementOf(event);
    if (!event.isTrusted || event.repeat || !element || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    burst = undefined;
    act({ kind: 'key', target: describe(element), key: event.key }, event, true);
  });
}
