import { firstAtOrAfter, firstBetween } from '../lib/ordering.ts';
import type { CapturedAction, CapturedEffect, CapturedElement } from '../model/captured.ts';
import type { EventRef } from '../model/identity.ts';
import type { Acts } from './acts.ts';
import type { Timed } from './captured-records.ts';
import type { ClickDetails, ClickEffect } from './details.ts';
import type { DomIndex } from './dom-index.ts';
import { type Draft, draft } from './draft.ts';
import { EFFECT_MS } from './limits.ts';
import { elementName, short } from './naming.ts';
import type { Pages } from './pages.ts';
import type { GenerationRecord } from './recording.ts';
import { pageName } from './urls.ts';

/** What the facts of one generation are made from. */
export interface FactSource {
  readonly generation: GenerationRecord;
  readonly pages: Pages;
  readonly dom: DomIndex;
  /** Address changes of this window, sorted. */
  readonly navigations: readonly { readonly at: number }[];
  readonly acts: Acts;
  /** Requests by the action that started them. */
  readonly requestsOf: (action: number) => readonly string[];
  /** Of a submit the act that made it. */
  readonly leaderOf: (action: number) => number | undefined;
}

const EDITABLE_TAGS = new Set(['input', 'textarea', 'select', 'option', 'label']);
const EDITABLE_ROLES = new Set([
  'textbox',
  'searchbox',
  'combobox',
  'checkbox',
  'radio',
  'switch',
  'slider',
  'spinbutton',
]);
/** Inputs that act like buttons say so in their label or role; the SDK's tag does not, so the selector is asked. */
const BUTTON_INPUT = /\[type="?(submit|button|reset|image)"?\]/;

const isEditable = (element: CapturedElement): boolean =>
  (EDITABLE_TAGS.has(element.tag.toLowerCase()) && element.role !== 'button' && !BUTTON_INPUT.test(element.selector)) ||
  EDITABLE_ROLES.has(element.role ?? '');

/** One signal for each click: of our SDK where it recorded, otherwise of rrweb. */
export function clickDrafts(source: FactSource): Draft[] {
  const { captured, own, clicks } = source.generation;
  if (!own) {
    return clicks.map(({ at, ref, value }) =>
      clickDraft(source, at, [ref], value.element, {
        action: null,
        x: value.x,
        y: value.y,
        under: [],
        effect: derivedEffect(source, at, value.element?.node ?? -1, null, null),
      }),
    );
  }
  const effects = new Map<number, Timed<CapturedEffect>>(
    captured.effect.map((effect) => [effect.value.action, effect]),
  );
  return captured.action
    .filter(({ value }) => value.kind === 'click')
    .map(({ at, ref, value }) => {
      const effect = effects.get(value.id);
      return clickDraft(source, at, effect ? [ref, effect.ref] : [ref], value.target, {
        action: value.id,
        x: value.x ?? null,
        y: value.y ?? null,
        under: value.under ?? [],
        effect: derivedEffect(source, at, value.target.node, value, effect?.value ?? null),
      });
    });
}

function clickDraft(
  { generation, pages }: FactSource,
  at: number,
  events: EventRef[],
  element: CapturedElement | null,
  details: Pick<ClickDetails, 'action' | 'x' | 'y' | 'under' | 'effect'>,
): Draft {
  return draft('click', {
    at,
    severity: 'info',
    page: pageName(pages.urlAt(generation.id, at)),
    text: short(`Click ${elementName(element ?? undefined)}`),
    window: generation.window,
    events,
    ...(element ? { element: signalElement(element) } : {}),
    details: {
      ...details,
      interactive: element?.interactive ?? false,
      disabled: element?.disabled ?? false,
      role: element?.role ?? null,
      editable: element ? isEditable(element) : false,
      covered: element ? coveredBy(generation, element, details.under) : null,
    },
  });
}

/** The part of a captured element that every signal carries. */
export const signalElement = ({ node, selector, label, tag }: CapturedElement) => ({
  node,
  selector,
  tag,
  ...(label === undefined ? {} : { label }),
});

function coveredBy(
  generation: GenerationRecord,
  target: CapturedElement,
  under: readonly CapturedElement[],
): CapturedElement | null {
  const receiver = under[0];
  if (!receiver || receiver.interactive || target.interactive) return null;
  const isAround = (outer: CapturedElement): boolean =>
    generation.directory.contains(outer.node, receiver.node) || receiver.selector.startsWith(`${outer.selector} `);
  return under.slice(1).find((element) => element.interactive && !element.disabled && !isAround(element)) ?? null;
}

function derivedEffect(
  source: FactSource,
  at: number,
  node: number,
  action: CapturedAction | null,
  recorded: CapturedEffect | null,
): ClickEffect | null {
  const { generation, dom, navigations, acts } = source;
  // What follows the next act elsewhere is that act's effect.
  const elsewhereAt = acts.nextElsewhere(at, node) ?? Number.POSITIVE_INFINITY;
  const to = Math.min(at + EFFECT_MS, elsewhereAt - 1);
  const own = new Set(action ? source.requestsOf(action.id) : []);
  const summary = dom.summary(at, to, {
    ofRequest: (id) => own.has(id),
    ...(action ? { ofAction: (id) => id === action.id || source.leaderOf(id) === action.id } : {}),
    ofAct: true,
    trigger: node,
  });
  const navigated = firstBetween(navigations, at + 1, to) !== undefined;
  const observedUntil = Math.min(to, generation.lastAt);
  if (!recorded && !navigated && !summary && (!dom.observed || observedUntil < at + EFFECT_MS)) return null;
  const inTime = (list: readonly { readonly at: number }[]): boolean => firstBetween(list, at, to) !== undefined;
  const ids = new Set([node, ...(action?.under ?? []).map((element) => element.node)]);
  return {
    source: recorded ? 'recorded' : 'derived',
    observedMs: recorded?.observedMs ?? observedUntil - at,
    mutations: recorded?.mutations ?? summary?.changes ?? 0,
    firstMutationMs: recorded ? recorded.firstMutationMs : (summary?.firstMs ?? null),
    caused: recorded?.caused ?? null,
    places: recorded?.changed ?? [],
    requests: [...new Set([...(recorded?.requests ?? []), ...own])],
    navigated: navigated || (recorded?.navigated ?? false),
    scrolled: recorded?.scrolled ?? inTime(generation.scrolled),
    focusMoved: recorded?.focusMoved ?? inTime(generation.focused),
    undisturbed: elsewhereAt >= at + EFFECT_MS,
    focusedElsewhere: focusedOn(generation, at, to, (focused) => !ids.has(focused)),
    selected: inTime(generation.selected),
    changed: inTime(generation.controls),
    dom: summary,
    domObserved: dom.observed,
  };
}

function focusedOn(
  generation: GenerationRecord,
  from: number,
  to: number,
  matches: (node: number) => boolean,
): boolean {
  for (let i = firstAtOrAfter(generation.focused, from); i < generation.focused.length; i += 1) {
    const moved = generation.focused[i];
    if (!moved || moved.at > to) return false;
    if (matches(moved.node)) return true;
  }
  return false;
}
