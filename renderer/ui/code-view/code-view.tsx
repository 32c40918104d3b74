import { useEffect, useRef, useState } from 'react';
import { messageOf } from '../../../shared/lib/app-error.ts';
import type { CodeEditor, CodeLanguage } from './editor.ts';
import './code-view.css';

/** Text or JSON to read, with line numbers, folding and search. The editor behind it is loaded when it is first needed. */
export function CodeView({ label, text, language }: { label: string; text: string; language: CodeLanguage }) {
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CodeEditor | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    let made: CodeEditor | null = null;
    import('./editor.ts').then(
      ({ createCodeEditor }) => {
        if (gone || !host.current) return;
        made = createCodeEditor(host.current, label);
        setEditor(made);
      },
      (error: unknown) => setFailure(messageOf(error)),
    );
    return () => {
      gone = true;
      made?.dispose();
      setEditor(null);
    };
  }, [label]);
  useEffect(() => editor?.show(text, language), [editor, text, language]);
  if (failure !== null) {
    return (
      <pre
        className="code-plain selectable"
        role="document"
        aria-label={label}
        title={`The editor could not be loaded: ${failure}`}
      >
        {text}
      </pre>
    );
  }
  return <div ref={host} className="code-view" aria-busy={editor === null} />;
}
