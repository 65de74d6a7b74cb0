import { dayMs } from '../../../events/index.ts';
import { hrefOfLead } from '../../app/route.ts';
import { Authored } from '../../parts/authored.tsx';
import { serverNow } from '../../parts/clock.ts';
import { AnswerFailure } from '../../parts/handoff/answer-failure.tsx';
import { AnswerGiven } from '../../parts/handoff/answer-given.tsx';
import { nameInSentence, nameOf } from '../../parts/handoff/answerable.ts';
import type { Answering } from '../../parts/handoff/answering.ts';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { ScoreMeter } from '../../parts/score-meter.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { texts } from '../../texts/texts.ts';
import { Deadline } from './deadline.tsx';
import type { ListedHandoff } from './handoff.ts';
import { focusRow } from './keys.ts';

interface HandoffRowProps {
  readonly handoff: ListedHandoff;
  readonly answering: Answering | undefined;
  /** Whether it was listed before, and isn't any more. */
  readonly isGone: boolean;
  readonly isNew: boolean;
  readonly canAnswer: boolean;
  readonly onAccept: () => void;
  readonly onReject: () => void;
}

/** The most reasons that are shown. */
const mostReasons = 3;

/** Whether what was stored with the request of a hand-off may no longer be true: judging all leads anew takes too long. */
const isOld = ({ requestedAt }: Pick<ListedHandoff, 'requestedAt'>): boolean =>
  serverNow.value - Date.parse(requestedAt) > dayMs;

const WhyTitle = ({ handoff }: Pick<HandoffRowProps, 'handoff'>) => {
  const t = texts.value.today;
  if (!isOld(handoff)) return <p class="muted">{t.reasons}</p>;
  return (
    <p class="muted">
      {t.requested} <RelativeTime at={handoff.requestedAt} />
      {t.reasonsThen}
    </p>
  );
};

const Why = ({ handoff }: Pick<HandoffRowProps, 'handoff'>) => {
  const { reasons = [], question } = handoff;
  const t = texts.value.today;
  return (
    <div class="why">
      {reasons.length === 0 ? (
        <p class="muted">{t.noReasons}</p>
      ) : (
        <>
          <WhyTitle handoff={handoff} />
          <ul>
            {reasons.slice(0, mostReasons).map(({ dimension, criterion, text }) => (
              <li key={`${dimension} ${criterion}`}>
                <Authored>{text}</Authored>
              </li>
            ))}
          </ul>
        </>
      )}
      {question !== undefined && (
        <p class="ask">
          <span class="muted">{t.ask}:</span> <Authored>{question.text}</Authored>
        </p>
      )}
    </div>
  );
};

const Who = ({ handoff, isNew }: Pick<HandoffRowProps, 'handoff' | 'isNew'>) => {
  const t = texts.value.today;
  const { leadId, company, tier, score, queue, owner, requestedAt } = handoff;
  return (
    <div class="who">
      <h2 class="clamped">
        <a href={hrefOfLead(leadId)}>
          <bdi>{nameOf(handoff)}</bdi>
        </a>
      </h2>
      {company !== undefined && (
        <p class="clamped">
          <bdi>{company}</bdi>
        </p>
      )}
      <p class="row">
        {isNew && <span class="new-mark">{t.new}</span>}
        {tier !== undefined && <TierBadge tier={tier} />}
        {score !== undefined && <ScoreMeter score={score} />}
      </p>
      {score !== undefined && isOld(handoff) && (
        <p class="muted">
          {t.standingOf} <RelativeTime at={requestedAt} />
        </p>
      )}
      <p class="muted clamped">
        {queue} · <bdi>{owner === undefined ? t.noOwner : t.owner(owner)}</bdi>
      </p>
    </div>
  );
};

const Buttons = ({ handoff, onAccept, onReject }: HandoffRowProps) => {
  const t = texts.value.today;
  const name = nameInSentence(handoff);
  return (
    <p class="row answers">
      <button type="button" aria-label={t.acceptName(name)} onClick={onAccept}>
        {t.accept}
      </button>
      <button type="button" class="secondary" aria-label={t.rejectName(name)} onClick={onReject}>
        {t.reject}
      </button>
    </p>
  );
};

const State = (props: HandoffRowProps) => {
  const t = texts.value.today;
  const { answering, isGone, canAnswer, handoff } = props;
  if (answering !== undefined && answering.step !== 'failed')
    return <AnswerGiven id={handoff.id} answer={answering} onUndone={() => focusRow(handoff.id)} />;
  if (isGone) return answering === undefined ? <p class="answered">{t.gone}</p> : null;
  return canAnswer && handoff.state === 'open' ? <Buttons {...props} /> : null;
};

const classOf = ({ handoff, answering, isGone }: HandoffRowProps): string => {
  const isOver = isGone || (answering !== undefined && answering.step !== 'failed');
  return `card handoff${handoff.late ? ' late' : ''}${isOver ? ' over' : ''}`;
};

/** Shows a hand-off: whom to call, why, until when, and the answers. */
export const HandoffRow = (props: HandoffRowProps) => {
  const { handoff, answering } = props;
  return (
    <article
      class={classOf(props)}
      data-handoff={handoff.id}
      tabIndex={-1}
      aria-label={nameInSentence(handoff)}
      aria-keyshortcuts={props.canAnswer ? 'a r o' : 'o'}
    >
      <Who {...props} />
      <Why handoff={handoff} />
      <div class="until">
        <Deadline handoff={handoff} />
        <State {...props} />
      </div>
      {answering?.step === 'failed' && <AnswerFailure id={handoff.id} why={answering.why} />}
    </article>
  );
};
