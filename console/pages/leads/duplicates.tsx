import { useSignal } from '@preact/signals';
import { type Answer, call } from '../../api/call.ts';
import { useResource } from '../../api/use-resource.ts';
import { hrefOfLead } from '../../app/route.ts';
import { Clipped } from '../../parts/clipped.tsx';
import { nameInSentence, nameOf } from '../../parts/handoff/answerable.ts';
import { Instant } from '../../parts/instant.tsx';
import { ScoreMeter } from '../../parts/score-meter.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { texts } from '../../texts/texts.ts';

type Pair = Answer<'listDuplicates'>['duplicates'][number];

const pageSize = 50;

/** The most characters of a name or a company, which take two lines. */
const mostOfName = 80;

const DuplicateLead = ({ lead, other }: { readonly lead: Pair['leads'][0]; readonly other: string }) => {
  const { leads: t, words } = texts.value;
  const { leadId, company, stage, tier, score } = lead;
  return (
    <div class="duplicate">
      <a class="clamped" href={hrefOfLead(leadId)}>
        <Clipped text={nameOf(lead)} most={mostOfName} />
      </a>
      {company !== undefined && (
        <p class="muted clamped">
          <Clipped text={company} most={mostOfName} />
        </p>
      )}
      <p class="row">
        <TierBadge tier={tier} /> <ScoreMeter score={score} /> <span>{words.stages[stage]}</span>
      </p>
      <a href={hrefOfLead(leadId, { merge: other })}>{t.keep(nameInSentence(lead))}</a>
    </div>
  );
};

const PairCard = ({ leads: [one, two], types, notedAt }: Pair) => {
  const t = texts.value.leads;
  return (
    <li class="card">
      <div class="pair">
        <DuplicateLead lead={one} other={two.leadId} />
        <DuplicateLead lead={two} other={one.leadId} />
      </div>
      <p class="muted">
        {t.shared(types.join(', '))} · {t.noted} <Instant at={notedAt} />
      </p>
    </li>
  );
};

/** Lists pairs of leads that may be one person, with links to where they are merged. */
export const Duplicates = () => {
  const t = texts.value.leads;
  const pages = useSignal(1);
  const pairs = useResource(
    async (signal) => {
      const found: Pair[] = [];
      let cursor: string | null | undefined;
      for (let page = 0; page < pages.value && cursor !== null; page += 1) {
        const query = { limit: `${pageSize}`, cursor: cursor ?? undefined };
        const answer = await call('listDuplicates', { query, signal });
        found.push(...answer.duplicates);
        cursor = answer.cursor;
      }
      return { found, hasMore: cursor !== null };
    },
    [pages.value],
  );
  return (
    <Loaded from={pairs}>
      {({ found, hasMore }) => (
        <>
          {found.length === 0 ? (
            <Empty title={t.noDuplicates} />
          ) : (
            <>
              <p class="muted">{t.duplicatesHint}</p>
              <ul class="pairs">
                {found.map((pair) => (
                  <PairCard key={pair.leads.map(({ leadId }) => leadId).join(' ')} {...pair} />
                ))}
              </ul>
            </>
          )}
          {hasMore && (
            <button
              type="button"
              class="secondary"
              onClick={() => {
                pages.value += 1;
              }}
            >
              {t.more}
            </button>
          )}
        </>
      )}
    </Loaded>
  );
};
