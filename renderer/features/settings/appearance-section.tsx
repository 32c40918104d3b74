import { useWorkbench } from '../../api/services.tsx';
import { TEXT_PERCENTS, type Theme } from '../../state/saved.ts';

const THEMES: readonly { readonly theme: Theme; readonly label: string }[] = [
  { theme: 'system', label: 'As the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
  { theme: 'contrast-light', label: 'High contrast, light' },
  { theme: 'contrast-dark', label: 'High contrast, dark' },
];

/** Colours, size of text, motion. */
export function AppearanceSection() {
  const theme = useWorkbench((state) => state.theme);
  const textPercent = useWorkbench((state) => state.textPercent);
  const motion = useWorkbench((state) => state.motion);
  const set = useWorkbench((state) => state.set);
  return (
    <>
      <div className="setting" role="radiogroup" aria-labelledby="setting-theme">
        <span id="setting-theme" className="setting-label">
          Theme
        </span>
        <div className="choices">
          {THEMES.map((entry) => (
            <label key={entry.theme} className="choice">
              <input
                type="radio"
                name="theme"
                checked={entry.theme === theme}
                onChange={() => set({ theme: entry.theme })}
              />
              {entry.label}
            </label>
          ))}
        </div>
      </div>
      <div className="setting">
        <label className="setting-label" htmlFor="setting-text">
          Text size
        </label>
        <select
          id="setting-text"
          value={textPercent}
          onChange={(event) => set({ textPercent: Number(event.target.value) })}
        >
          {TEXT_PERCENTS.map((percent) => (
            <option key={percent} value={percent}>
              {percent} %
            </option>
          ))}
        </select>
      </div>
      <div className="setting">
        <span className="setting-label">Motion</span>
        <label className="choice">
          <input
            type="checkbox"
            checked={motion === 'less'}
            onChange={(event) => set({ motion: event.target.checked ? 'less' : 'system' })}
          />
          Reduce motion, whatever the system says
        </label>
      </div>
    </>
  );
}
