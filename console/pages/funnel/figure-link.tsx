import type { ComponentChildren } from 'preact';
import { route } from '../../app/route.ts';
import { formatNumber } from '../../parts/numbers.ts';
import { texts } from '../../texts/texts.ts';
import { type Counted, hrefOfCounted, writeCounted } from './counted.ts';
import { sayCounted } from './say-counted.ts';

interface FigureLinkProps {
  readonly counted: Counted;
  readonly count: number;
  /** @default the number */
  readonly children?: ComponentChildren;
}

/** Shows a figure that opens the list of its leads. One that is zero has none. */
export const FigureLink = ({ counted, count, children = formatNumber(count) }: FigureLinkProps) => {
  if (count <= 0) return <>{children}</>;
  return (
    <a
      href={hrefOfCounted(counted)}
      aria-label={texts.value.funnel.showLeads(sayCounted(counted), formatNumber(count))}
      {...(route.value.query.get('list') === writeCounted(counted) && { 'aria-current': 'true' as const })}
    >
      {children}
    </a>
  );
};
