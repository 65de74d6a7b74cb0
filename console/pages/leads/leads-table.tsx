import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../../texts/texts.ts';
import { LeadTableRow } from './lead-table-row.tsx';
import type { LeadRow } from './listed-lead.ts';
import { findWindow } from './window-rows.ts';

/** The height of a row, in units of the root's font size, so that it grows with the reader's text. */
const rowRem = 3.5;

/** Follows how far an element is scrolled, and how high it is. */
const useViewport = () => {
  const element = useRef<HTMLElement>(null);
  const viewport = useSignal({ top: 0, height: 800, rowHeight: 52 });
  useLayoutEffect(() => {
    const shown = element.current;
    if (shown === null) return undefined;
    const measure = (): void => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const { scrollTop: top, clientHeight: height } = shown;
      viewport.value = { top, height, rowHeight: Math.round(rem * rowRem) };
    };
    const observer = new ResizeObserver(measure);
    observer.observe(shown);
    shown.addEventListener('scroll', measure, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      shown.removeEventListener('scroll', measure);
    };
  }, [viewport]);
  return { element, viewport };
};

/** Stands for the rows above or below those that are drawn. */
const Gap = ({ height }: { readonly height: number }) =>
  height > 0 ? (
    <tbody aria-hidden="true">
      <tr style={{ height: `${height}px` }} />
    </tbody>
  ) : null;

const Columns = () => (
  <thead>
    <tr aria-rowindex={1}>
      {Object.entries(texts.value.leads.columns).map(([name, title]) => (
        <th key={name} scope="col">
          {title}
        </th>
      ))}
    </tr>
  </thead>
);

interface LeadsTableProps {
  readonly rows: readonly LeadRow[];
  /** The list starts at its top again when this changes. */
  readonly listKey: string;
}

/**
 * Shows leads as a table of which only the rows in sight are drawn, so that ten thousand of them scroll. All are counted
 * for screen readers.
 */
export const LeadsTable = ({ rows, listKey }: LeadsTableProps) => {
  const { element, viewport } = useViewport();
  const { top, height, rowHeight } = viewport.value;
  const { from, to } = findWindow({ rows: rows.length, rowHeight, top, height });
  useEffect(() => {
    element.current?.scrollTo({ top: 0 });
  }, [listKey, element]);
  const t = texts.value.leads;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus, the keyboard can't scroll it
    <section class="leads-scroll" aria-label={t.table} tabIndex={0} ref={element}>
      <table aria-rowcount={rows.length + 1}>
        <Columns />
        <Gap height={from * rowHeight} />
        <tbody>
          {rows.slice(from, to).map((lead, i) => (
            <LeadTableRow key={lead.leadId} lead={lead} index={from + i + 2} height={rowHeight} />
          ))}
        </tbody>
        <Gap height={(rows.length - to) * rowHeight} />
      </table>
    </section>
  );
};
