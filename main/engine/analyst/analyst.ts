import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import { sizeText } from '../../../shared/lib/size-text.ts';
import type { ImportReading } from '../import/import-steps.ts';
import { notOurs } from '../import/not-ours.ts';
import { type OpenSource, openSource } from '../import/open-source.ts';
import { readEvidence } from '../import/read-evidence.ts';
import { readRecording } from '../import/read-recording.ts';
import { diskError } from '../store/disk-error.ts';
import type { Analyst } from './analyst-api.ts';
import { deriveSession } from './derive-session.ts';
import { createInspector } from './inspect/inspector.ts';
import { writeEvidence } from './write-evidence.ts';

interface Reading {
  readonly source: OpenSource;
  readonly steps: ImportReading;
}

/** The analyst as it lives in its thread. */
export function createAnalyst(): Analyst {
  const readings = new Map<number, Reading>();
  const writings = new Map<number, AbortController>();
  let lastId = 0;

  function readingOf(id: number): Reading {
    const reading = readings.get(id);
    if (!reading) throw new AppError('internal', `no import ${id} is running`);
    return reading;
  }

  return {
    ...createInspector(),
    openImport: async ({ path }) => {
      const source = await openSource(path);
      try {
        const steps = stepsOf(source);
        readings.set(++lastId, { source, steps });
        return { id: lastId, bytes: source.bytes };
      } catch (error) {
        await source.handle.close();
        throw error;
      }
    },
    nextImport: async ({ id, reply }) => {
      const step = await readingOf(id).steps.next(reply);
      return step.done ? null : step.value;
    },
    closeImport: async ({ id }) => {
      const reading = readings.get(id);
      readings.delete(id);
      await reading?.steps.return();
      await reading?.source.handle.close();
    },
    derive: ({ key, layout }) => deriveSession(key, layout),
    writeEvidence: async ({ id, ...input }) => {
      const controller = new AbortController();
      writings.set(id, controller);
      try {
        return await writeEvidence(input, controller.signal);
      } catch (error) {
        if (controller.signal.aborted) throw new AppError('cancelled', 'The export was cancelled.', { cause: error });
        throw diskError(error, input.path);
      } finally {
        writings.delete(id);
      }
    },
    cancelEvidence: ({ id }) => writings.get(id)?.abort(),
  };
}

function stepsOf(source: OpenSource): ImportReading {
  const { sniffed } = source;
  if (sniffed.kind === 'empty') {
    const what = source.bytes === 0 ? 'is empty' : 'holds nothing but blanks';
    throw new AppError('damaged', `it ${what} (${sizeText(source.bytes)}). Export or download it again`);
  }
  if (sniffed.kind === 'foreign') throw notOurs(sniffed.what);
  return asAppErrors(sniffed.kind === 'zip' ? readEvidence(source.path) : readRecording(source));
}

/** Whatever a hostile file makes fail is that file's failure, in words that name no code. */
async function* asAppErrors(steps: ImportReading): ImportReading {
  try {
    yield* steps;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('damaged', `it cannot be read (${messageOf(error)}). Ask for the file again`, { cause: error });
  }
}
