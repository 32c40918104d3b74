import { LocateFixed, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../../../ui/class-names.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import './pane.css';

/** One of the lists and trees below the timeline: a row of tools, and what it shows. */
export const Pane = ({ label, tools, children }: { label: string; tools: ReactNode; children: ReactNode }) => (
  <section className="pane" aria-label={label}>
    <header className="pane-tools">{tools}</header>
    {children}
  </section>
);

/** A line where a pane has nothing to show. */
export const PaneEmpty = ({ children }: { children: ReactNode }) => <p className="pane-empty">{children}</p>;

/** Keeps what is at the playhead in sight. */
export const FollowToggle = ({ follow, onFollow }: { follow: boolean; onFollow: (follow: boolean) => void }) => (
  <Tooltip text="Keep the row at the playhead in sight" side="top">
    <button
      type="button"
      aria-label="Follow the playhead"
      aria-pressed={follow}
      className={classNames('icon-button', follow && 'toggle-on')}
      onClick={() => onFollow(!follow)}
    >
      <LocateFixed size={16} aria-hidden />
    </button>
  </Tooltip>
);

/** A field that narrows a pane down to what contains the text. */
export const PaneFilter = ({
  label,
  text,
  onText,
  children,
}: {
  label: string;
  text: string;
  onText: (text: string) => void;
  /** Beside the text: a count, buttons. */
  children?: ReactNode;
}) => (
  <span className="search pane-filter">
    <Search size={14} aria-hidden />
    <input
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || text === '') return;
        event.preventDefault();
        onText('');
      }}
    />
    {children}
  </span>
);

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
