import { hrefOf } from '../../app/route.ts';
import { ColumnHeads } from '../../parts/column-heads.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { texts } from '../../texts/texts.ts';
import { FigureLink } from './figure-link.tsx';
import type { Flow, FlowEnd } from './flows.ts';
import { nameOfPlace } from './say-flow.ts';

const PlaceCell = ({ place }: { readonly place: FlowEnd }) => (
  <td>
    {place === 'new' || place === 'left' ? (
      nameOfPlace(place)
    ) : (
      <a href={hrefOf('leads', { stage: place })}>{nameOfPlace(place)}</a>
    )}
  </td>
);

/** Shows flows as a table. Its stages lead to the leads that are at them now, its figures to those that moved. */
export const FlowTable = ({ flows }: { readonly flows: readonly Flow[] }) => {
  const t = texts.value.funnel;
  return (
    <table>
      <caption class="visually-hidden">{t.pictureTitle}</caption>
      <ColumnHeads texts={[t.moveFrom, t.moveTo, t.tier]} numbers={[t.moves]} />
      <tbody>
        {flows.map(({ from, to, tier, count }) => (
          <tr key={`${from}>${to}>${tier}`}>
            <PlaceCell place={from} />
            <PlaceCell place={to} />
            <td>
              <TierBadge tier={tier} />
            </td>
            <td class="number">
              <FigureLink counted={{ figure: 'moved', before: from, after: to, tier }} count={count} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
