import { withOnly } from '../ui/dock/arrange.ts';
import { type DockArrangement, oneGroup } from '../ui/dock/arrangement.ts';

/** The panes of a session, in the order of their tabs. */
export const PANE_IDS = ['actions', 'console', 'network', 'backend', 'elements', 'events', 'notes'] as const;
export type PaneId = (typeof PANE_IDS)[number];

/** All panes on one another, the actions in front. */
export const FIRST_PANES: DockArrangement = oneGroup(PANE_IDS);

/** What is kept of an arrangement that was saved: panes there are, each of them once. */
export const ruledPanes = (panes: DockArrangement): DockArrangement =>
  withOnly(panes, (id) => PANE_IDS.some((pane) => pane === id), PANE_IDS);
