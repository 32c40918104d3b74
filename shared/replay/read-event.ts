import { EventType, IncrementalSource } from '../model/recorded-event.ts';
import { MAX_SCROLL, MAX_TEXT, MAX_VIEWPORT } from './limits.ts';
import { NodeKind, type PageChange, type PointerPoint, type ReadEvent } from './page-change.ts';
import { readMutation } from './read-mutation.ts';
import { asFields, asId, asList, asNumber, asText, type Complain, type Fields, readNodes } from './read-node.ts';
import { readAdopted, readRuleChange } from './read-style.ts';

/** Ids for nodes whose own id is taken start here, above what a recorder counts up to. */
const FIRST_OWN_ID = 2 ** 40;
/** rrweb's number of a `blur` among mouse interactions: the one that says the person went away. */
const BLUR = 6;
/** Mouse down, click, touch start, touch end, and the like: interactions 0 to 9 except focus (5) and blur (6). */
const PRESSES: readonly unknown[] = [1, 2, 4, 7];

const NOTHING: ReadEvent = { change: null, points: [], activity: false, press: false, touch: false };

/**
 * The validator in front of the mirror: reads recorded events one by one, repairs what can be repaired and leaves out
 * the rest, with a reason for each. Nothing it returns refers to what it was given.
 */
export function createEventReader(complain: Complain): (event: unknown) => ReadEvent {
  let ownId = FIRST_OWN_ID;
  const nextOwnId = (): number => ownId++;

  return (raw) => {
    const event = asFields(raw);
    if (!event) return refuse('not an event');
    const data = asFields(event.data);
    switch (event.type) {
      case EventType.DomContentLoaded:
      case EventType.Load:
      case EventType.Custom:
      case EventType.Plugin:
        return NOTHING;
      case EventType.Meta:
        return data ? changed(viewport(data)) : refuse('event without data');
      case EventType.FullSnapshot:
        return data ? snapshot(data) : refuse('event without data');
      case EventType.Incremental:
        return data ? incremental(data) : refuse('event without data');
      default:
        return refuse('unknown event type');
    }
  };

  function refuse(reason: string): ReadEvent {
    complain(reason);
    return NOTHING;
  }

  function snapshot(data: Fields): ReadEvent {
    const nodes = readNodes(data.node, true, nextOwnId, complain);
    if (nodes[0]?.shape.kind !== NodeKind.Document) return refuse('full snapshot without a page');
    const offset = asFields(data.initialOffset);
    return changed({ kind: 'snapshot', nodes, scroll: { x: scroll(offset?.left), y: scroll(offset?.top) } });
  }

  function incremental(data: Fields): ReadEvent {
    switch (data.source) {
      case IncrementalSource.Mutation:
        return changed(readMutation(data, nextOwnId, complain));
      case IncrementalSource.MouseMove:
      case IncrementalSource.TouchMove:
      case IncrementalSource.Drag:
        return pointer(data);
      case IncrementalSource.MouseInteraction:
        return interaction(data);
      case IncrementalSource.Scroll:
        return withId(data, (id) => ({ kind: 'scroll', id, x: scroll(data.x), y: scroll(data.y) }));
      case IncrementalSource.ViewportResize:
        return changed(viewport(data));
      case IncrementalSource.Input: {
        const read = withId(data, (id) => ({
          kind: 'input',
          id,
          text: asText(data.text),
          isChecked: data.isChecked === true,
        }));
        return { ...read, activity: true };
      }
      case IncrementalSource.StyleSheetRule:
      case IncrementalSource.StyleDeclaration:
        return changed(readRuleChange(data, complain));
      case IncrementalSource.AdoptedStyleSheet:
        return changed(readAdopted(data, complain));
      case IncrementalSource.Font:
        return font(data);
      case IncrementalSource.MediaInteraction:
      case IncrementalSource.CanvasMutation:
      case IncrementalSource.Log:
      case IncrementalSource.CustomElement:
      case IncrementalSource.Selection:
        return NOTHING;
      default:
        return refuse('unknown event source');
    }
  }

  function withId(data: Fields, change: (id: number) => PageChange): ReadEvent {
    const id = asId(data.id);
    if (id) return changed(change(id));
    // The recorder itself writes -1 for a node it does not know: that is nothing to complain about.
    return data.id === -1 ? NOTHING : refuse('event without a node');
  }

  function font(data: Fields): ReadEvent {
    const fontSource = asText(data.fontSource);
    if (fontSource === '' || fontSource.length >= MAX_TEXT) return refuse('font without a source');
    const descriptors: Record<string, string> = {};
    for (const [name, value] of Object.entries(asFields(data.descriptors) ?? {})) {
      if (name !== '__proto__' && typeof value === 'string') descriptors[name] = value;
    }
    return changed({
      kind: 'font',
      font: { family: asText(data.family), fontSource, buffer: data.buffer === true, descriptors },
    });
  }
}

const changed = (change: PageChange | null): ReadEvent => ({ ...NOTHING, change });
const scroll = (value: unknown): number => asNumber(value, -MAX_SCROLL, MAX_SCROLL);
const viewport = (data: Fields): PageChange => ({
  kind: 'viewport',
  width: Math.round(asNumber(data.width, 1, MAX_VIEWPORT)),
  height: Math.round(asNumber(data.height, 1, MAX_VIEWPORT)),
});

function pointAt(raw: unknown): PointerPoint[] {
  const fields = asFields(raw);
  if (!fields || typeof fields.x !== 'number' || typeof fields.y !== 'number') return [];
  const place = (value: unknown): number => asNumber(value, -MAX_VIEWPORT, MAX_VIEWPORT);
  return [
    {
      x: place(fields.x),
      y: place(fields.y),
      id: asId(fields.id),
      offsetMs: asNumber(fields.timeOffset, -60_000, 0),
    },
  ];
}

const pointer = (data: Fields): ReadEvent => ({
  ...NOTHING,
  points: asList(data.positions).flatMap(pointAt),
  activity: true,
  touch: data.source === IncrementalSource.TouchMove,
});

const interaction = (data: Fields): ReadEvent => ({
  ...NOTHING,
  points: pointAt({ ...data, timeOffset: 0 }),
  activity: data.type !== BLUR,
  press: PRESSES.includes(data.type),
  touch: data.type === 7 || data.type === 9,
});
