import type { CapturedCause } from '../../../../shared/model/captured.ts';
import type { Emit } from '../captured.ts';
import type { Place } from '../session/place.ts';
import { type Cause, type Causes, causeFields } from './causes.ts';

/** Says what made the document change. */
export interface ChangeCauses {
  /** Changes were seen that the code running now has made. */
  note(): void;
  /** Before a change is recorded: says its causes where they are not those of the change recorded before it. */
  announce(): void;
}

/** More causes in one update than this are a storm in which nothing can be told apart. */
const MAX_CAUSES = 5;

/** What changing causes needs. @param afterUpdate runs something after all observers have been told of this update. */
export interface ChangeCausesDeps {
  readonly causes: Causes;
  readonly emit: Emit;
  readonly place: () => Place;
  readonly afterUpdate: (body: () => void) => void;
}

/**
 * rrweb reports one update of the document at the end of the running task or promise continuation. Another cause may have
 * taken over in between, so causes are noted as changes are seen, and told with what rrweb reports next.
 */
export function createChangeCauses({ causes, emit, place, afterUpdate }: ChangeCausesDeps): ChangeCauses {
  let noted: Cause[] = [];
  let unknown = false;
  let clearing = false;
  let told: { readonly place: Place; readonly text: string } | undefined;
  return {
    note() {
      const cause = causes.current();
      if (cause && noted.length < MAX_CAUSES && !noted.includes(cause)) noted.push(cause);
      unknown ||= cause === undefined;
      if (clearing) return;
      clearing = true;
      afterUpdate(() => {
        clearing = false;
        unknown = false;
        noted = [];
      });
    },
    announce() {
      const now = causes.current();
      // A shadow tree is not observed here: its change is the doing of what runs now.
      const seen = noted.length > 0 || unknown ? noted : now ? [now] : [];
      const list: CapturedCause['causes'] = unknown ? [...seen.map(causeFields), {}] : seen.map(causeFields);
      const payload = { causes: list.length === 1 && Object.keys(list[0] ?? {}).length === 0 ? [] : list };
      const text = JSON.stringify(payload);
      const here = place();
      // To begin with nothing is known of any change.
      if (told?.place === here ? told.text === text : payload.causes.length === 0) return;
      told = { place: here, text };
      emit('cause', payload);
    },
  };
}
