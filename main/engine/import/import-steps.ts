import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Marks } from '../../../shared/model/marks.ts';
import type { NewChunk } from '../store/store-api.ts';

/** What reading a file yields, in this order: for each session `session`, any number of `chunks`, `end`. */
export type ImportStep =
  | {
      readonly kind: 'session';
      /** From the content: the same recording has the same key wherever it comes from. */
      readonly key: SessionKey;
      readonly sessionId: string;
      /** Notes and tags the file has for it. */
      readonly marks: Marks | null;
    }
  | { readonly kind: 'chunks'; readonly chunks: readonly ImportedChunk[]; readonly doneBytes: number }
  | {
      readonly kind: 'end';
      /** Kept with the session. */
      readonly notice: string | null;
      /** What is wrong with this very file; told to whoever imports it. */
      readonly found: string | null;
    };

/** A chunk and its bytes. */
export type ImportedChunk = NewChunk & { readonly body: Uint8Array };

/** The answer to a `session` step; other steps ignore it. */
export type ImportReply = 'take' | 'skip';

/** A reading in progress. Ending it early (`return`) lets go of the file. */
export type ImportReading = AsyncGenerator<ImportStep, void, ImportReply>;
