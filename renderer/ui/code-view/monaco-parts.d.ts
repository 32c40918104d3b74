// Parts of the editor that are imported for what they add to it.
declare module 'monaco-editor/editor/contrib/find/browser/findController.js';
declare module 'monaco-editor/editor/contrib/folding/browser/folding.js';
