/** A batch on its way to a server: what goes into its head, and its body. Times are ms since epoch by the recording's clock. */
export interface OutBatch {
  readonly session: string;
  readonly window: string;
  readonly generation: string;
  readonly first: number;
  readonly count: number;
  readonly fromAt: number;
  readonly toAt: number;
  readonly body: Uint8Array<ArrayBuffer>;
}
