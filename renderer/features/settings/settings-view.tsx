import { useServices, useWorkbench } from '../../api/services.tsx';
import { SETTINGS_SECTIONS } from '../../state/saved.ts';
import { SECTION_TITLES } from './section-titles.ts';
import { SECTIONS } from './sections.ts';
import './settings.css';

/** The settings: sections at the left, one of them at the right. What is chosen holds at once. */
export function SettingsView() {
  const { store } = useServices();
  const current = useWorkbench((state) => state.settingsSection);
  const { view: View } = SECTIONS[current];
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label="Sections of the settings">
        {SETTINGS_SECTIONS.map((id) => {
          const { icon: Icon } = SECTIONS[id];
          return (
            <button
              key={id}
              type="button"
              className="settings-link"
              aria-current={id === current ? 'page' : undefined}
              onClick={() => store.getState().set({ settingsSection: id })}
            >
              <Icon size={16} aria-hidden />
              {SECTION_TITLES[id]}
            </button>
          );
        })}
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls can be reached without a pointer */}
      <section className="settings-body" aria-label={SECTION_TITLES[current]} tabIndex={0}>
        <h1>{SECTION_TITLES[current]}</h1>
        <View />
      </section>
    </div>
  );
}
