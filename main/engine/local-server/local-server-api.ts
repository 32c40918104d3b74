/** What the local server was started with and is reached by. */
export interface LocalServerStarted {
  readonly url: string;
  readonly port: number;
  readonly snippet: string;
  /** Set when the folder was new: its first project, with secrets that are shown only now. */
  readonly created: { readonly project: string; readonly writeKey: string; readonly readToken: string } | null;
}

/** The ingestion service in a thread of its own. All methods throw `AppError`. */
export interface LocalServerHost {
  /**
   * Listens on this machine only.
   * @param input.port the port of last time, taken when it is free; null for the first time.
   * @param input.writeKey null when there is no project yet: one is made.
   */
  start(input: { readonly port: number | null; readonly writeKey: string | null }): Promise<LocalServerStarted>;
}

/** What the thread is started with. */
export interface LocalServerOptions {
  readonly dir: string;
  readonly sdkFile: string | null;
  readonly nativeBinding?: string | undefined;
}
