import type { CapturedChange } from '../../../../shared/model/captured.ts';
import { cut, type Emit } from '../captured.ts';
import type { Clock, Timers } from '../clock.ts';
import type { Nodes } from '../nodes.ts';
import type { Scope } from '../scope.ts';
import type { Causes } from './causes.ts';
import { selectorOf } from './selector.ts';
import { createSelfChanging } from './self-changing.ts';

/** How long a click may take to show an effect: the limit up to which a person's train of thought stays (Nielsen 1993). */
const WATCH_MS = 1_000;

/** Watches what follows a click. */
export interface Effects {
  /** @param editable a click into a field moves the focus by itself: that is its effect. */
  watch(action: number, target: Element, editable: boolean): void;
  /** Any deliberate act: what changes shortly after is not spontaneous. */
  acted(): void;
  requestSent(action: number | undefined, id: string): void;
  /** The address changed, or the page begins to leave. */
  navigated(): void;
  /** Another window or tab came to the front. */
  lostFocus(): void;
  /** Reports all running watches as they stand. */
  finish(): void;
}

/** What watching needs. @param onChange told of each update while what made it is still the current cause. */
export interface EffectsDeps {
  readonly emit: Emit;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly causes: Causes;
  readonly nodes: Nodes;
  readonly onChange: () => void;
}

/** Changed elements that are told of one click. */
const MAX_CHANGED = 6;

/** Records of one update that are looked at; a page that changes so much at once shows an effect anyway. */
const MAX_RECORDS = 500;

const CHOICE = 'select,[type=checkbox],[type=radio],[type=range],[type=color],[type=file]';

interface Watch {
  readonly action: number;
  readonly target: Element;
  readonly at: number;
  readonly focus: Element | null;
  readonly timer: unknown;
  readonly requests: string[];
  mutations: number;
  firstMutationMs: number | null;
  navigated: boolean;
  scrolled: boolean;
  focusMoved: boolean;
  caused: number;
  /** What changed, where: what the click led to, and what else did. */
  readonly changed: { readonly own: Places; readonly other: Places };
}

type Places = Map<Element, Set<CapturedChange['what'][number]>>;

const KINDS = { childList: 'children', characterData: 'text', attributes: 'attribute' } as const;

function place(places: Places, { target, type }: MutationRecord): void {
  const element = target.nodeType === 1 ? (target as Element) : target.parentElement;
  if (!element || (!places.has(element) && places.size >= MAX_CHANGED)) return;
  places.set(element, (places.get(element) ?? new Set()).add(KINDS[type]));
}

/** Changes to what nobody sees are not effects. */
const isVisible = (node: Node): boolean => {
  const element = node.nodeType === 1 ? (node as Element) : node.parentElement;
  return element !== null && !element.closest('head,script,style,template');
};

/** See `Effects`. The observer runs all the time, because only so it knows what changes by itself. */
export function createEffects(page: Window, scope: Scope, deps: EffectsDeps): Effects {
  const { emit, clock, timers, causes, nodes, onChange } = deps;
  const { document } = page;
  const selfChanging = createSelfChanging();
  const watches = new Set<Watch>();
  let actedAt = Number.NEGATIVE_INFINITY;

  const saw = (mutations: number, at: number, records: readonly MutationRecord[] = []): void => {
    const action = causes.current()?.action;
    for (const watch of watches) {
      const own = watch.action === action;
      watch.firstMutationMs ??= at - watch.at;
      watch.mutations += mutations;
      if (own) watch.caused += mutations;
      for (const record of records) place(own ? watch.changed.own : watch.changed.other, record);
    }
  };
  const take = (all: readonly MutationRecord[]): void => {
    if (all.length === 0) return;
    onChange();
    const records = all.slice(0, MAX_RECORDS);
    const at = clock.now();
    const spontaneous = at - actedAt > WATCH_MS;
    const effects = watches.size > 0 ? records.filter((r) => isVisible(r.target) && !selfChanging.has(r, at)) : [];
    for (const record of records) selfChanging.note(record, at, spontaneous);
    if (effects.length > 0) saw(effects.length, at, effects);
  };
  const report = (watch: Watch): void => {
    watches.delete(watch);
    timers.clear(watch.timer);
    const { action, requests, mutations, firstMutationMs, navigated, scrolled } = watch;
    const focusMoved = watch.focusMoved || document.activeElement !== watch.focus;
    const observedMs = clock.now() - watch.at;
    const changed = changedOf(watch);
    emit('effect', {
      ...{ action, observedMs, mutations, firstMutationMs, requests, navigated, scrolled, focusMoved },
      ...{ caused: watch.caused, ...(changed.length > 0 ? { changed } : {}) },
    });
  };
  const changedOf = ({ changed: { own, other } }: Watch): CapturedChange[] =>
    [...own, ...[...other].filter(([element]) => !own.has(element))]
      .slice(0, MAX_CHANGED)
      .map(([element, what]) =>
        nodes.named({ node: -1, selector: cut(selectorOf(element), 500), what: [...what] }, element),
      );

  const observer = new MutationObserver((records) => scope.run(() => take(records)));
  // What was changed so far is the doing of what ran so far.
  causes.onSwitch(() => scope.run(() => take(observer.takeRecords())));
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  scope.onStop(() => {
    observer.disconnect();
    for (const watch of watches) timers.clear(watch.timer);
  });

  const each = (mark: (watch: Watch) => void) => () => {
    for (const watch of watches) mark(watch);
  };
  scope.listen(
    document,
    'scroll',
    each((watch) => {
      watch.scrolled = true;
    }),
  );
  // What follows an act elsewhere is that act's effect. The press comes before it moves the focus.
  for (const type of ['pointerdown', 'keydown']) {
    scope.listen(page, type, (event) => {
      const element = event.composedPath()[0];
      if (!event.isTrusted || watches.size === 0 || !(element instanceof Node)) return;
      take(observer.takeRecords());
      for (const watch of watches) if (!watch.target.contains(element)) report(watch);
    });
  }
  // A box that got ticked is visible, but no mutation of the DOM.
  scope.listen(document, 'change', (event) => {
    if (event.target instanceof Element && event.target.matches(CHOICE)) saw(1, clock.now());
  });

  return {
    watch(action, target, editable) {
      const timer = timers.set(() => {
        scope.run(() => {
          take(observer.takeRecords());
          report(watch);
        });
      }, WATCH_MS);
      const watch: Watch = {
        ...{ action, target, at: clock.now(), focus: document.activeElement, timer, requests: [], mutations: 0 },
        ...{ firstMutationMs: null, navigated: false, scrolled: false, focusMoved: editable },
        ...{ caused: 0, changed: { own: new Map(), other: new Map() } },
      };
      watches.add(watch);
    },
    acted() {
      actedAt = clock.now();
    },
    requestSent(action, id) {
      for (const watch of watches) {
        if (watch.action === action && watch.requests.length < 50) watch.requests.push(id);
      }
    },
    navigated: each((watch) => {
      watch.navigated = true;
    }),
    lostFocus: each((watch) => {
      watch.focusMoved = true;
    }),
    finish() {
      take(observer.takeRecords());
      for (const watch of watches) report(watch);
    },
  };
}
