import type { LucideIcon } from 'lucide-react';
import { X } from 'lucide-react';
import { createContext, type ReactNode, use, useLayoutEffect } from 'react';

/** What a tab can ask of its dock. */
export interface TabActions {
  setTitle(id: string, title: string): void;
  close(id: string): void;
}

/** Given by the dock to its tabs. */
export const TabContext = createContext<TabActions>({ setTitle: () => {}, close: () => {} });

/**
 * What a tab shows. `title` is also its accessible name and that of its panel. The cross is for the pointer only, because a
 * tab may hold no control: the keyboard's way is Delete on the tab, or the shortcut for closing.
 */
export function DockTab({
  id,
  title,
  icon: Icon,
  hint,
  fixed = false,
  children,
}: {
  id: string;
  title: string;
  icon: LucideIcon;
  hint?: string | undefined;
  /** Cannot be closed. */
  fixed?: boolean;
  /** Beside the title, for instance a count. */
  children?: ReactNode;
}) {
  const { setTitle, close } = use(TabContext);
  useLayoutEffect(() => setTitle(id, title), [setTitle, id, title]);
  return (
    <div
      className={fixed ? 'dock-tab dock-tab-fixed' : 'dock-tab'}
      title={hint}
      onAuxClick={(event) => event.button === 1 && !fixed && close(id)}
    >
      <Icon size={14} aria-hidden />
      <span className="truncate">{title}</span>
      {children}
      {!fixed && (
        <span
          aria-hidden
          className="dock-tab-close"
          title={`Close ${title}`}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => {
            event.stopPropagation();
            close(id);
          }}
        >
          <X size={14} />
        </span>
      )}
    </div>
  );
}
