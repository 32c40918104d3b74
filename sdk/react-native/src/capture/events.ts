/** What a native view tells JavaScript, before React hands it to the app's own handlers. */
export interface NativeEvents {
  addListener(name: string, listener: (event: { readonly nativeEvent: unknown }) => void): { remove(): void };
}

/** One finger. Places are in points of the window. */
export interface Touch {
  readonly target: unknown;
  readonly identifier: unknown;
  readonly x: number;
  readonly y: number;
  /** Fingers on the screen. */
  readonly fingers: number;
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

/** The number of the view that a native event is about. */
export const targetOf = (event: unknown): unknown => fieldsOf(event).target;

/** The finger that a native touch event is about; undefined when it does not say where. */
export function touchOf(event: unknown): Touch | undefined {
  const fields = fieldsOf(event);
  const changed = Array.isArray(fields.changedTouches) ? fieldsOf(fields.changedTouches[0]) : fields;
  const { target = fields.target, identifier, pageX, pageY } = changed;
  if (typeof pageX !== 'number' || typeof pageY !== 'number') return undefined;
  const fingers = Array.isArray(fields.touches) ? fields.touches.length : 1;
  return { target, identifier, x: Math.round(pageX), y: Math.round(pageY), fingers };
}
