import { AppError, messageOf } from '../../shared/lib/app-error.ts';
import { patch } from '../../shared/replay/diff.ts';
import { DEFAULT_VIEWPORT } from '../../shared/replay/limits.ts';
import { createRecordingIndex, type RecordingIndex, type View } from '../../shared/replay/recording-index.ts';
import { type ContentPolicy, createStrictPolicy, type PolicyReport } from '../../shared/replay/sanitise.ts';
import { decodeChunk } from './decode-chunk.ts';
import { createFindings } from './findings.ts';
import type { MirrorAnswer, MirrorQuestion, Step } from './mirror-messages.ts';

/**
 * The mirror behind its questions: decodes chunks, indexes them, and says by which events the screen gets from where it is
 * to another time. Runs in a worker, so that a large page or a hostile one does not hold up the screen.
 * @param makePolicy the product's own unless a test looks at what the layers behind it hold.
 */
export function createMirrorService(
  makePolicy: (report: PolicyReport) => ContentPolicy = createStrictPolicy,
): (question: MirrorQuestion) => Promise<MirrorAnswer> {
  const findings = createFindings();
  const rules = { policy: makePolicy(findings), complain: findings.dropped };
  let index: RecordingIndex | null = null;
  let screen: View | null = null;

  function step(atMs: number, jump: boolean): Step | null {
    const view = index?.viewAt(atMs, screen) ?? null;
    if (!index || !view) return null;
    const from = screen?.generation === view.generation ? screen.moment.tree : null;
    const { events, stale } = patch(from, view.moment.tree, { timestamp: 1, scrollAll: jump });
    screen = view;
    return {
      atMs,
      generation: view.generation,
      events,
      stale,
      viewport: view.moment.tree.viewport ?? DEFAULT_VIEWPORT,
      pointer: view.pointer,
      trail: view.trail,
      nextActivityMs: index.nextActivityMs(atMs),
    };
  }

  async function answer(question: MirrorQuestion): Promise<MirrorAnswer> {
    switch (question.kind) {
      case 'open':
        index = createRecordingIndex(rules, question.startAt);
        return { kind: 'found', found: findings.found(false) };
      case 'chunk': {
        if (!index) throw new AppError('internal', 'A chunk came before the recording was opened.');
        index.add(question, await decodeChunk(question.bytes));
        return { kind: 'found', found: findings.found(index.viewAt(0, null) !== null) };
      }
      case 'step':
        return { kind: 'step', step: step(question.atMs, question.jump) };
    }
  }

  return (question) =>
    answer(question).catch((error: unknown): MirrorAnswer => ({ kind: 'failed', reason: messageOf(error) }));
}
