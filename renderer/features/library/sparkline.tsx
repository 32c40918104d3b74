/** Width and height of the drawing, and the gap between two bars, in its own units. */
const HEIGHT = 16;
const STEP = 3;

/**
 * How busy a session was over its length, as bars; the busiest part has the full height. One path, because a list shows
 * dozens of them. Roots are drawn, so that one busy moment does not flatten all others.
 */
export function Sparkline({ activity }: { activity: readonly number[] }) {
  const most = Math.max(...activity, 1);
  const bars = activity.flatMap((count, index) => {
    if (count === 0) return [];
    const height = Math.max(2, Math.round(Math.sqrt(count / most) * HEIGHT));
    return [`M${index * STEP} ${HEIGHT - height}h2v${height}h-2z`];
  });
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${activity.length * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <path d={bars.join('')} />
    </svg>
  );
}
