import { Bell } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useWorkbench } from '../api/services.tsx';
import { Button } from '../ui/button.tsx';
import { createDateFormat } from '../ui/format-date.ts';

/** What was said since the window opened, also after it went from the corner. */
export function NoticeHistory() {
  const history = useWorkbench((state) => state.history);
  const open = useWorkbench((state) => state.historyOpen);
  const set = useWorkbench((state) => state.set);
  const openTab = useWorkbench((state) => state.openTab);
  const dates = createDateFormat(Date.now);
  return (
    <Popover.Root open={open} onOpenChange={(historyOpen) => set({ historyOpen })}>
      <Popover.Trigger asChild>
        <button type="button" className="status-item status-button" aria-label="Notifications" title="Notifications">
          <Bell size={14} aria-hidden />
          {history.length > 0 && <span aria-hidden>{history.length}</span>}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover history"
          aria-label="Notifications"
          side="top"
          align="end"
          sideOffset={4}
          collisionPadding={8}
        >
          {history.length === 0 && <p className="faint">Nothing was said yet.</p>}
          <ol>
            {history.map(({ at, tone, title, text, session }) => (
              <li key={`${at} ${title} ${text}`} className={`history-item history-${tone}`}>
                <p className="history-title">
                  {title} <time className="faint">{dates.short(at)}</time>
                </p>
                {text !== null && <p className="selectable">{text}</p>}
                {session !== null && <Button onClick={() => openTab(session)}>Open the session</Button>}
              </li>
            ))}
          </ol>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
