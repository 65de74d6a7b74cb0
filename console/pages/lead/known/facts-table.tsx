import { ColumnHeads } from '../../../parts/column-heads.tsx';
import { Instant } from '../../../parts/instant.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { texts } from '../../../texts/texts.ts';
import { FactValue, type Value } from '../fact-value.tsx';
import type { LeadAnswer } from '../types.ts';

interface Row {
  readonly key: string;
  readonly name: string;
  readonly value: Value;
  readonly at: string;
}

const listRows = ({ attributes, answers, activities, outcomes }: LeadAnswer['facts']): Row[] => {
  const t = texts.value.lead.known;
  const named = (kind: string, of: typeof attributes | typeof answers): Row[] =>
    Object.entries(of).map(([name, { value, at }]) => ({
      key: `${kind} ${name}`,
      name,
      value: value as Value,
      at,
    }));
  const counted = (kind: string, of: typeof activities | typeof outcomes): Row[] =>
    Object.entries(of).map(([name, { count, last }]) => ({
      key: `${kind} ${name}`,
      name,
      value: t.times(count),
      at: last,
    }));
  return [
    ...named('attribute', attributes),
    ...named('answer', answers),
    ...counted('activity', activities),
    ...counted('outcome', outcomes),
  ];
};

/** Shows everything that is known of a lead, with the day since when. */
export const FactsTable = ({ facts }: { readonly facts: LeadAnswer['facts'] }) => {
  const t = texts.value.lead.known;
  const rows = listRows(facts);
  return (
    <details>
      <summary>{t.facts(rows.length)}</summary>
      <Scroll label={t.facts(rows.length)}>
        <table class="facts">
          <ColumnHeads texts={[t.name, t.value, t.since]} />
          <tbody>
            {rows.map(({ key, name, value, at }) => (
              <tr key={key}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td>
                  <FactValue value={value} />
                </td>
                <td class="nowrap">
                  <Instant at={at} day />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
};
