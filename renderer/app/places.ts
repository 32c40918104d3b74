import { Bug, ChartColumn, Library, type LucideIcon, Radio, SearchCode, Settings } from 'lucide-react';
import type { CommandId } from '../../shared/ipc/commands.ts';
import type { Place } from '../state/tabs.ts';

/** How a place is called and shown, and the command that goes there. */
export interface PlaceFacts {
  readonly title: string;
  readonly icon: LucideIcon;
  readonly command: CommandId;
}

/** The places of the rail. */
export const PLACE_FACTS: Readonly<Record<Place, PlaceFacts>> = {
  library: { title: 'Library', icon: Library, command: 'goLibrary' },
  live: { title: 'Live', icon: Radio, command: 'goLive' },
  insights: { title: 'Insights', icon: ChartColumn, command: 'goInsights' },
  findings: { title: 'Findings', icon: Bug, command: 'goFindings' },
  query: { title: 'Query', icon: SearchCode, command: 'goQuery' },
  settings: { title: 'Settings', icon: Settings, command: 'settings' },
};
