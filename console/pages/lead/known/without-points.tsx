import { locale, texts } from '../../../texts/texts.ts';
import { FactValue, type Value } from '../fact-value.tsx';
import { formatMoment } from '../format.ts';
import type { LeadAnswer } from '../types.ts';

type Fact = LeadAnswer['withoutPoints'][number];

const why = (fact: Fact): string => {
  const t = texts.value.lead.known;
  switch (fact.what) {
    case 'name':
      return t.unreadName;
    case 'value':
      return t.unreadValue(fact.allowed ?? '');
    case 'rules':
      return t.noRule;
    case 'old':
      return t.old(formatMoment(fact.last, locale.value), fact.withinDays);
    case 'decayed':
      return t.decayed(formatMoment(fact.last, locale.value));
    default:
      return fact satisfies never;
  }
};

const order = ['name', 'value', 'old', 'decayed', 'rules'];

const Line = ({ fact }: { readonly fact: Fact }) => (
  <li>
    <strong>
      <bdi>{fact.name}</bdi>
    </strong>{' '}
    {fact.value !== undefined && <FactValue value={fact.value as Value} />}{' '}
    <span class="muted">{why(fact)}</span>
    {'meant' in fact && fact.meant !== undefined && (
      <span class="meant"> {texts.value.lead.known.meant(fact.meant)}</span>
    )}
  </li>
);

/** Shows what is known of a lead and gives nothing, with the reason; what was probably mistyped comes first. */
export const WithoutPoints = ({ facts }: { readonly facts: LeadAnswer['withoutPoints'] }) => {
  if (facts.length === 0) return null;
  const sorted = facts.toSorted((a, b) => order.indexOf(a.what) - order.indexOf(b.what));
  const hasMistakes = facts.some((fact) => 'meant' in fact && fact.meant !== undefined);
  return (
    <details open={hasMistakes}>
      <summary>{texts.value.lead.known.withoutPoints(facts.length)}</summary>
      <ul class="plain">
        {sorted.map((fact) => (
          <Line key={`${fact.bag} ${fact.name}`} fact={fact} />
        ))}
      </ul>
    </details>
  );
};
