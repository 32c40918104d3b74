/** Ms since epoch as a date input has it, in local time. */
export function dateValue(at: number | null): string {
  if (at === null) return '';
  const day = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Local midnight at the start of the day a date input has, `days` later; null while it has none. */
export function dayStart(value: string, days = 0): number | null {
  const [year, month, day] = value.split('-').map(Number);
  if (year === undefined || month === undefined || day === undefined || value === '') return null;
  const at = new Date(year, month - 1, day + days).getTime();
  return Number.isFinite(at) ? at : null;
}

/** First and last day of a period; both may be left open. The last day belongs to it. */
export const PeriodBounds = ({
  from,
  to,
  onChange,
}: {
  from: number | null;
  to: number | null;
  onChange: (bounds: { readonly from?: number | null; readonly to?: number | null }) => void;
}) => (
  <div className="facet-bounds">
    <input
      type="date"
      aria-label="First day"
      value={dateValue(from)}
      onChange={(event) => onChange({ from: dayStart(event.target.value) })}
    />
    <input
      type="date"
      aria-label="Last day"
      value={dateValue(to === null ? null : to - 1)}
      onChange={(event) => onChange({ to: dayStart(event.target.value, 1) })}
    />
  </div>
);
