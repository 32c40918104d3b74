import { CircleAlert } from 'lucide-react';
import { Button } from './button.tsx';
import './failure-line.css';

/** A failure where its result would have been: what went wrong, why, and a way to try again. */
export const FailureLine = ({ what, why, onRetry }: { what: string; why: string; onRetry: () => void }) => (
  <div role="alert" className="failure-line">
    <CircleAlert size={16} aria-hidden />
    <p className="selectable">
      <strong>{what}</strong> {why}
    </p>
    <Button onClick={onRetry}>Try again</Button>
  </div>
);
