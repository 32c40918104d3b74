import { CircleAlert, CircleStop, Send } from 'lucide-react';
import { type FormEvent, useMemo, useState } from 'react';
import { MAX_QUESTION } from '../../../../shared/ai/index.ts';
import { FACTS_VERSION } from '../../../../shared/facts/version.ts';
import type { SessionRow } from '../../../../shared/model/session.ts';
import type { Signal } from '../../../../shared/model/signal.ts';
import type { Transcript } from '../../../../shared/model/transcript.ts';
import { useCall, useServices } from '../../../api/services.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureLine } from '../../../ui/failure-line.tsx';
import { createDateFormat } from '../../../ui/format-date.ts';
import { AnswerView, type Citations } from './answer-view.tsx';
import { AskPreviewDialog } from './ask-preview.tsx';
import { useAsk } from './use-ask.ts';
import '../../../ui/field.css';
import './ask.css';

const CHECKED =
  'Shown is what holds in the recording: every kind, status, address, time, count, quote and order that our code can read in it. It cannot read everything.';

/** Off until an endpoint is configured; then a question, the bytes it would send, and the answer, checked. */
export function AskModel({
  row,
  signals,
  onGo,
}: {
  row: SessionRow;
  signals: readonly Signal[];
  onGo: (signal: Signal) => void;
}) {
  const { store } = useServices();
  const { data: settings, error, retry } = useCall('models.get', undefined);
  const ask = useAsk(row.key);
  const [question, setQuestion] = useState('');
  const byId = useMemo(() => new Map(signals.map((signal) => [signal.id, signal])), [signals]);
  const citations: Citations = { signal: (id) => byId.get(id), startedAt: row.startedAt, onGo };
  const { state } = ask;
  const busy = state.kind === 'preparing' || state.kind === 'asking';

  return (
    <section className="ask" aria-label="Ask a model">
      <h3>Ask a model</h3>
      {error !== null && <FailureLine what="The model's settings could not be read." why={error} onRetry={retry} />}
      {settings === null && (
        <div className="ask-off">
          <p className="faint">
            No model is set up, and none is needed for what stands above. Nothing leaves this machine.
          </p>
          <Button onClick={() => store.getState().openSettings('models')}>Set up a model…</Button>
        </div>
      )}
      {settings && (
        <form
          className="ask-form"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            if (!busy) ask.prepare(question);
          }}
        >
          <label className="field">
            <span className="visually-hidden">Question for {settings.model}</span>
            <input
              type="text"
              value={question}
              maxLength={MAX_QUESTION}
              placeholder={`Ask ${settings.model} what happened`}
              autoComplete="off"
              onChange={(event) => setQuestion(event.target.value)}
            />
          </label>
          <Button icon={Send} type="submit" disabled={busy}>
            See what would be sent…
          </Button>
        </form>
      )}
      {state.kind === 'idle' && state.error !== null && (
        <p role="alert" className="error-text selectable">
          {state.error}
        </p>
      )}
      {state.kind === 'preview' && (
        <AskPreviewDialog preview={state.preview} onApprove={ask.approve} onClose={ask.dismiss} />
      )}
      {state.kind === 'asking' ? (
        <article className="transcript" aria-label="Answer" aria-busy="true">
          <header>
            <span className="faint">{state.preview.model} is answering…</span>
            <Button icon={CircleStop} onClick={ask.cancel}>
              Cancel
            </Button>
          </header>
          <AnswerView sentences={state.draft?.sentences ?? []} rest={state.draft?.rest ?? ''} citations={citations} />
        </article>
      ) : (
        <Transcripts row={row} citations={citations} onRetry={settings ? () => ask.prepare(question) : null} />
      )}
    </section>
  );
}

/** What was asked before, the newest in full. */
function Transcripts({
  row,
  citations,
  onRetry,
}: {
  row: SessionRow;
  citations: Citations;
  onRetry: (() => void) | null;
}) {
  const { data, error, retry } = useCall('transcripts.list', { key: row.key });
  const [shown, setShown] = useState(0);
  if (error !== null) return <FailureLine what="Earlier answers could not be read." why={error} onRetry={retry} />;
  const transcript = data?.[Math.min(shown, data.length - 1)];
  if (!data || !transcript) return null;
  return (
    <>
      <Answered transcript={transcript} citations={citations} onRetry={onRetry} />
      {data.length > 1 && (
        <label className="field ask-earlier">
          <span className="field-label">Asked {data.length} times</span>
          <select value={Math.min(shown, data.length - 1)} onChange={(event) => setShown(Number(event.target.value))}>
            {data.map((one, index) => (
              <option key={one.id} value={index}>
                {createDateFormat(Date.now).short(one.at)}, {one.model}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

function Answered({
  transcript,
  citations,
  onRetry,
}: {
  transcript: Transcript;
  citations: Citations;
  onRetry: (() => void) | null;
}) {
  const { model, host, at, sentences, outcome, error, factsVersion } = transcript;
  const current = factsVersion === FACTS_VERSION;
  const verified = sentences.filter(({ verdict }) => verdict === 'verified').length;
  return (
    <article className="transcript" aria-label="Answer">
      <header>
        <span className="faint">
          {model} at {host}, {createDateFormat(Date.now).short(at)}
        </span>
      </header>
      {error !== null && (
        <p role="alert" className="ask-error error-text selectable">
          <CircleAlert size={16} aria-hidden /> <span>{error}</span>
        </p>
      )}
      {outcome === 'cancelled' && <p className="faint">You cancelled the answer.</p>}
      <AnswerView
        sentences={sentences}
        rest=""
        citations={current ? citations : { ...citations, signal: () => undefined }}
      />
      {sentences.length > 0 && (
        <p className="faint" title={CHECKED}>
          {verified} of {sentences.length} sentences hold in the recording.
        </p>
      )}
      {outcome !== 'complete' && onRetry && <Button onClick={onRetry}>Ask again…</Button>}
    </article>
  );
}
