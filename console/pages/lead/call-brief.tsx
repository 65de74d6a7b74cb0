import { Authored } from '../../parts/authored.tsx';
import { clip } from '../../parts/clipped.tsx';
import { formatNumber, formatPoints } from '../../parts/numbers.ts';
import { locale, texts } from '../../texts/texts.ts';
import { Confirm } from './confirm.tsx';
import { sayValue, type Value } from './fact-value.tsx';
import type { CountedReason, LeadAnswer } from './types.ts';
import { weighReasons } from './weigh-reasons.ts';

type Question = LeadAnswer['askNext']['questions'][number];
type Outcome = Question['best'];

/** The most reasons that are given at once. */
const mostReasons = 5;

const sayAnswer = ({ any, other, value }: Outcome): string => {
  const t = texts.value.lead.brief;
  if (any) return t.anyText;
  return other ? t.anyOther : clip(sayValue(value as Value, texts.value, locale.value), 80);
};

/** Returns an answer as people would say it, with how long it is if that counts. */
const answerOf = (outcome: Outcome): string => {
  const t = texts.value.lead.brief;
  const { words, figures } = outcome.wordingClass ?? {};
  const lengths = [
    ...(words?.least === undefined ? [] : [t.wordsAtLeast(words.least)]),
    ...(words?.most === undefined ? [] : [t.wordsAtMost(words.most)]),
    ...((figures?.least ?? 0) > 0 ? [t.withFigures] : []),
  ];
  return [sayAnswer(outcome), ...lengths].join(', ');
};

const OutcomeLine = ({ label, outcome }: { readonly label: string; readonly outcome: Outcome }) => {
  const { lead: t, words } = texts.value;
  const standing =
    outcome.status === 'disqualified' ? words.statuses.disqualified : words.tiers[outcome.tier];
  return (
    <li>
      <span class="muted">{label}:</span> <bdi>{answerOf(outcome)}</bdi>{' '}
      {t.brief.leadsTo(standing, formatNumber(outcome.score))}
    </li>
  );
};

const NextQuestion = ({ question }: { readonly question: Question }) => {
  const t = texts.value.lead.brief;
  return (
    <>
      <p class="question">
        <Authored>{question.text ?? question.question}</Authored>
      </p>
      <ul class="outcomes">
        <OutcomeLine label={t.best} outcome={question.best} />
        <OutcomeLine label={t.worst} outcome={question.worst} />
      </ul>
    </>
  );
};

const ReasonList = ({ reasons }: { readonly reasons: readonly CountedReason[] }) => (
  <ul class="reasons">
    {reasons.slice(0, mostReasons).map(({ dimension, criterion, text, weight }) => (
      <li key={`${dimension} ${criterion}`}>
        <span class="points">{formatPoints(weight)}</span> <Authored>{text}</Authored>
      </li>
    ))}
  </ul>
);

/** Shows what speaks for a lead, and what speaks against it, the heaviest first. */
const Reasons = ({ lead }: { readonly lead: LeadAnswer }) => {
  const t = texts.value.lead.brief;
  const { speaksFor, speaksAgainst } = weighReasons(lead.explanation.counted);
  return (
    <>
      <h3>{t.reasons}</h3>
      {speaksFor.length === 0 ? <p class="muted">{t.noReasons}</p> : <ReasonList reasons={speaksFor} />}
      {speaksAgainst.length > 0 && (
        <>
          <h3>{t.against}</h3>
          <ReasonList reasons={speaksAgainst} />
        </>
      )}
    </>
  );
};

/** Says why to call a lead, and what is worth asking it next. */
export const CallBrief = ({ lead }: { readonly lead: LeadAnswer }) => {
  const t = texts.value.lead.brief;
  const [first, ...others] = lead.askNext.questions;
  return (
    <section class="card brief" aria-labelledby="brief">
      <h2 id="brief">{t.title}</h2>
      <div class="columns">
        <div>
          <Reasons lead={lead} />
        </div>
        <div>
          <h3>{t.askNext}</h3>
          {first === undefined ? <p class="muted">{t.nothingToAsk}</p> : <NextQuestion question={first} />}
          {others.length > 0 && (
            <details>
              <summary>{t.moreQuestions(others.length)}</summary>
              <ul class="plain">
                {others.map((question) => (
                  <li key={question.question}>
                    <NextQuestion question={question} />
                  </li>
                ))}
              </ul>
            </details>
          )}
          {lead.askNext.confirm.length > 0 && <Confirm lead={lead} />}
        </div>
      </div>
    </section>
  );
};
