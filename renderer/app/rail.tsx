import { Command, Keyboard } from 'lucide-react';
import { COMMANDS, type CommandId, keysOf } from '../../shared/ipc/commands.ts';
import { useServices, useWorkbench } from '../api/services.tsx';
import { activeTab, PLACES, type Place } from '../state/tabs.ts';
import { IconButton } from '../ui/button.tsx';
import { PLACE_FACTS } from './places.ts';

/** A button of the rail runs a command; its tooltip says the command's key. */
function RailButton({
  command,
  label = COMMANDS[command].label,
  ...rest
}: { command: CommandId; label?: string } & Omit<React.ComponentProps<typeof IconButton>, 'label'>) {
  const { commands } = useServices();
  const keys = useWorkbench((state) => keysOf(command, state.keys)[0]);
  return (
    <IconButton {...rest} label={label} keys={keys} side="right" size={20} onClick={() => commands.run(command)} />
  );
}

function PlaceButton({ place }: { place: Place }) {
  const active = useWorkbench((state) => activeTab(state.tabs) === place);
  const { title, icon, command } = PLACE_FACTS[place];
  return <RailButton command={command} label={title} icon={icon} aria-current={active ? 'page' : undefined} />;
}

/** The activity rail: one icon for each place, then what is everywhere at hand. */
export function Rail() {
  const dialog = useWorkbench((state) => state.dialog);
  return (
    <nav className="rail" aria-label="Places">
      {PLACES.filter((place) => place !== 'settings').map((place) => (
        <PlaceButton key={place} place={place} />
      ))}
      <span className="rail-space" />
      <RailButton
        command="palette"
        label="Commands"
        icon={Command}
        aria-haspopup="dialog"
        aria-expanded={dialog === 'palette'}
      />
      <RailButton
        command="shortcuts"
        label="Keyboard shortcuts"
        icon={Keyboard}
        aria-haspopup="dialog"
        aria-expanded={dialog === 'shortcuts'}
      />
      <PlaceButton place="settings" />
    </nav>
  );
}
