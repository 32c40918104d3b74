import './adopted-styles.ts'; // before the editor, which makes styles while it is loaded
import { editor, type IDisposable, languages } from 'monaco-editor/editor/editor.api.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import 'monaco-editor/editor/contrib/find/browser/findController.js';
import 'monaco-editor/editor/contrib/folding/browser/folding.js';
import { createTokenizationSupport } from 'monaco-editor/languages/features/json/tokenization.js';
import { watchColours } from '../theme-tokens.ts';
import { editorTheme } from './editor-theme.ts';

/** What a code view can show. */
export type CodeLanguage = 'json' | 'plaintext';

/** An editor that shows text and lets nobody change it. */
export interface CodeEditor {
  show(text: string, language: CodeLanguage): void;
  dispose(): void;
}

const THEME = 'traceflow';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

// Colours only: what is shown was recorded, so there is nothing to complete, and nothing to complain about. (The whole JSON
// language would also bring parts of the editor that have to be there before its first use.)
languages.register({ id: 'json' });
languages.setTokensProvider('json', createTokenizationSupport(false));

/** Makes an editor in `host`, which it fills and follows. `label` is its name for screen readers. */
export function createCodeEditor(host: HTMLElement, label: string): CodeEditor {
  const applyTheme = (): void => {
    editor.defineTheme(THEME, editorTheme(host));
    editor.setTheme(THEME);
  };
  applyTheme();
  const { fontSize, fontFamily } = getComputedStyle(host);
  const made = editor.create(host, {
    model: null,
    theme: THEME,
    ariaLabel: label,
    readOnly: true,
    domReadOnly: true,
    automaticLayout: true,
    contextmenu: false,
    fontFamily,
    fontSize: Number.parseFloat(fontSize),
    lineHeight: 1.5,
    lineNumbersMinChars: 3,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    folding: true,
    links: false, // nothing that was recorded is followed
    hover: { enabled: 'off' },
    occurrencesHighlight: 'off',
    renderLineHighlight: 'line',
    stickyScroll: { enabled: false },
    wordWrap: 'on',
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true, nonBasicASCII: false },
    tabFocusMode: true, // Tab leaves it: there is nothing to indent
    fixedOverflowWidgets: true,
  });
  const stopWatching = watchColours(applyTheme);
  const owned: IDisposable[] = [made];
  return {
    show: (text, language) => {
      const before = made.getModel();
      made.setModel(editor.createModel(text, language));
      before?.dispose();
    },
    dispose: () => {
      stopWatching();
      made.getModel()?.dispose();
      for (const one of owned) one.dispose();
    },
  };
}
