import type { ModelDocument } from '../../../../shared/scoring/index.ts';
import { Worded } from '../../../parts/authored.tsx';
import { markAuthored } from '../../../parts/authored-marks.ts';
import { formatNumber } from '../../../parts/numbers.ts';
import { texts } from '../../../texts/texts.ts';
import { formatList } from '../format.ts';
import { Section } from './section.tsx';

const describePromotion = (
  { to, activities }: ModelDocument['promotions'][number],
  document: ModelDocument,
) => {
  const named = activities.map((name) =>
    document.activities !== undefined && Object.hasOwn(document.activities, name)
      ? markAuthored(document.activities[name] ?? name)
      : markAuthored(name),
  );
  return texts.value.model.words.promotion(texts.value.words.stages[to], formatList(named, 'disjunction'));
};

/** Shows what makes a lead ready: for the next stage, for sales, and for a demo. */
export const Readiness = ({ document }: { readonly document: ModelDocument }) => {
  const t = texts.value.model.words;
  const { slide, bant, promotions } = document;
  if (slide === undefined && bant === undefined && promotions.length === 0) return null;
  return (
    <Section title={t.readiness}>
      <ul>
        {promotions.map((promotion) => (
          <li key={promotion.to}>
            <Worded text={describePromotion(promotion, document)} />
          </li>
        ))}
        {bant !== undefined && <li>{t.bant(formatNumber(bant.threshold))}</li>}
        {slide !== undefined && (
          <li>
            <Worded
              text={t.slide(
                formatNumber(slide.threshold),
                formatList(
                  Object.values(slide.parts).map(({ title }) => markAuthored(title)),
                  'conjunction',
                ),
              )}
            />
          </li>
        )}
      </ul>
    </Section>
  );
};
