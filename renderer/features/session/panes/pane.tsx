import { LocateFixed } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../../../ui/class-names.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import './pane.css';

const FollowToggle = ({ on, set }: PaneFollow) => (
  <Tooltip text="Keep the row at the playhead in sight" side="top">
    <button
      type="button"
      aria-label="Follow the playhead"
      aria-pressed={on}
      className={classNames('icon-button', 'pane-follow', on && 'toggle-on')}
      onClick={() => set(!on)}
    >
      <LocateFixed size={16} aria-hidden />
    </button>
  </Tooltip>
);

/** A text that narrows a pane down, or finds in it. */
interface PaneFilter {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Beside the text. */
  readonly count?: ReactNode;
}

/** Whether the row at the playhead is kept in sight. */
interface PaneFollow {
  readonly on: boolean;
  readonly set: (on: boolean) => void;
}

/** One of the lists and trees below the timeline: a row with filter, tools and the playhead's button, and what it shows. */
export const Pane = ({
  label,
  filter,
  tools,
  follow,
  children,
}: {
  label: string;
  filter?: PaneFilter;
  tools?: ReactNode;
  follow?: PaneFollow;
  children: ReactNode;
}) => (
  <section className="pane" aria-label={label}>
    <header className="pane-tools">
      {filter && (
        <SearchField label={filter.label} value={filter.text} onText={filter.onText}>
          {filter.count}
        </SearchField>
      )}
      {tools}
      {follow && <FollowToggle {...follow} />}
    </header>
    {children}
  </section>
);

/** A line where a pane has nothing to show. */
export const PaneEmpty = ({ children }: { children: ReactNode }) => <p className="pane-empty">{children}</p>;

/** Buttons of which any number are on: what they name is shown. */
export function Toggles<T extends string>({
  label,
  options,
  isOn,
  onToggle,
}: {
  label: string;
  options: readonly { readonly id: T; readonly label: string; readonly icon?: ReactNode; readonly count?: string }[];
  isOn: (id: T) => boolean;
  onToggle: (id: T) => void;
}) {
  return (
    <fieldset className="kinds" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.id}
          type="button"
          aria-pressed={isOn(option.id)}
          className={classNames('toggle', isOn(option.id) && 'toggle-on')}
          onClick={() => onToggle(option.id)}
        >
          {option.icon}
          {option.label}
          {option.count !== undefined && <span className="toggle-count">{option.count}</span>}
        </button>
      ))}
    </fieldset>
  );
}
