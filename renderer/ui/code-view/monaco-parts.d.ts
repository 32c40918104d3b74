// Parts of the editor that come without types. Those without members are imported for what they add to it.
declare module 'monaco-editor/editor/contrib/find/browser/findController.js';
declare module 'monaco-editor/editor/contrib/folding/browser/folding.js';
declare module 'monaco-editor/languages/features/json/tokenization.js' {
  import type { languages } from 'monaco-editor/editor/editor.api.js';
  export function createTokenizationSupport(supportComments: boolean): languages.TokensProvider;
}
