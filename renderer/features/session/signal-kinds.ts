import {
  ArrowRightLeft,
  Cable,
  CircleX,
  ClipboardList,
  EyeOff,
  FileText,
  Flag,
  Gauge,
  Hourglass,
  type LucideIcon,
  MonitorSmartphone,
  MousePointerClick,
  Send,
  SquareTerminal,
  TextCursorInput,
  Unplug,
} from 'lucide-react';
import type { SignalKind } from '../../../shared/model/signal.ts';

/** How each kind of event looks and is called, in the order of the filter. */
export const SIGNAL_KINDS: Readonly<Record<SignalKind, { readonly icon: LucideIcon; readonly label: string }>> = {
  page: { icon: FileText, label: 'Pages' },
  click: { icon: MousePointerClick, label: 'Clicks' },
  input: { icon: TextCursorInput, label: 'Inputs' },
  submit: { icon: Send, label: 'Submits' },
  request: { icon: ArrowRightLeft, label: 'Requests' },
  stream: { icon: Cable, label: 'Streams' },
  console: { icon: SquareTerminal, label: 'Console' },
  error: { icon: CircleX, label: 'Errors' },
  vital: { icon: Gauge, label: 'Vitals' },
  task: { icon: Hourglass, label: 'Long tasks' },
  form: { icon: ClipboardList, label: 'Forms' },
  state: { icon: MonitorSmartphone, label: 'Surroundings' },
  track: { icon: Flag, label: 'Tracked' },
  omission: { icon: EyeOff, label: 'Left out' },
  gap: { icon: Unplug, label: 'Gaps' },
};
