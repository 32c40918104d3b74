import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import './field.css';

/** How long the button says that it copied, ms. */
const SAID_MS = 1500;

/** Text to take along, with a copy button. `label` names the text. */
export function CopyField({ label, text, lines = 1 }: { label: string; text: string; lines?: number }) {
  const code = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    // The window has no permission for the clipboard API, on purpose; copying a selection on a click needs none.
    if (code.current) getSelection()?.selectAllChildren(code.current);
    setCopied(document.execCommand('copy'));
  };
  const Icon = copied ? Check : Copy;
  const name = `Copy ${label.toLowerCase()}`;
  return (
    <div className="copy-field">
      <span className="field-label">{label}</span>
      <div className={lines > 1 ? 'copy-text copy-lines' : 'copy-text'}>
        <code className="selectable" ref={code}>
          {text}
        </code>
        <button type="button" className="icon-button" aria-label={name} title={name} onClick={copy}>
          <Icon size={16} aria-hidden />
        </button>
      </div>
      <span role="status" className={copied === false ? 'error-text' : 'visually-hidden'}>
        {copied === true && 'Copied'}
        {copied === false && 'The text is selected; press Ctrl+C to copy it.'}
      </span>
    </div>
  );
}
