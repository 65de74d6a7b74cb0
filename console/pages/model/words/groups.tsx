import type { ModelDocument } from '../../../../shared/scoring/index.ts';
import { Authored, Worded } from '../../../parts/authored.tsx';
import { ColumnHeads } from '../../../parts/column-heads.tsx';
import { formatNumber } from '../../../parts/numbers.ts';
import { Scroll } from '../../../parts/scroll.tsx';
import { texts } from '../../../texts/texts.ts';
import { capitalise } from '../format.ts';
import { describeCondition } from './condition-words.ts';
import { Section } from './section.tsx';

type Lane = NonNullable<ModelDocument['lanes']>[number];
type Figure = keyof (typeof texts)['value']['model']['conditions']['figures'];

/** Lists the figures that at least one group states. */
const listFigures = (lanes: readonly Lane[]): Figure[] =>
  (Object.keys(texts.value.model.conditions.figures) as Figure[]).filter((figure) =>
    lanes.some(({ figures }) => figures[figure] !== undefined),
  );

/** Whether a figure is marked by itself. If all figures of a group are examples, the group is marked instead. */
const isMarked = ({ figures: { example } }: Lane, figure: Figure): boolean =>
  Array.isArray(example) && example.includes(figure);

const isWanted = ({ kind, pursue }: Lane): boolean => pursue ?? kind === 'core';

const Row = ({
  lane,
  figures,
  document,
}: {
  lane: Lane;
  figures: readonly Figure[];
  document: ModelDocument;
}) => {
  const t = texts.value.model.words;
  return (
    <tr>
      <th scope="row" class="group">
        <Authored>{lane.title}</Authored>
        <p class="muted">
          <Worded text={describeCondition(lane.when, document)} />
        </p>
      </th>
      <td>
        {capitalise(texts.value.model.conditions.groupKinds[lane.kind])}
        <br />
        <span class="muted">{isWanted(lane) ? t.wanted : t.notWanted}</span>
      </td>
      <td class="number">
        {lane.figures.example === true ? (
          <span class="mark">{t.exampleFigures}</span>
        ) : lane.figures.customers === undefined ? (
          <span class="muted">–</span>
        ) : (
          formatNumber(lane.figures.customers)
        )}
      </td>
      {figures.map((figure) => {
        const value = lane.figures[figure];
        return (
          <td key={figure} class="number">
            {value === undefined ? <span class="muted">–</span> : formatNumber(value)}
            {value !== undefined && isMarked(lane, figure) && (
              <abbr class="example" title={t.exampleFigures}>
                {t.exampleMark}
              </abbr>
            )}
          </td>
        );
      })}
    </tr>
  );
};

/** Shows the groups of customers with their record. */
export const Groups = ({ document }: { readonly document: ModelDocument }) => {
  const t = texts.value.model.words;
  const { lanes = [] } = document;
  if (lanes.length === 0) return null;
  const figures = listFigures(lanes);
  const hasExamples = lanes.some(({ figures: { example } }) => example !== undefined && example !== false);
  return (
    <Section title={t.groups} hint={t.groupsHint}>
      <Scroll label={t.groups}>
        <table>
          <ColumnHeads
            texts={[t.group, t.kind]}
            numbers={[
              t.measuredOn,
              ...figures.map((figure) => capitalise(texts.value.model.conditions.figures[figure])),
            ]}
          />
          <tbody>
            {lanes.map((lane) => (
              <Row key={lane.id} lane={lane} figures={figures} document={document} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {hasExamples && <p class="muted">{t.exampleNote}</p>}
    </Section>
  );
};
