import type { CAPTURED } from '../../../shared/model/captured.ts';
import type { CapturedName, CapturedPayloads } from '../../../shared/model/captured-schemas.ts';

/** The plugin names of `CAPTURED`, spelled again because the page must not load the schemas behind them; the type keeps both equal. */
export const PLUGIN: typeof CAPTURED = {
  session: 'traceflow/session@1',
  navigation: 'traceflow/navigation@1',
  action: 'traceflow/action@1',
  effect: 'traceflow/effect@1',
  cause: 'traceflow/cause@1',
  request: 'traceflow/request@1',
  timing: 'traceflow/timing@1',
  stream: 'traceflow/stream@1',
  console: 'traceflow/console@1',
  error: 'traceflow/error@1',
  violation: 'traceflow/violation@1',
  vital: 'traceflow/vital@1',
  task: 'traceflow/task@1',
  interaction: 'traceflow/interaction@1',
  form: 'traceflow/form@1',
  state: 'traceflow/state@1',
  track: 'traceflow/track@1',
  omission: 'traceflow/omission@1',
};

/** Records one captured event, now. */
export type Emit = <K extends CapturedName>(kind: K, payload: CapturedPayloads[K]) => void;

/** Cuts a text to `max` characters; the cut shows. */
export const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);
