import { buildPacket, createChecker, requestBody, sentencesOf, sentTexts } from '../../../shared/ai/index.ts';
import { FACTS_VERSION } from '../../../shared/facts/version.ts';
import type { HandlersOf } from '../../../shared/ipc/call.ts';
import type { CallContext } from '../../../shared/ipc/dispatch.ts';
import type { ModelSettings, modelCalls } from '../../../shared/ipc/model-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import type { Transcript } from '../../../shared/model/transcript.ts';
import { generatedDiagnosis, generatedSignals } from './generated-evidence.ts';

/** What the model of a fake engine says. */
const ANSWER = [
  'The click on "Pay" [s3] started POST /api/orders [s4].',
  'It was answered with 500 after 435 ms [s4].',
  'The database behind it was overloaded [s4].',
  'Three more clicks on "Pay" followed [s5, s6, s7].',
  'The payment provider declined the card [s12345].',
].join('\n');

/** Models without a network: packets, redaction and checks are the real ones, the answer is always the same. A question that begins with "slow" is answered until it is cancelled. */
export function fakeModels(
  settings: ModelSettings | null,
  byKey: (key: string) => SessionRow,
  emit: (name: string, payload: unknown) => void,
): HandlersOf<typeof modelCalls, CallContext> {
  let saved = settings;
  const transcripts = new Map<string, Transcript[]>();
  const prepared = new Map<string, { row: SessionRow; question: string }>();
  const bodyOf = (row: SessionRow, question: string) => {
    const input = { row, signals: generatedSignals(row), diagnosis: generatedDiagnosis(row), question };
    const { packet, redactions, ...asked } = buildPacket(input);
    return { packet, redactions, body: requestBody({ model: saved?.model ?? '', packet, question: asked.question }) };
  };
  return {
    'models.get': () => saved,
    'models.save': ({ baseUrl, model, privacy, key }) => {
      if (privacy === 'local-only' && !baseUrl.includes('127.0.0.1'))
        throw new AppError('bad-request', 'Nothing was sent: "local only" allows a model on this machine alone.');
      saved = { baseUrl, model, privacy, hasKey: key !== undefined };
      return saved;
    },
    'models.remove': () => {
      saved = null;
    },
    'models.test': ({ model }) =>
      model === 'none'
        ? { works: false, verdict: '127.0.0.1:11434 knows no such model or address (404).' }
        : { works: true, verdict: `It works: ${model} at 127.0.0.1:11434 answered in 0.4 s.` },
    'models.prepare': ({ key, question }) => {
      const row = byKey(key);
      const { packet, redactions, body } = bodyOf(row, question);
      const id = String(prepared.size);
      prepared.set(id, { row, question });
      const bodyBytes = new TextEncoder().encode(body).length;
      return {
        id,
        url: `${saved?.baseUrl}/chat/completions`,
        host: '127.0.0.1:11434',
        model: saved?.model ?? '',
        body,
        bodyBytes,
        estimatedTokens: Math.ceil(bodyBytes / 4),
        headers: ['content-type', 'accept', 'user-agent'],
        redactions: redactions as Record<string, number>,
        included: packet.signals.length,
        leftOut: packet.left_out,
        warning: null,
      };
    },
    'models.ask': async ({ id, body }, { signal }) => {
      const ask = prepared.get(id);
      if (!ask) throw new AppError('not-found', 'Nothing was sent: prepare the question again.');
      const { row, question } = ask;
      const signals = generatedSignals(row);
      const { packet } = bodyOf(row, question);
      const diagnosis = generatedDiagnosis(row);
      const check = createChecker({ signals, diagnosis, startedAt: row.startedAt, sent: sentTexts(packet) });
      const sentences = sentencesOf(ANSWER).map(check);
      emit('model.draft', { id, sentences: sentences.slice(0, 1), rest: 'It was answered with' });
      const slow = question.startsWith('slow');
      if (slow && !signal.aborted) await new Promise((done) => signal.addEventListener('abort', done));
      const transcript: Transcript = {
        id,
        at: Date.now(),
        endedAt: Date.now(),
        host: '127.0.0.1:11434',
        model: saved?.model ?? '',
        body,
        answer: ANSWER,
        sentences: slow ? sentences.slice(0, 1) : sentences,
        outcome: slow ? 'cancelled' : 'complete',
        error: null,
        factsVersion: FACTS_VERSION,
      };
      transcripts.set(row.key, [transcript, ...(transcripts.get(row.key) ?? [])]);
      return transcript;
    },
    'transcripts.list': ({ key }) => transcripts.get(key) ?? [],
  };
}
