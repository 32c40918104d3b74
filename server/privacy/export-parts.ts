import type { ReadDb } from '../../shared/node/sqlite.ts';
import type { ZipPart } from '../../shared/node/zip-writer.ts';
import { findServerSession } from '../process/session-list.ts';
import type { ChunkPlace, ChunkReader } from '../storage/embedded/chunk-reader.ts';

const README = `Everything this server keeps of a person or session.

<session>/session.json       what is derived of the session: times, pages, counts, facts
<session>/annotations.json   notes, tags and labels that analysts put on it, deletions included
<session>/assets/            pictures, fonts and style sheets the recording names, each under its SHA-256
<session>/chunks/            the recording: JSON arrays of rrweb events, in the order they were accepted, as they arrived
                             (.json.gz where they came compressed). The name is number, window, generation and first event.
`;

/** The entries of an export. Chunks are read when their turn comes, so that memory does not grow with what is exported. */
export function* exportParts(from: {
  readonly reader: ChunkReader;
  readonly derived: ReadDb;
  readonly project: string;
  readonly sessions: readonly string[];
}): Generator<ZipPart> {
  const { reader, derived, project, sessions } = from;
  yield { name: 'README.txt', bytes: Buffer.from(README) };
  for (const session of sessions) {
    const known = findServerSession(derived, project, session) ?? null;
    yield { name: `${session}/session.json`, bytes: Buffer.from(JSON.stringify(known, null, 2)) };
    const annotations = reader.annotationsOf(project, session);
    yield { name: `${session}/annotations.json`, bytes: Buffer.from(JSON.stringify(annotations, null, 2)) };
    for (const asset of reader.assetsOf(project, session))
      yield {
        name: `${session}/assets/${asset.sha256}`,
        file: reader.fileOf(asset),
        offset: asset.bodyAt,
        length: asset.bytes,
      };
    for (const place of reader.chunksOf(project, session)) {
      const { seq, window, generation, first, bodyAt, bytes } = place;
      const name = `${session}/chunks/${seq}-${window}-${generation}-${first}.json${isGzip(reader, place) ? '.gz' : ''}`;
      yield { name, file: reader.fileOf(place), offset: bodyAt, length: bytes };
    }
  }
}

function isGzip(reader: ChunkReader, place: ChunkPlace): boolean {
  let gzip = false;
  reader.read([{ ...place, bytes: Math.min(1, place.bytes) }], (_, bytes) => {
    gzip = bytes[0] === 0x1f;
  });
  return gzip;
}
