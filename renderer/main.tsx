import './api/no-eval.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/meaning.css';
import { createRoot } from 'react-dom/client';
import { createServices } from './api/create-services.ts';
import { ServicesProvider } from './api/services.tsx';
import { Workbench } from './app/workbench.tsx';
import { TooltipProvider } from './ui/tooltip.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

createRoot(root).render(
  <ServicesProvider services={createServices(window)}>
    <TooltipProvider>
      <Workbench />
    </TooltipProvider>
  </ServicesProvider>,
);
