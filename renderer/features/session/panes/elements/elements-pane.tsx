import { ChevronDown, ChevronUp } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { InputOf } from '../../../../../shared/ipc/call.ts';
import type { EngineCalls } from '../../../../../shared/ipc/engine-calls.ts';
import { useServices } from '../../../../api/services.tsx';
import { IconButton } from '../../../../ui/button.tsx';
import { FailureLine } from '../../../../ui/failure-line.tsx';
import { formatCount } from '../../../../ui/format-count.ts';
import { VirtualList } from '../../../../ui/virtual-list.tsx';
import { useSession } from '../../session-model.ts';
import { usePlayer } from '../../use-player.ts';
import { Pane, PaneEmpty } from '../pane.tsx';
import { useLatestAnswer } from '../use-latest-answer.ts';
import { useSettledPlayhead } from '../use-settled-playhead.ts';
import { ElementRow } from './element-row.tsx';
import { withRevealed, withToggled } from './toggled.ts';
import './elements.css';

type ElementsQuestion = InputOf<EngineCalls, 'recording.elements'>;
type FindQuestion = InputOf<EngineCalls, 'recording.findElements'>;

/** Height of a line of markup, px. */
const LINE_PX = 22;

/** Rows asked for at once: some screens of them, in steps so that scrolling does not ask for every row. */
const BLOCK = 200;

/** What is open, and of which generation: node ids mean something within one only. */
interface Unfolded {
  readonly generation: string | null;
  readonly toggled: readonly number[];
}

/** The recorded page at the playhead as a tree to read. A row outlines its node in the replay. */
export function ElementsPane({ visible }: { visible: boolean }) {
  const { key, player } = useSession();
  const { engine } = useServices();
  const atMs = useSettledPlayhead(player);
  const highlighted = usePlayer(player, (state) => state.highlighted);
  const [unfolded, setUnfolded] = useState<Unfolded>({ generation: null, toggled: [] });
  const [block, setBlock] = useState(0);
  const [text, setText] = useState('');
  const [match, setMatch] = useState(0);
  const [follow, setFollow] = useState(true);

  const question: ElementsQuestion = {
    key,
    atMs,
    ...unfolded,
    toggled: [...unfolded.toggled],
    offset: Math.max(0, (block - 1) * BLOCK),
    limit: 3 * BLOCK,
  };
  const ask = useCallback(
    async (asked: ElementsQuestion, signal: AbortSignal) => ({
      ...(await engine.call('recording.elements', asked, signal)),
      offset: asked.offset ?? 0,
    }),
    [engine],
  );
  const elements = useLatestAnswer(visible ? question : null, ask);
  const { data } = elements;
  const generation = data?.generation ?? null;
  const rowAt = useCallback((index: number) => data?.rows[index - data.offset], [data]);

  // Where the wanted node is: the search's hit, or what was outlined elsewhere (a link of the chain, an action).
  const what: FindQuestion['what'] | null =
    text.trim() !== '' ? { text } : highlighted !== null && follow ? { node: highlighted } : null;
  const find = useCallback(
    (asked: FindQuestion, signal: AbortSignal) => engine.call('recording.findElements', asked, signal),
    [engine],
  );
  const found = useLatestAnswer(visible && what ? { key, atMs, what, limit: 1000 } : null, find).data;
  const matches = what && found ? found.matches : [];
  const wanted = matches[Math.min(match, matches.length - 1)];
  const wantedPath = wanted?.path;
  const foundIn = found?.generation ?? null;
  const pathText = JSON.stringify(wantedPath ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `pathText` stands for the path, which is a new object each time
  useEffect(() => {
    if (!wantedPath) return;
    setUnfolded((before) => ({
      generation: foundIn,
      toggled: withRevealed(before.generation === foundIn ? before.toggled : [], wantedPath),
    }));
  }, [pathText, foundIn]);
  const wantedId = wanted?.id ?? highlighted;
  const known = useRef(-1);
  const current = useMemo(() => {
    const at = data && wantedId !== null ? data.rows.findIndex(({ id }) => id === wantedId) : -1;
    known.current = data && at >= 0 ? at + data.offset : -1;
    return known.current;
  }, [data, wantedId]);

  const pick = useCallback(
    (index: number) => {
      const row = rowAt(index);
      if (row && row.kind !== 'document' && row.kind !== 'doctype') player.highlight(row.id);
    },
    [rowAt, player],
  );
  const toggle = (index: number): void => {
    const row = rowAt(index);
    if (!row) return;
    setUnfolded((before) => ({
      generation,
      toggled: withToggled(before.generation === generation ? before.toggled : [], row.id),
    }));
  };
  const step = (by: number): void => {
    if (matches.length === 0) return;
    const next = (match + by + matches.length) % matches.length;
    setMatch(next);
    const target = matches[next];
    if (target) player.highlight(target.id);
  };
  return (
    <Pane
      label="Elements"
      filter={{
        label: 'Find in the page',
        text,
        onText: (next) => {
          setText(next);
          setMatch(0);
        },
        count: text.trim() !== '' && found && (
          <output className="faint">
            {found.total === 0 ? 'none' : `${formatCount(match + 1)} of ${formatCount(found.total)}`}
          </output>
        ),
      }}
      follow={{ on: follow, set: setFollow }}
      tools={
        <>
          <IconButton
            icon={ChevronUp}
            label="Previous match"
            disabled={matches.length === 0}
            onClick={() => step(-1)}
          />
          <IconButton icon={ChevronDown} label="Next match" disabled={matches.length === 0} onClick={() => step(1)} />
        </>
      }
    >
      {elements.error !== null && (
        <FailureLine what="The page could not be read." why={elements.error} onRetry={elements.retry} />
      )}
      {data && generation === null && <PaneEmpty>There is no page at the playhead in this recording.</PaneEmpty>}
      {data && generation !== null && (
        <VirtualList
          label="Elements at the playhead"
          count={data.total}
          rowPx={LINE_PX}
          current={current}
          follow={follow}
          onFollow={setFollow}
          onPick={pick}
          onShow={(from) => setBlock(Math.floor(from / BLOCK))}
          rowClass={() => 'dom-row'}
          row={(index) => {
            const row = rowAt(index);
            return row ? <ElementRow row={row} /> : null;
          }}
          tree={{
            depth: (index) => rowAt(index)?.depth ?? 0,
            isOpen: (index) => {
              const row = rowAt(index);
              return row?.expandable ? row.open : null;
            },
            onToggle: toggle,
          }}
        />
      )}
    </Pane>
  );
}
