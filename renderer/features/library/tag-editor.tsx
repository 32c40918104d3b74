import { Popover } from 'radix-ui';
import { type ReactElement, useId, useState } from 'react';
import { TagName } from '../../../shared/model/marks.ts';
import { useCall } from '../../api/services.tsx';
import { formatCount } from '../../ui/format-count.ts';
import './tags.css';

/** Tags offered at once. */
const MOST_OFFERED = 8;

/**
 * A field that puts a tag on something: known tags are offered while typing, arrows choose, Enter takes it. `exclude` are
 * those it has already.
 */
export function TagField({ exclude = [], onAdd }: { exclude?: readonly string[]; onAdd: (name: string) => void }) {
  const id = useId();
  const known = useCall('tags.list', undefined).data ?? [];
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [focused, setFocused] = useState(false);
  const name = TagName.safeParse(text);
  const wanted = name.success ? name.data : text.trim().toLowerCase();
  const fitting = known
    .filter((tag) => tag.name.includes(wanted) && !exclude.includes(tag.name))
    .sort((a, b) => b.sessions - a.sessions)
    .slice(0, MOST_OFFERED);
  const isNew = name.success && !known.some((tag) => tag.name === wanted);
  const offers = [...fitting, ...(isNew ? [{ name: wanted, sessions: null }] : [])];
  const chosen = offers[Math.min(at, offers.length - 1)];
  const add = (tag: string): void => {
    onAdd(tag);
    setText('');
    setAt(0);
  };
  return (
    <div className="tag-field">
      <input
        data-first-focus
        role="combobox"
        aria-label="Add a tag"
        aria-expanded={focused && offers.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen ? `${id}-${chosen.name}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder="Add a tag"
        maxLength={60}
        value={text}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (step !== 0 && offers.length > 0) {
            event.preventDefault();
            setAt((Math.min(at, offers.length - 1) + step + offers.length) % offers.length);
          } else if (event.key === 'Enter' && chosen) {
            event.preventDefault();
            add(chosen.name);
          }
        }}
      />
      {!name.success && text.trim() !== '' && <p className="error-text">{name.error.issues[0]?.message}</p>}
      <div
        hidden={!focused || offers.length === 0}
        role="listbox"
        id={`${id}-list`}
        aria-label="Tags"
        className="tag-offers"
      >
        {offers.map((tag) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
          // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and names the active option
          <div
            key={tag.name}
            id={`${id}-${tag.name}`}
            role="option"
            aria-selected={tag === chosen}
            className="tag-offer"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => add(tag.name)}
          >
            <span className="truncate">{tag.sessions === null ? `New tag “${tag.name}”` : tag.name}</span>
            {tag.sessions !== null && <span className="facet-count">{formatCount(tag.sessions)}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}

/** The field in a small window under a button. */
export function TagPopover({
  open,
  onOpen,
  trigger,
  onAdd,
}: {
  open: boolean;
  onOpen: (open: boolean) => void;
  trigger: ReactElement;
  onAdd: (name: string) => void;
}) {
  return (
    <Popover.Root open={open} onOpenChange={onOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover tag-popover"
          aria-label="Tag the selection"
          sideOffset={4}
          collisionPadding={8}
          align="end"
        >
          <TagField
            onAdd={(name) => {
              onAdd(name);
              onOpen(false);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
