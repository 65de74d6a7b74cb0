import { Authored } from '../../../parts/authored.tsx';
import { formatNumber } from '../../../parts/numbers.ts';
import { texts } from '../../../texts/texts.ts';
import type { Explanation } from '../types.ts';

type Bant = NonNullable<Explanation['bant']>;
type Slide = NonNullable<Explanation['slide']>;
type Lane = Exclude<NonNullable<Explanation['lane']>, string>;

const marks = { pass: '✓', fail: '✗', unknown: '?' } as const;

/** Says of budget, authority, need and time frame whether they are there. */
export const BantList = ({ bant }: { readonly bant: Bant }) => {
  const t = texts.value.lead.known;
  return (
    <>
      <h3>{t.bant}</h3>
      <ul class="checks">
        {(['budget', 'authority', 'need', 'timeframe', 'met'] as const).map((part) => (
          <li key={part} class={`check check-${bant[part]}`}>
            <span aria-hidden="true">{marks[bant[part]]}</span> {t.bantParts[part]}:{' '}
            <strong>{t.verdicts[bant[part]]}</strong>
          </li>
        ))}
      </ul>
    </>
  );
};

const partMarks = { complete: '✓', partial: '◐', missing: '?' } as const;

/** Says what is to be known before a demo, and how much of it is. */
export const Readiness = ({ slide }: { readonly slide: Slide }) => {
  const t = texts.value.lead.known;
  return (
    <>
      <h3>{t.readiness}</h3>
      <p>
        <strong>{t.ready[slide.demoReady]}</strong>{' '}
        <span class="muted">
          {t.parts(formatNumber(slide.parts), slide.statuses.length, formatNumber(slide.threshold))}
        </span>
      </p>
      <ul class="checks">
        {slide.statuses.map(({ part, title, status }) => (
          <li key={part} class={`check check-${status}`}>
            <span aria-hidden="true">{partMarks[status]}</span> <Authored>{title}</Authored>:{' '}
            <strong>{t.partStatuses[status]}</strong>
          </li>
        ))}
      </ul>
    </>
  );
};

const numberOf = (lane: Lane, figure: string): number | undefined => {
  const value = lane.figures[figure];
  return typeof value === 'number' ? value : undefined;
};

/** Says how customers like this lead fare, and whether those figures are made up. */
export const CustomersLikeThis = ({ lane }: { readonly lane: Lane | 'none' }) => {
  const t = texts.value.lead.known;
  if (lane === 'none')
    return (
      <>
        <h3>{t.segment}</h3>
        <p class="muted">{t.noSegment}</p>
      </>
    );
  const success = numberOf(lane, 'successPercent');
  const churn = numberOf(lane, 'churnPercent');
  const customers = numberOf(lane, 'customers');
  const isExample = lane.figures.example !== undefined && lane.figures.example !== false;
  return (
    <>
      <h3>{t.segment}</h3>
      <p>
        <Authored>{lane.title}</Authored>{' '}
        <span class="muted">
          {t.segmentKinds[lane.kind]}
          {!lane.pursued && `, ${t.notPursued}`}
        </span>
      </p>
      {(success !== undefined || churn !== undefined) && (
        <p>
          {success !== undefined && <strong>{t.succeed(formatNumber(success))}</strong>}{' '}
          {churn !== undefined && t.leave(formatNumber(churn))}{' '}
          {customers !== undefined && <span class="muted">{t.ofCustomers(customers)}</span>}{' '}
          {isExample && <span class="tag">{texts.value.lead.points.example}</span>}
        </p>
      )}
    </>
  );
};

/** Says how a lead answers: at length or not, and where it contradicts itself. */
export const Answering = ({ answering }: { readonly answering: NonNullable<Explanation['answering']> }) => {
  const { answered, specific, long, short, changed, contradictions } = answering;
  const t = texts.value.lead.known;
  if (answered === 0 && changed.length === 0 && contradictions.length === 0) return null;
  return (
    <>
      <h3>{t.answering}</h3>
      <p>{t.answered(answered, specific, long, short)}</p>
      {(changed.length > 0 || contradictions.length > 0) && (
        <ul>
          {changed.map(({ question, text, earlier, now }) => (
            <li key={question}>
              <Authored>{text}</Authored> {String(earlier)} → {String(now)}
            </li>
          ))}
          {contradictions.map(({ id, text }) => (
            <li key={id}>
              <Authored>{text}</Authored>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
