import { tiers } from '../../../../events/index.ts';
import { hrefOfLead } from '../../../app/route.ts';
import { Worded } from '../../../parts/authored.tsx';
import { Clipped } from '../../../parts/clipped.tsx';
import { formatNumber } from '../../../parts/numbers.ts';
import { formatScore } from '../../../parts/score-meter.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { TierBadge } from '../../../parts/tier-badge.tsx';
import { texts } from '../../../texts/texts.ts';
import type { ByQueue, ComparedMove, ModelComparison } from './compare-all.ts';
import { describeReason } from './move-words.ts';
import { countMovedByTier } from './moved-by-tier.ts';

/** The most characters of a name or a company. */
const mostOfName = 80;

const bestFirst = tiers.toReversed();

interface ShownComparison {
  readonly comparison: ModelComparison;
}

const FlowTable = ({ comparison: { flows } }: ShownComparison) => {
  const t = texts.value.model.comparison;
  return (
    <Scroll label={t.flows}>
      <table class="flows">
        <caption class="visually-hidden">{t.flows}</caption>
        <thead>
          <tr>
            <th scope="col">{t.from}</th>
            {bestFirst.map((tier) => (
              <th key={tier} scope="col" class="number">
                {texts.value.words.tiers[tier]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bestFirst.map((from) => (
            <tr key={from}>
              <th scope="row">
                <TierBadge tier={from} />
              </th>
              {bestFirst.map((to) => (
                <td key={to} class={`number${from !== to && flows[from][to] > 0 ? ' moved' : ''}`}>
                  {flows[from][to] === 0 ? <span class="muted">0</span> : formatNumber(flows[from][to])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

const listQueues = (queues: ByQueue): string =>
  queues.map(([queue, leads]) => `${queue}: ${formatNumber(leads)}`).join(', ');

const Handoffs = ({ comparison: { handoffs } }: ShownComparison) => {
  const t = texts.value.model.comparison;
  if (handoffs.start.length + handoffs.stop.length === 0) return <p>{t.noHandoffs}</p>;
  return (
    <ul class="plain">
      {handoffs.start.length > 0 && <li>{t.handoffsStart(listQueues(handoffs.start))}</li>}
      {handoffs.stop.length > 0 && <li>{t.handoffsStop(listQueues(handoffs.stop))}</li>}
    </ul>
  );
};

const Move = ({ move: { leadId, name, company, standings, reasons } }: { readonly move: ComparedMove }) => {
  const { a, b } = standings;
  return (
    <li class="move">
      <p class="row spread">
        <a href={hrefOfLead(leadId)}>
          <Clipped text={name ?? leadId} most={mostOfName} />
        </a>
        <span class="row">
          <TierBadge tier={a.tier} />
          <span role="img" aria-label={texts.value.model.comparison.becomes}>
            →
          </span>
          <TierBadge tier={b.tier} />
        </span>
      </p>
      <p class="muted">
        {company !== undefined && (
          <>
            <Clipped text={company} most={mostOfName} /> ·{' '}
          </>
        )}
        {texts.value.model.comparison.scores(formatScore(a.score), formatScore(b.score))}
      </p>
      <ul>
        {reasons.map((reason) => (
          <li key={JSON.stringify(reason)}>
            <Worded text={describeReason(reason)} />
          </li>
        ))}
      </ul>
    </li>
  );
};

/** Says in one sentence how many leads would move. */
export const MovedSentence = ({ comparison }: ShownComparison) => {
  const t = texts.value.model.comparison;
  const { compared, areAll, moved, up, down, flows } = comparison;
  return (
    <>
      <p class="moved-sentence">
        <strong>{moved === 0 ? t.noneMoves : t.moves(moved)}</strong>{' '}
        {moved > 0 && t.directions(up, down, moved - up - down)}
      </p>
      <p class="muted">{areAll ? t.ofAll(compared) : t.ofSome(compared)}</p>
      {!areAll && (
        <ul class="muted">
          {countMovedByTier(flows).map(({ tier, ...of }) => (
            <li key={tier}>{t.ofTier(of.moved, of.compared, texts.value.words.tiers[tier])}</li>
          ))}
        </ul>
      )}
    </>
  );
};

/** Shows what a model would change for leads: from tier to tier, hand-offs, and the leads with the reasons. */
export const ComparisonView = ({ comparison }: ShownComparison) => {
  const t = texts.value.model.comparison;
  const { moves, moved } = comparison;
  return (
    <>
      <MovedSentence comparison={comparison} />
      <FlowTable comparison={comparison} />
      <h3>{t.handoffs}</h3>
      <Handoffs comparison={comparison} />
      {moves.length > 0 && (
        <>
          <h3>{t.leads}</h3>
          <ul class="plain moves">
            {moves.map((move) => (
              <Move key={move.leadId} move={move} />
            ))}
          </ul>
          {moved > moves.length && <p class="muted">{t.more(moved - moves.length)}</p>}
        </>
      )}
    </>
  );
};
