import { SquarePlay } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { COMMAND_IDS, COMMANDS, keysOf } from '../../../shared/ipc/commands.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import { useServices, useWorkbench } from '../../api/services.tsx';
import { SETTINGS_SECTIONS } from '../../state/saved.ts';
import { CommandMenu, matchScore } from '../../ui/command-menu.ts';
import { createDateFormat } from '../../ui/format-date.ts';
import { Keys } from '../../ui/keys.tsx';
import { readAddress } from '../library/place.ts';
import { SECTION_TITLES } from '../settings/section-titles.ts';
import './palette.css';

/** Letters strewn over a label are no match: cmdk gives those less than this, of 1. */
const WEAKEST_MATCH = 0.05;

/** Sessions offered at once. */
const MOST_SESSIONS = 8;

/** Typing pauses this long before the engine is asked, ms. */
const TYPING_MS = 120;

/** Sessions that match what is typed, by the engine's own search; those of the last answer until the next one is there. */
function useSessions(text: string): readonly SessionRow[] {
  const { engine } = useServices();
  const [rows, setRows] = useState<readonly SessionRow[]>([]);
  useEffect(() => {
    const search = text.trim();
    if (search === '') return setRows([]);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      engine.call('sessions.list', { search, limit: MOST_SESSIONS }, stop.signal).then(
        (answer) => setRows(answer.rows),
        () => setRows([]), // cancelled by the next key, or the library says itself what is wrong
      );
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [engine, text]);
  return rows;
}

interface Scored<T> {
  readonly one: T;
  readonly score: number;
}

/** Those of `all` whose words match what is typed, the best match first; all of them while nothing is typed. */
function bestFirst<T>(all: readonly T[], wordsOf: (one: T) => string, text: string): readonly Scored<T>[] {
  if (text.trim() === '') return all.map((one) => ({ one, score: 0 }));
  return all
    .map((one) => ({ one, score: matchScore(wordsOf(one), text, []) }))
    .filter(({ score }) => score > WEAKEST_MATCH)
    .sort((a, b) => b.score - a.score);
}

/** Everything that can be done now, every section of the settings, and sessions by user, address, release or id. */
export function Palette() {
  const { store, commands } = useServices();
  const choice = useWorkbench((state) => state.keys);
  const [text, setText] = useState('');
  const sessions = useSessions(text);
  const dates = createDateFormat(Date.now);
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element?.open) element?.showModal();
    element?.querySelector('input')?.focus(); // otherwise the box around it has the focus, and what is typed is lost
    return () => element?.close();
  }, []);
  const close = (): void => store.getState().set({ dialog: null });
  const then = (action: () => void) => (): void => {
    dialog.current?.close(); // gives the focus back first, so that the action may move it
    close();
    action();
  };
  const available = COMMAND_IDS.filter((id) => id !== 'palette' && commands.has(id));
  const offered = bestFirst(available, (id) => COMMANDS[id].label, text);
  const sections = bestFirst(SETTINGS_SECTIONS, (id) => `Settings: ${SECTION_TITLES[id]}`, text);
  const settingsFirst = (sections[0]?.score ?? 0) > (offered[0]?.score ?? 0);
  const commandValues = offered.map(({ one }) => `command ${one}`);
  const settingsValues = sections.map(({ one }) => `settings ${one}`);
  const values = [
    ...(settingsFirst ? [...settingsValues, ...commandValues] : [...commandValues, ...settingsValues]),
    ...sessions.map(({ key }) => `session ${key}`),
  ];
  // The list marks its first entry by itself only while nothing arrives later, as sessions do.
  const [chosen, setChosen] = useState('');
  const marked = values.includes(chosen) ? chosen : (values[0] ?? '');
  const commandsGroup = offered.length > 0 && (
    <CommandMenu.Group key="commands" heading="Commands">
      {offered.map(({ one: id }) => (
        <CommandMenu.Item key={id} value={`command ${id}`} onSelect={then(() => commands.run(id))}>
          <span className="truncate">{COMMANDS[id].label}</span>
          {keysOf(id, choice)[0] && <Keys keys={keysOf(id, choice)[0] ?? ''} />}
        </CommandMenu.Item>
      ))}
    </CommandMenu.Group>
  );
  const settingsGroup = sections.length > 0 && (
    <CommandMenu.Group key="settings" heading="Settings">
      {sections.map(({ one: id }) => (
        <CommandMenu.Item key={id} value={`settings ${id}`} onSelect={then(() => store.getState().openSettings(id))}>
          Settings: {SECTION_TITLES[id]}
        </CommandMenu.Item>
      ))}
    </CommandMenu.Group>
  );
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label="Commands and sessions"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown={(event) => event.stopPropagation()}
      onMouseDown={(event) => event.target === event.currentTarget && close()}
    >
      <CommandMenu
        label="Commands and sessions"
        loop
        vimBindings={false}
        shouldFilter={false}
        value={marked}
        onValueChange={setChosen}
      >
        <CommandMenu.Input
          value={text}
          onValueChange={(next) => {
            setText(next);
            setChosen('');
          }}
          maxLength={500}
          placeholder="A command, or a session by user, URL, release or id"
        />
        <CommandMenu.List label="Results">
          {values.length === 0 && <p className="palette-empty">Nothing found.</p>}
          {settingsFirst ? [settingsGroup, commandsGroup] : [commandsGroup, settingsGroup]}
          {sessions.length > 0 && (
            <CommandMenu.Group heading="Sessions">
              {sessions.map((row) => (
                <CommandMenu.Item
                  key={row.key}
                  value={`session ${row.key}`}
                  onSelect={then(() => store.getState().openTab(row.key))}
                >
                  <SquarePlay size={14} aria-hidden />
                  <span className="truncate">
                    {row.user ?? 'anonymous'} · {readAddress(row.entryUrl).path}
                  </span>
                  <span className="faint palette-when">{dates.short(row.startedAt)}</span>
                </CommandMenu.Item>
              ))}
            </CommandMenu.Group>
          )}
        </CommandMenu.List>
      </CommandMenu>
    </dialog>
  );
}
