import {
  CodeXml,
  List,
  type LucideIcon,
  MousePointerClick,
  Network,
  Server,
  SquareTerminal,
  StickyNote,
} from 'lucide-react';
import type { Signal } from '../../../../shared/model/signal.ts';
import { useWorkbench } from '../../../api/services.tsx';
import { PANE_IDS, type PaneId } from '../../../state/panes.ts';
import { Dock } from '../../../ui/dock/dock.tsx';
import { DockTab } from '../../../ui/dock/dock-tab.tsx';
import { usePanel } from '../../../ui/dock/panel-context.ts';
import { ActionsPane } from './actions/actions-pane.tsx';
import { BackendPane } from './backend/backend-pane.tsx';
import { ConsolePane } from './console/console-pane.tsx';
import { ElementsPane } from './elements/elements-pane.tsx';
import { EventsPane } from './events/events-pane.tsx';
import { NetworkPane } from './network/network-pane.tsx';
import { NotesPane } from './notes/notes-pane.tsx';

const LOOKS: Readonly<Record<PaneId, { readonly title: string; readonly icon: LucideIcon }>> = {
  actions: { title: 'Actions', icon: MousePointerClick },
  console: { title: 'Console', icon: SquareTerminal },
  network: { title: 'Network', icon: Network },
  backend: { title: 'Backend', icon: Server },
  elements: { title: 'Elements', icon: CodeXml },
  events: { title: 'Events', icon: List },
  notes: { title: 'Notes', icon: StickyNote },
};

const paneOf = (id: string): PaneId | undefined => PANE_IDS.find((pane) => pane === id);

interface PaneProps {
  readonly signals: readonly Signal[];
  /** Signals behind the link of the chain that was chosen. */
  readonly marked: ReadonlySet<string>;
}

const PaneContent = ({ id, signals, marked }: PaneProps & { id: PaneId }) => {
  const { visible } = usePanel();
  switch (id) {
    case 'actions':
      return <ActionsPane signals={signals} marked={marked} />;
    case 'console':
      return <ConsolePane signals={signals} />;
    case 'network':
      return <NetworkPane signals={signals} />;
    case 'backend':
      return <BackendPane signals={signals} marked={marked} />;
    case 'elements':
      return <ElementsPane visible={visible} />;
    case 'events':
      return <EventsPane visible={visible} />;
    case 'notes':
      return <NotesPane />;
  }
};

/** The panes below the timeline, in a dock of their own: one arrangement for all sessions. */
export function PaneHost(props: PaneProps) {
  const panes = useWorkbench((state) => state.panes);
  const set = useWorkbench((state) => state.set);
  return (
    <div className="panes">
      <Dock
        label="Panes"
        arrangement={panes}
        onArrange={(next) => set({ panes: next })}
        tab={(id) => {
          const pane = paneOf(id);
          return pane && <DockTab id={id} fixed {...LOOKS[pane]} />;
        }}
        panel={(id) => {
          const pane = paneOf(id);
          return pane && <PaneContent id={pane} {...props} />;
        }}
      />
    </div>
  );
}
