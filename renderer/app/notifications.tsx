import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { useServices, useWorkbench } from '../api/services.tsx';

const ICONS = { info: Info, success: CircleCheck, error: CircleAlert } as const;

/** How long a notice that is no error stays, ms; hovering or leaving the window stops the clock. */
const SHOWN_MS = 6000;

/** Messages in the corner. Errors stay until they are dismissed; F8 brings the focus here. */
export function Notifications() {
  const { store } = useServices();
  const notices = useWorkbench((state) => state.notices);
  const { dismiss, openTab } = store.getState();
  return (
    <Toast.Provider label="Notification" swipeDirection="right">
      {notices.map(({ id, tone, title, text, session, undo, shownMs }) => {
        const Icon = ICONS[tone];
        return (
          <Toast.Root
            key={id}
            className={`notice notice-${tone}`}
            type={tone === 'error' ? 'foreground' : 'background'}
            duration={tone === 'error' ? Number.POSITIVE_INFINITY : (shownMs ?? SHOWN_MS)}
            onOpenChange={(open) => !open && dismiss(id)}
          >
            <Icon size={16} aria-hidden className="notice-icon" />
            <div className="notice-body">
              <Toast.Title className="notice-title">{title}</Toast.Title>
              {text !== null && <Toast.Description className="selectable">{text}</Toast.Description>}
              {undo !== null && (
                <Toast.Action
                  altText="Undo with Ctrl+Z in the library"
                  className="button button-plain"
                  onClick={() => void undo()}
                >
                  Undo
                </Toast.Action>
              )}
              {session !== null && (
                <Toast.Action
                  altText="Open the session from the library"
                  className="button button-plain"
                  onClick={() => openTab(session)}
                >
                  Open the session
                </Toast.Action>
              )}
            </div>
            <Toast.Close className="icon-button" aria-label="Dismiss">
              <X size={16} aria-hidden />
            </Toast.Close>
          </Toast.Root>
        );
      })}
      <Toast.Viewport className="notices" label="Notifications ({hotkey})" />
    </Toast.Provider>
  );
}
