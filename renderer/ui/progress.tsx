import './progress.css';

/** How far a piece of work is; without `total` it only shows that it goes on. */
export const Progress = ({ label, done, total }: { label: string; done: number; total: number | null }) => {
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
      className={share === null ? 'progress progress-open' : 'progress'}
    >
      <div className="progress-bar" style={share === null ? {} : { transform: `scaleX(${share})` }} />
    </div>
  );
};
