import type { ComponentChildren } from 'preact';
import { Authored } from '../../../parts/authored.tsx';
import { ColumnHeads } from '../../../parts/column-heads.tsx';
import { Instant } from '../../../parts/instant.tsx';
import { formatNumber, formatPoints, formatShare } from '../../../parts/numbers.ts';
import { Scroll } from '../../../parts/scroll.tsx';
import { texts } from '../../../texts/texts.ts';
import type { CountedReason, Dimension, Possibility } from '../types.ts';
import { Counted, Possible } from './criteria.tsx';

interface TableProps {
  readonly label: string;
  readonly heads: readonly [string, string, string];
  readonly children: ComponentChildren;
}

const CriteriaTable = ({ label, heads, children }: TableProps) => (
  <Scroll label={label}>
    <table>
      <caption>{label}</caption>
      <ColumnHeads texts={[heads[0]]} numbers={heads.slice(1)} />
      <tbody>{children}</tbody>
    </table>
  </Scroll>
);

const Known = ({ dimension }: { readonly dimension: Dimension }) => {
  const t = texts.value.lead.points;
  const { coverage, ages } = dimension;
  return (
    <p class="muted">
      {t.known(formatShare(coverage))}
      {ages !== undefined && (
        <>
          {' '}
          {t.oldest} <Instant at={ages.oldest.at} day /> (<bdi>{ages.oldest.name}</bdi>), {t.newest}{' '}
          <Instant at={ages.newest.at} day /> (<bdi>{ages.newest.name}</bdi>).
        </>
      )}
    </p>
  );
};

interface DimensionBarProps {
  readonly dimension: Dimension;
  /** The number of the dimension, from 0, by which it has its colour. */
  readonly index: number;
  readonly counted: readonly CountedReason[];
  readonly possible: readonly Possibility[];
}

/** Shows a dimension as a bar: as long as it may count, filled as far as it does. It opens into its criteria. */
export const DimensionBar = ({ dimension, index, counted, possible }: DimensionBarProps) => {
  const t = texts.value.lead.points;
  const { title, score, share, contribution, base, uncounted } = dimension;
  return (
    <details class="dimension" data-dimension={dimension.dimension}>
      <summary>
        <span class="dimension-title">
          <Authored>{title}</Authored>
        </span>
        <span class="dimension-track" aria-hidden="true">
          <span class="dimension-share" style={{ width: `${share * 100}%` }}>
            <span
              class={`dimension-fill dimension-${(index % 5) + 1}`}
              style={{ width: `${Math.max(0, Math.min(100, score))}%` }}
            />
          </span>
        </span>
        <data class="dimension-contribution" value={contribution}>
          {formatPoints(contribution)}
        </data>
        <span class="dimension-words muted">
          {share === 0 ? t.notHere(formatNumber(score)) : t.counts(formatNumber(score), formatShare(share))}
        </span>
      </summary>
      <Known dimension={dimension} />
      <CriteriaTable label={t.counted} heads={[t.criterion, t.given, t.weight]}>
        {base !== 0 && (
          <tr>
            <td>{t.base}</td>
            <td class="number">{formatPoints(base)}</td>
            <td />
          </tr>
        )}
        {counted.map((reason) => (
          <Counted key={reason.criterion} reason={reason} />
        ))}
        {uncounted !== 0 && (
          <tr>
            <td>{t.cut}</td>
            <td class="number">{formatPoints(-uncounted)}</td>
            <td />
          </tr>
        )}
        {base === 0 && counted.length === 0 && (
          <tr>
            <td colSpan={3}>{t.nothing}</td>
          </tr>
        )}
      </CriteriaTable>
      {possible.length > 0 && (
        <CriteriaTable label={t.possible} heads={[t.criterion, t.given, t.weight]}>
          {possible.map((possibility) => (
            <Possible key={possibility.criterion} possibility={possibility} />
          ))}
        </CriteriaTable>
      )}
    </details>
  );
};
