import { type Filters, hrefOf } from '../../app/route.ts';
import { serverNow } from '../../parts/clock.ts';
import { locale, texts } from '../../texts/texts.ts';
import type { HandoffList } from './load-handoffs.ts';
import { countAtAGlance } from './order.ts';

interface FigureProps {
  readonly label: string;
  readonly count: number;
  /** Whether there may be more. */
  readonly isLeast: boolean;
  readonly filters?: Filters;
  readonly isLate?: boolean;
}

const Figure = ({ label, count, isLeast, filters, isLate = false }: FigureProps) => {
  const said = count.toLocaleString(locale.value);
  const shown = (
    <strong class={isLate ? 'late-mark' : ''}>{isLeast ? texts.value.today.atLeast(said) : said}</strong>
  );
  return (
    <div>
      <dt>{label}</dt>
      <dd>{filters === undefined ? shown : <a href={hrefOf('today', filters)}>{shown}</a>}</dd>
    </div>
  );
};

/** Shows how many are open, late, due today, and open by queue; those that can be listed lead to their list. */
export const AtAGlance = ({ list: { handoffs, hasMore } }: { readonly list: HandoffList }) => {
  const t = texts.value.today;
  const { open, late, dueToday, queues } = countAtAGlance(handoffs, serverNow.value);
  return (
    <dl class="glance">
      <Figure label={t.open} count={open} isLeast={hasMore} filters={{ whose: 'all' }} />
      <Figure
        label={t.late}
        count={late}
        isLeast={hasMore}
        filters={{ whose: 'all', late: 'yes' }}
        isLate={late > 0}
      />
      <Figure label={t.dueToday} count={dueToday} isLeast={hasMore} />
      {queues.map(([queue, count]) => (
        <Figure
          key={queue}
          label={t.inQueue(queue)}
          count={count}
          isLeast={hasMore}
          filters={{ whose: 'all', queue }}
        />
      ))}
    </dl>
  );
};
