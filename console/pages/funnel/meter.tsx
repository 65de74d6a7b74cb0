/** Shows a share from 0 to 1 as a bar beside its figure. */
export const Meter = ({ share, tone = 'usual' }: { readonly share: number; readonly tone?: string }) => (
  <span class="funnel-track" aria-hidden="true">
    <span
      class={`funnel-fill funnel-fill-${tone}`}
      style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }}
    />
  </span>
);

interface RangeProps {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Shows a share from 0 to 1 as a point within its range, beside its figures. */
export const Range = ({ share, low, high }: RangeProps) => (
  <span class="funnel-track funnel-range" aria-hidden="true">
    <span class="funnel-between" style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
    <span class="funnel-point" style={{ left: `${share * 100}%` }} />
  </span>
);
