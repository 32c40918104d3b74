import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Note } from '../../../../shared/model/marks.ts';
import type { Signal } from '../../../../shared/model/signal.ts';
import { IconButton } from '../../../ui/button.tsx';
import { formatCount } from '../../../ui/format-count.ts';
import { formatDuration } from '../../../ui/format-duration.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { useSession } from '../session-model.ts';
import { findHits, firstHit, type Hit, type HitPlace, searchable } from './find-hits.ts';
import './find.css';

const PLACES: Readonly<Record<HitPlace, string>> = {
  actions: 'Actions',
  console: 'Console',
  network: 'Network',
  backend: 'Backend',
  notes: 'Notes',
};

/** Id of the field, so that Ctrl+F can bring the focus back to it. */
export const FIND_ID = 'find-in-session';

/** Find in session: over console, network, backend, actions and notes. The hits are marked on the timeline; each step seeks. */
export function FindBar({
  signals,
  notes,
  onClose,
}: {
  signals: readonly Signal[];
  notes: readonly Note[];
  onClose: () => void;
}) {
  const { startedAt, player, timeline } = useSession();
  const [text, setText] = useState('');
  const [at, setAt] = useState<number | null>(null);
  const all = useMemo(() => searchable(signals, notes, startedAt), [signals, notes, startedAt]);
  const hits = useMemo(() => findHits(all, text), [all, text]);
  useEffect(() => {
    timeline.mark(hits.map(({ atMs }) => atMs));
    return () => timeline.mark([]);
  }, [timeline, hits]);

  const goTo = (index: number): void => {
    const hit = hits[index];
    if (!hit) return;
    setAt(index);
    player.seek(hit.atMs);
    player.highlight(hit.node);
    timeline.reveal(hit.atMs);
  };
  const step = (by: number): void => {
    if (hits.length === 0) return;
    goTo(at === null ? firstHit(hits, player.get().atMs) : (at + by + hits.length) % hits.length);
  };
  const shown: Hit | undefined = at === null ? undefined : hits[at];
  const count =
    hits.length === 0
      ? 'No hit'
      : at === null
        ? `${formatCount(hits.length)} ${hits.length === 1 ? 'hit' : 'hits'}`
        : `${formatCount(at + 1)} of ${formatCount(hits.length)}`;
  return (
    <search className="find-bar">
      <SearchField
        id={FIND_ID}
        label="Find in session"
        value={text}
        // It appears because somebody asked to search.
        autoFocus
        onText={(next) => {
          setText(next);
          setAt(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') onClose();
          else return;
          event.preventDefault();
        }}
      />
      <output className="find-count">{text.trim() === '' ? '' : count}</output>
      <IconButton
        icon={ChevronUp}
        label="Previous hit"
        keys="Shift+Enter"
        disabled={hits.length === 0}
        onClick={() => step(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label="Next hit"
        keys="Enter"
        disabled={hits.length === 0}
        onClick={() => step(1)}
      />
      <span className="find-hit truncate" title={shown?.text}>
        {shown && (
          <>
            <span className="faint">
              {PLACES[shown.place]} {formatDuration(shown.atMs)}{' '}
            </span>
            {shown.text}
          </>
        )}
      </span>
      <IconButton icon={X} label="Close the search" keys="Escape" onClick={onClose} />
    </search>
  );
}
