import { locale, texts } from '../../../texts/texts.ts';
import { formatMoment, formatUtc } from '../format.ts';
import type { LeadAnswer, Upcoming } from '../types.ts';
import { describeUpcoming, type StandingBefore } from './upcoming-words.ts';

const Sentence = ({ next, before }: { readonly next: Upcoming; readonly before: StandingBefore }) => (
  <p class="upcoming">
    <time dateTime={next.at} title={texts.value.parts.utc(formatUtc(next.at))}>
      {describeUpcoming(next, before, texts.value, formatMoment(next.at, locale.value))}
    </time>
  </p>
);

/** Says what has changed by itself since the last event, and what comes next by itself. */
export const UpcomingChanges = ({ lead }: { readonly lead: LeadAnswer }) => {
  const t = texts.value.lead.upcoming;
  const waiting = lead.nurture?.waiting;
  return (
    <div class="upcomings">
      {lead.meanwhile.map(({ at, tier, score }) => (
        <p key={at} class="muted">
          <time dateTime={at} title={texts.value.parts.utc(formatUtc(at))}>
            {t.meanwhile(
              formatMoment(at, locale.value),
              texts.value.words.tiers[tier],
              texts.value.words.scoreOf(score.toLocaleString(locale.value)),
            )}
          </time>
        </p>
      ))}
      {lead.next === null ? <p class="muted">{t.nothing}</p> : <Sentence next={lead.next} before={lead} />}
      {waiting !== undefined && !(lead.next && 'track' in lead.next) && (
        <p>{t.nurtureStart(waiting.track, formatMoment(waiting.beginsAt, locale.value))}</p>
      )}
    </div>
  );
};
