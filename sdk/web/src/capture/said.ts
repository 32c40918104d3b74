import type { CapturedTrack } from '../../../../shared/model/captured-page.ts';
import { cut, type Emit } from '../captured.ts';
import type { TrackData, TrackValue } from '../options.ts';
import { scrub } from '../privacy/text.ts';
import { type Causes, causeFields } from './causes.ts';
import { preview } from './preview.ts';

/** What the page itself has to say. */
export interface Said {
  track(name: string, data?: TrackData): void;
  tag(name: string, value: TrackValue): void;
  flag(name: string, value: TrackValue): void;
  /** Says all tags and flags again: each generation stands by itself. */
  repeat(): void;
}

const MAX_CHARS = 500;
const MAX_KEYS = 50;

/** Plain values stay, everything else becomes a short text. */
function plain(value: unknown): TrackValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean' || value === null || value === undefined) return value ?? null;
  return typeof value === 'string' ? scrub(cut(value, MAX_CHARS)) : cut(preview(value), MAX_CHARS);
}

/** Keeps tags and flags by name, the latest value of each. */
export function createSaid({ emit, causes }: { readonly emit: Emit; readonly causes: Causes }): Said {
  const known = new Map<string, Pick<CapturedTrack, 'kind' | 'name' | 'value'>>();
  const say = (fields: CapturedTrack): void => {
    const { action } = causeFields(causes.current());
    emit('track', { ...fields, ...(action === undefined ? {} : { action }) });
  };
  const put = (kind: 'tag' | 'flag', name: string, given: TrackValue): void => {
    const fields = { kind, name: cut(String(name), 100), value: plain(given) };
    const key = `${kind} ${fields.name}`;
    if (known.get(key)?.value === fields.value || (!known.has(key) && known.size >= 2 * MAX_KEYS)) return;
    known.set(key, fields);
    say(fields);
  };
  return {
    track(name, data = {}) {
      const entries = Object.entries(data).slice(0, MAX_KEYS);
      const kept = Object.fromEntries(entries.map(([key, value]) => [cut(key, 100), plain(value)]));
      say({ kind: 'event', name: cut(String(name), 100), ...(entries.length > 0 ? { data: kept } : {}) });
    },
    tag: (name, value) => put('tag', name, value),
    flag: (name, value) => put('flag', name, value),
    repeat() {
      for (const fields of known.values()) emit('track', fields);
    },
  };
}
