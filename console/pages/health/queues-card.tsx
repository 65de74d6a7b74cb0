import { ColumnHeads } from '../../parts/column-heads.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { texts } from '../../texts/texts.ts';
import type { Health } from './findings.ts';
import { formatCount } from './format-count.ts';

type Queues = Health['deadLetters'];

const QueueTable = ({ queues }: { readonly queues: Queues }) => {
  const t = texts.value.health;
  return (
    <Scroll label={t.areas.deadLetters}>
      <table>
        <ColumnHeads texts={[t.queues.queue, t.queues.kind]} numbers={[t.queues.messages]} />
        <tbody>
          {queues.map(({ queue, kind, messages }) => (
            <tr key={queue}>
              <td>{queue}</td>
              <td>{t.queues.kinds[kind]}</td>
              <td class="number">{messages === null ? t.notKnown : formatCount(messages)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

/** Shows the queues of what was given up: those that hold something, and the empty ones when they are asked for. */
export const QueuesCard = ({ deadLetters }: Pick<Health, 'deadLetters'>) => {
  const t = texts.value.health;
  const filled = deadLetters.filter(({ messages }) => messages !== 0);
  const empty = deadLetters.filter(({ messages }) => messages === 0);
  return (
    <section class="card" aria-labelledby="queues">
      <h2 id="queues">{t.areas.deadLetters}</h2>
      {filled.length > 0 && <QueueTable queues={filled} />}
      {deadLetters.length === 0 && <p>{t.unknownHints.deadLetters}</p>}
      {empty.length > 0 && (
        <>
          <p class="muted">{t.queues.allEmpty(empty.length)}</p>
          <details>
            <summary>{t.queues.showAll}</summary>
            <QueueTable queues={empty} />
          </details>
        </>
      )}
    </section>
  );
};
