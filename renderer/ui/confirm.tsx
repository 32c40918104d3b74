import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

/** Asks before something that cannot be undone. Cancel has the focus: Enter must not delete. */
export const Confirm = ({
  title,
  action,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  /** What the button does: a verb, not "OK". */
  action: string;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) => (
  <Dialog
    title={title}
    alert
    onClose={onClose}
    footer={
      <>
        <Button data-first-focus onClick={onClose}>
          Cancel
        </Button>
        <Button
          tone="danger"
          onClick={() => {
            onConfirm();
            onClose();
          }}
        >
          {action}
        </Button>
      </>
    }
  >
    {children}
  </Dialog>
);
