/** What a MessagePort, a worker, a utility process and a test can all do. */
export interface Port {
  /** Structured-cloned; nothing is transferred (Electron delivers a transferred buffer as null). */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
