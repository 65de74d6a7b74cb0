import { type Filters, hrefOf } from '../../app/route.ts';
import { serverNow } from '../../parts/clock.ts';
import { locale, texts } from '../../texts/texts.ts';
import type { ListedHandoff } from './handoff.ts';
import { countAtAGlance } from './order.ts';

interface FigureProps {
  readonly label: string;
  readonly count: number;
  readonly filters?: Filters;
  readonly isLate?: boolean;
}

const Figure = ({ label, count, filters, isLate = false }: FigureProps) => {
  const shown = <strong class={isLate ? 'late-mark' : ''}>{count.toLocaleString(locale.value)}</strong>;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{filters === undefined ? shown : <a href={hrefOf('today', filters)}>{shown}</a>}</dd>
    </div>
  );
};

/** Shows how many are open, late, due today, and open by queue; those that can be listed lead to their list. */
export const AtAGlance = ({ handoffs }: { readonly handoffs: readonly ListedHandoff[] }) => {
  const t = texts.value.today;
  const { open, late, dueToday, queues } = countAtAGlance(handoffs, serverNow.value);
  return (
    <dl class="glance">
      <Figure label={t.open} count={open} filters={{ whose: 'all' }} />
      <Figure label={t.late} count={late} filters={{ whose: 'all', late: 'yes' }} isLate={late > 0} />
      <Figure label={t.dueToday} count={dueToday} />
      {queues.map(([queue, count]) => (
        <Figure key={queue} label={t.inQueue(queue)} count={count} filters={{ whose: 'all', queue }} />
      ))}
    </dl>
  );
};
