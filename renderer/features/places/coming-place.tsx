import { useWorkbench } from '../../api/services.tsx';
import type { Place } from '../../state/tabs.ts';
import { Button } from '../../ui/button.tsx';
import './coming-place.css';

/** What a place will hold, and what can be done until then. */
const COMING: Readonly<
  Record<
    Exclude<Place, 'library' | 'live' | 'settings'>,
    { readonly title: string; readonly will: string; readonly meanwhile: string }
  >
> = {
  insights: {
    title: 'What many sessions have in common',
    will: 'This place will hold boards over all local sessions: frustration, heatmaps, journeys, funnels, components.',
    meanwhile:
      'The library sorts by frustration, errors and failed requests, and every session opens with its diagnosis.',
  },
  findings: {
    title: 'Causes, each with its sessions',
    will: 'This place will list every cause that was found, with how often it was met, by whom and since which release.',
    meanwhile: 'The evidence of a session says which other sessions met the same cause.',
  },
  query: {
    title: 'Questions to all sessions',
    will: 'This place will hold saved questions in a query language, and their answers.',
    meanwhile: 'The search of the library finds sessions by address, user, release and id.',
  },
};

/** A place that nothing fills yet: it says so. */
export function ComingPlace({ place }: { place: keyof typeof COMING }) {
  const openTab = useWorkbench((state) => state.openTab);
  const { title, will, meanwhile } = COMING[place];
  return (
    <section className="coming" aria-label={title}>
      <h1>{title}</h1>
      <p>{will} It is empty in this version.</p>
      <p className="faint">Until then: {meanwhile}</p>
      <Button onClick={() => openTab('library')}>Go to the library</Button>
    </section>
  );
}
