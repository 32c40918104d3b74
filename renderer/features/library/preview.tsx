import { PanelBottom, PanelRight, Play, X } from 'lucide-react';
import { useState } from 'react';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import { useAttempt, useCall, useServices, useWorkbench } from '../../api/services.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { FailureLine } from '../../ui/failure-line.tsx';
import { formatBytes, formatCount } from '../../ui/format-count.ts';
import type { DateFormat } from '../../ui/format-date.ts';
import { formatDuration } from '../../ui/format-duration.ts';
import { faultWords } from './filter-words.ts';
import { frustrationReasons } from './frustration-words.ts';
import { describeSource } from './place.ts';
import { Sparkline } from './sparkline.tsx';
import { TagField } from './tag-editor.tsx';
import type { BulkActions } from './use-bulk-actions.ts';
import { readVerdict, VERDICT_WORDS } from './verdict.ts';
import './preview.css';

/** The cause in words: what happened, link by link, best finding first. */
function Chain({ sessionKey }: { sessionKey: SessionKey }) {
  const { data, error, gone, retry } = useCall('recording.diagnosis', { key: sessionKey });
  if (error !== null && !gone)
    return <FailureLine what="The diagnosis could not be read." why={error} onRetry={retry} />;
  const [first, ...others] = data?.findings ?? [];
  if (!data) return <p className="faint">Reading the diagnosis…</p>;
  if (!first) return <p className="faint">Nothing wrong found.</p>;
  return (
    <>
      <p className="selectable">
        <span className={`badge badge-${first.verdict}`}>{VERDICT_WORDS[first.verdict]}</span> {first.title}
      </p>
      <ol className="preview-chain">
        {first.chain.map((link) => (
          <li key={`${link.role} ${link.at} ${link.text}`}>
            <span className="preview-role">{link.role}</span>
            <span className="selectable">{link.text}</span>
          </li>
        ))}
      </ol>
      {others.length > 0 && <p className="faint">And {formatCount(others.length)} more below it in the session.</p>}
    </>
  );
}

function Notes({ row, dates }: { row: SessionRow; dates: DateFormat }) {
  const { engine } = useServices();
  const attempt = useAttempt();
  const { data } = useCall('notes.list', { key: row.key });
  const [text, setText] = useState('');
  const add = (): void => {
    if (text.trim() === '') return;
    void attempt('The note could not be added.', async () => {
      await engine.call('notes.add', { key: row.key, at: row.startedAt, text });
      setText('');
    });
  };
  return (
    <>
      <ul className="preview-notes">
        {data?.map((note) => (
          <li key={note.id}>
            <span className="faint" title={dates.full(note.at)}>
              {formatDuration(Math.max(0, note.at - row.startedAt))}
            </span>
            <span className="selectable preview-note-text">{note.text}</span>
          </li>
        ))}
      </ul>
      <div className="preview-add">
        <input
          aria-label="Add a note about the session"
          placeholder="Add a note about the session"
          value={text}
          maxLength={10_000}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && add()}
        />
        <Button disabled={text.trim() === ''} onClick={add}>
          Add
        </Button>
      </div>
    </>
  );
}

const shown = (value: string | null): string => value ?? 'Not known';

function Details({
  row,
  dates,
  servers,
}: {
  row: SessionRow;
  dates: DateFormat;
  servers: ReadonlyMap<string, string>;
}) {
  const reasons = frustrationReasons(row.frustrationKinds);
  const facts: readonly (readonly [string, string])[] = [
    ['Started', dates.full(row.startedAt)],
    ['From', row.entryUrl],
    ['To', row.exitUrl],
    ['Length', `${formatDuration(row.durationMs)}, ${formatCount(row.events)} events, ${formatBytes(row.bytes)}`],
    ['Release', shown(row.release)],
    ['Browser', shown(row.browser)],
    ['Frustration', reasons === '' ? 'None' : `${row.frustrationScore}: ${reasons}`],
    ['Errors', `${formatCount(row.errors)}, and ${formatCount(row.failedRequests)} failed requests`],
    ['Fault', row.fault === null ? 'None' : faultWords(row.fault)],
    ['Source', describeSource(row.source, servers)],
    ['Session', row.sessionId],
  ];
  return (
    <dl className="preview-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="selectable">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is known of the chosen session without opening it; beside the list or below it. */
export function Preview({
  sessionKey,
  dates,
  servers,
  bulk,
}: {
  sessionKey: SessionKey | null;
  dates: DateFormat;
  servers: ReadonlyMap<string, string>;
  bulk: BulkActions;
}) {
  const { store } = useServices();
  const place = useWorkbench((state) => state.preview);
  const { set } = store.getState();
  return (
    <section className="preview" aria-label="Preview">
      <header className="preview-head">
        <h2 className="truncate">Preview</h2>
        <IconButton
          icon={place === 'below' ? PanelRight : PanelBottom}
          label={place === 'below' ? 'Show beside the list' : 'Show below the list'}
          onClick={() => set({ preview: place === 'below' ? 'beside' : 'below' })}
        />
        <IconButton icon={X} label="Close the preview" onClick={() => set({ preview: 'off' })} />
      </header>
      {sessionKey === null ? (
        <p className="preview-empty faint">Choose a session in the list to see what is known of it.</p>
      ) : (
        <PreviewOf key={sessionKey} sessionKey={sessionKey} dates={dates} servers={servers} bulk={bulk} />
      )}
    </section>
  );
}

function PreviewOf({
  sessionKey,
  dates,
  servers,
  bulk,
}: {
  sessionKey: SessionKey;
  dates: DateFormat;
  servers: ReadonlyMap<string, string>;
  bulk: BulkActions;
}) {
  const { store } = useServices();
  const { data: row, error, gone, retry } = useCall('sessions.get', { key: sessionKey });
  if (gone) return <p className="preview-empty faint">This session is not in the library any more.</p>;
  if (!row)
    return error === null ? null : <FailureLine what="The session could not be read." why={error} onRetry={retry} />;
  const { text } = readVerdict(row.verdict);
  return (
    <div className="preview-body">
      <div className="preview-title">
        <strong className="truncate">{row.user ?? 'anonymous'}</strong>
        <Button icon={Play} onClick={() => store.getState().openTab(row.key)}>
          Open
        </Button>
      </div>
      {row.notice !== null && <p className="warning-text">{row.notice}</p>}
      <div className="preview-activity" role="img" aria-label={`Activity over ${formatDuration(row.durationMs)}`}>
        <Sparkline activity={row.activity} />
      </div>
      <section aria-label="Diagnosis">
        <h3>{row.verdict === null ? text : 'Diagnosis'}</h3>
        <Chain sessionKey={row.key} />
      </section>
      <section aria-label="Tags">
        <h3>Tags</h3>
        <div className="tag-list">
          {row.tags.map((tag) => (
            <span key={tag} className="tag">
              <span className="truncate">{tag}</span>
              <button
                type="button"
                aria-label={`Remove the tag ${tag}`}
                onClick={() => void bulk.untag([row.key], tag)}
              >
                <X size={12} aria-hidden />
              </button>
            </span>
          ))}
        </div>
        <TagField exclude={row.tags} onAdd={(name) => void bulk.tag([row.key], name)} />
      </section>
      <section aria-label="Notes">
        <h3>Notes</h3>
        <Notes row={row} dates={dates} />
      </section>
      <section aria-label="Details">
        <h3>Details</h3>
        <Details row={row} dates={dates} servers={servers} />
      </section>
    </div>
  );
}
