import { ExternalLink, Pin, PinOff, Stethoscope, Tag, Trash2 } from 'lucide-react';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { IconButton } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format-count.ts';
import { TagPopover } from './tag-editor.tsx';
import type { BulkActions } from './use-bulk-actions.ts';
import type { LibraryActions } from './use-library-actions.ts';

/** Sessions that fit into one evidence file. */
export const MOST_EXPORTED = 1000;

/** What can be done with the selection, beside what is filtered. */
export function SelectionActions({
  keys,
  pinned,
  bulk,
  actions,
  tagging,
  onTagging,
}: {
  keys: readonly SessionKey[];
  /** Whether the row that was chosen last is pinned: then this unpins. */
  pinned: boolean;
  bulk: BulkActions;
  actions: LibraryActions;
  /** Whether the field for a tag is open; `T` opens it too. */
  tagging: boolean;
  onTagging: (open: boolean) => void;
}) {
  if (keys.length === 0)
    return <span className="faint selection-hint">Select sessions to tag, pin, export or delete them</span>;
  const tooMany = keys.length > MOST_EXPORTED;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame and a legend; this is a group of buttons
    <div role="group" aria-label="Selected sessions" className="selection-actions">
      <span className="faint">{formatCount(keys.length)} selected</span>
      <IconButton
        icon={pinned ? PinOff : Pin}
        label={pinned ? 'Unpin' : 'Pin: keep on this computer'}
        keys="P"
        onClick={() => void bulk.pin(keys, !pinned)}
      />
      <TagPopover
        open={tagging}
        onOpen={onTagging}
        onAdd={(name) => void bulk.tag(keys, name)}
        trigger={
          <button type="button" className="icon-button" aria-label="Tag" title="Tag (T)">
            <Tag size={16} aria-hidden />
          </button>
        }
      />
      <IconButton
        icon={ExternalLink}
        label={tooMany ? `Export: at most ${formatCount(MOST_EXPORTED)} sessions` : 'Export…'}
        disabled={tooMany}
        onClick={() => actions.exportSessions(keys)}
      />
      <IconButton icon={Stethoscope} label="Diagnose again" onClick={() => void bulk.diagnose(keys)} />
      <IconButton icon={Trash2} label="Delete local copy" keys="Delete" onClick={() => void bulk.remove(keys)} />
    </div>
  );
}
