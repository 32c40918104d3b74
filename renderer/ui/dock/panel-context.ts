import { createContext, use } from 'react';

/** What a panel knows about its place. */
export interface PanelPlace {
  readonly id: string;
  /** On the screen: shown in its group, and so is the panel around it, if there is one. */
  readonly visible: boolean;
  /** Keys act on it: it is the active panel of its dock, and so is the panel around it. */
  readonly active: boolean;
}

/** Where nothing else is said: on the screen and active. */
export const PanelContext = createContext<PanelPlace>({ id: '', visible: true, active: true });

/** The place of the panel around this component. */
export const usePanel = (): PanelPlace => use(PanelContext);
