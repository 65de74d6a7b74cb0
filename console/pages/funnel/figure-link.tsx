import type { ComponentChildren } from 'preact';
import { route } from '../../app/route.ts';
import { formatNumber } from '../../parts/numbers.ts';
import { texts } from '../../texts/texts.ts';
import { type Counted, hrefOfCounted, writeCounted } from './counted.ts';
import { sayCounted } from './say-counted.ts';

interface FigureLinkProps {
  readonly counted: Counted;
  readonly count: number;
  /** Says what is counted, with the number. @default the number, which has a name for screen readers */
  readonly children?: ComponentChildren;
}

/** Shows a figure that opens the list of its leads. One that is zero has none. */
export const FigureLink = ({ counted, count, children }: FigureLinkProps) => {
  const number = formatNumber(count);
  if (count <= 0) return <>{children ?? number}</>;
  return (
    <a
      href={hrefOfCounted(counted)}
      {...(children === undefined && {
        'aria-label': texts.value.funnel.showLeads(sayCounted(counted), number),
      })}
      {...(route.value.query.get('list') === writeCounted(counted) && { 'aria-current': 'true' as const })}
    >
      {children ?? number}
    </a>
  );
};
