import { texts } from '../../../texts/texts.ts';
import type { LeadAnswer } from '../types.ts';
import { FactsTable } from './facts-table.tsx';
import { Answering, BantList, CustomersLikeThis, Readiness } from './sections.tsx';
import { WithoutPoints } from './without-points.tsx';

/** Shows what is known of a lead, and what isn't. */
export const Known = ({ lead }: { readonly lead: LeadAnswer }) => {
  const { bant, slide, lane, answering } = lead.explanation;
  return (
    <section class="card known" aria-labelledby="known">
      <h2 id="known">{texts.value.lead.known.title}</h2>
      <div class="columns">
        {bant !== undefined && (
          <div>
            <BantList bant={bant} />
          </div>
        )}
        {slide !== undefined && (
          <div>
            <Readiness slide={slide} />
          </div>
        )}
        <div>
          {lane !== undefined && <CustomersLikeThis lane={lane} />}
          {answering !== undefined && <Answering answering={answering} />}
        </div>
      </div>
      <WithoutPoints facts={lead.withoutPoints} />
      <FactsTable facts={lead.facts} />
    </section>
  );
};
