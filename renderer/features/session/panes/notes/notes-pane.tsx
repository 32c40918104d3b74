import { Check, MapPin, Pencil, Plus, Trash2, Undo2, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../../../shared/ipc/call.ts';
import type { EngineCalls } from '../../../../../shared/ipc/engine-calls.ts';
import type { Note } from '../../../../../shared/model/marks.ts';
import { MAX_NOTE_LENGTH } from '../../../../../shared/model/marks.ts';
import { useAttempt, useCall, useServices } from '../../../../api/services.tsx';
import { Button, IconButton } from '../../../../ui/button.tsx';
import { FailureLine } from '../../../../ui/failure-line.tsx';
import { formatDuration } from '../../../../ui/format-duration.ts';
import { useSession, useTimeline } from '../../session-model.ts';
import { lastAt } from '../../signal-time.ts';
import { isInRange } from '../../timeline/timeline-model.ts';
import { usePlayer } from '../../use-player.ts';
import { Pane, PaneEmpty } from '../pane.tsx';
import './notes.css';

/** The field a note is written in; Ctrl+Enter keeps it, Escape does not. */
function NoteField({
  label,
  initial,
  onSave,
  onCancel,
}: {
  label: string;
  initial: string;
  onSave: (text: string) => void;
  onCancel: () => void;
}) {
  const [text, setText] = useState(initial);
  const save = (): void => {
    if (text.trim() !== '') onSave(text);
  };
  return (
    <div className="note-field">
      <textarea
        aria-label={label}
        placeholder={label}
        maxLength={MAX_NOTE_LENGTH}
        rows={2}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked to write
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
          else if (event.key === 'Escape') onCancel();
          else return;
          event.preventDefault();
        }}
      />
      <IconButton icon={Check} label="Keep the note" keys="Ctrl+Enter" disabled={text.trim() === ''} onClick={save} />
      <IconButton icon={X} label="Do not keep it" keys="Escape" onClick={onCancel} />
    </div>
  );
}

/** What analysts wrote at moments of the session. A note seeks to its moment. */
export function NotesPane() {
  const { key, startedAt, player, timeline } = useSession();
  const { engine } = useServices();
  const attempt = useAttempt();
  const range = useTimeline(timeline, (state) => state.range);
  const notes = useCall('notes.list', { key });
  const [writing, setWriting] = useState<{ at: number; endAt: number | null } | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const [removed, setRemoved] = useState<OutputOf<EngineCalls, 'notes.remove'> | null>(null);
  const shown = useMemo(
    () =>
      (notes.data ?? [])
        .filter(({ at, endAt }) => isInRange(range, at - startedAt, (endAt ?? at) - startedAt))
        .toSorted((a, b) => a.at - b.at),
    [notes.data, range, startedAt],
  );
  const current = usePlayer(player, (state) => lastAt(shown, startedAt + state.atMs + 0.5));

  const begin = (): void => {
    if (range) setWriting({ at: startedAt + range.fromMs, endAt: startedAt + range.toMs });
    else setWriting({ at: startedAt + player.get().atMs, endAt: null });
  };
  const add = (text: string): void => {
    if (!writing) return;
    const place = writing;
    setWriting(null);
    void attempt('The note could not be kept.', () => engine.call('notes.add', { key, ...place, text }));
  };
  const change = (note: Note, text: string): void => {
    setEditing(null);
    void attempt('The note could not be changed.', () => engine.call('notes.change', { id: note.id, text }));
  };
  const remove = (note: Note): void => {
    void attempt('The note could not be deleted.', async () => {
      setRemoved(await engine.call('notes.remove', { id: note.id }));
    });
  };
  const restore = (gone: NonNullable<typeof removed>): void => {
    setRemoved(null);
    void attempt('The note could not be brought back.', () => engine.call('notes.restore', gone));
  };
  const when = ({ at, endAt }: { at: number; endAt: number | null }): string =>
    endAt === null
      ? formatDuration(at - startedAt)
      : `${formatDuration(at - startedAt)} – ${formatDuration(endAt - startedAt)}`;
  return (
    <Pane
      label="Notes"
      tools={
        <>
          <Button tone="quiet" icon={Plus} onClick={begin}>
            {range ? 'Note on the range' : 'Note at the playhead'}
          </Button>
          {removed && (
            <span role="status" className="note-removed">
              Note deleted
              <Button tone="quiet" icon={Undo2} onClick={() => restore(removed)}>
                Undo
              </Button>
            </span>
          )}
        </>
      }
    >
      {notes.error !== null && (
        <FailureLine what="The notes could not be read." why={notes.error} onRetry={notes.retry} />
      )}
      {writing && (
        <div className="note">
          <span className="note-time">{when(writing)}</span>
          <NoteField label="What is to be seen here" initial="" onSave={add} onCancel={() => setWriting(null)} />
        </div>
      )}
      {notes.data && shown.length === 0 && !writing && (
        <PaneEmpty>
          {notes.data.length === 0
            ? 'No notes yet. Write one at the playhead, or choose a range on the timeline first.'
            : 'No note lies in the range.'}
        </PaneEmpty>
      )}
      <ul className="notes-list" aria-label="Notes">
        {shown.map((note, index) => (
          <li key={note.id} className={index === current ? 'note current' : 'note'} aria-current={index === current}>
            <button type="button" className="note-time" onClick={() => player.seek(note.at - startedAt)}>
              <MapPin size={14} aria-hidden />
              {when(note)}
            </button>
            {editing === note.id ? (
              <NoteField
                label="Text of the note"
                initial={note.text}
                onSave={(text) => change(note, text)}
                onCancel={() => setEditing(null)}
              />
            ) : (
              <>
                <p className="note-text selectable">{note.text}</p>
                <IconButton icon={Pencil} label="Edit the note" onClick={() => setEditing(note.id)} />
                <IconButton icon={Trash2} label="Delete the note" onClick={() => remove(note)} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Pane>
  );
}
