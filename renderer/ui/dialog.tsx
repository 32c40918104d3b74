import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { classNames } from './class-names.ts';
import './dialog.css';

/**
 * A modal dialog, open as long as it is rendered. It is the browser's own: focus stays inside, Escape closes it, what is
 * behind is inert, and focus returns to where it was; no style has to be injected for it, which the window's policy forbids.
 */
export function Dialog({
  title,
  onClose,
  wide = false,
  alert = false,
  children,
  footer,
}: {
  title: string;
  onClose: () => void;
  wide?: boolean;
  /** Asks about something that cannot be undone. */
  alert?: boolean;
  children: ReactNode;
  footer?: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog?.open) dialog?.showModal();
    dialog?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      role={alert ? 'alertdialog' : 'dialog'}
      aria-labelledby={titleId}
      className={classNames('dialog', wide && 'dialog-wide')}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget && !alert) onClose();
      }}
    >
      <div className="dialog-box">
        <header className="dialog-head">
          <h2 id={titleId}>{title}</h2>
          {/* No tooltip of ours here: it would take the first Escape for itself. */}
          <button type="button" className="icon-button" aria-label="Close" title="Close" onClick={onClose}>
            <X size={16} aria-hidden />
          </button>
        </header>
        <div className="dialog-body">{children}</div>
        {footer && <footer className="dialog-foot">{footer}</footer>}
      </div>
    </dialog>
  );
}
