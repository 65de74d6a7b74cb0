import { Worded } from '../../parts/authored.tsx';
import { markAuthored } from '../../parts/authored-marks.ts';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { texts } from '../../texts/texts.ts';
import type { Health } from './findings.ts';
import { formatCount } from './format-count.ts';

type Source = NonNullable<Health['sources']>[number];

const Refused = ({ refused }: Pick<Source, 'refused'>) => {
  const t = texts.value.health.sources;
  if (refused.length === 0) return <>0</>;
  return (
    <ul class="plain">
      {refused.map(({ reason, count, lastAt }) => (
        <li key={reason}>
          <Worded text={t.reason(markAuthored(reason), formatCount(count))} />
          {lastAt !== null && (
            <span class="muted">
              {' '}
              <RelativeTime at={lastAt} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
};

const silenceOf = (silent: boolean | null): string => {
  const t = texts.value.health.sources;
  if (silent === null) return t.notSaid;
  return silent ? t.silent : t.notSilent;
};

const Row = ({ source }: { readonly source: Source }) => {
  const t = texts.value.health;
  const { lastReceivedAt, kind, requests, accepted, refused, silent } = source;
  return (
    <tr>
      <td>
        <bdi>{source.source}</bdi>{' '}
        {kind !== source.source && <span class="muted">{kind ?? t.sources.gone}</span>}
      </td>
      <td class="when">{lastReceivedAt === null ? t.never : <RelativeTime at={lastReceivedAt} />}</td>
      <td class="number">{formatCount(requests)}</td>
      <td class="number">{formatCount(accepted)}</td>
      <td>
        <Refused refused={refused} />
      </td>
      <td>{silenceOf(silent)}</td>
    </tr>
  );
};

/** Shows the tools that send events: when something came last, and which requests were refused. */
export const SourcesCard = ({ sources }: Pick<Health, 'sources'>) => {
  const t = texts.value.health;
  return (
    <section class="card" aria-labelledby="sources">
      <h2 id="sources">{t.areas.sources}</h2>
      {sources === null && <p class="muted">{t.unknownHints.sources}</p>}
      {sources?.length === 0 && <p class="muted">{t.sources.none}</p>}
      {sources !== null && sources.length > 0 && (
        <Scroll label={t.areas.sources}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.sources.source}</th>
                <th scope="col">{t.sources.last}</th>
                <th scope="col" class="number">
                  {t.sources.requests}
                </th>
                <th scope="col" class="number">
                  {t.sources.accepted}
                </th>
                <th scope="col">{t.sources.refused}</th>
                <th scope="col">{t.sources.silence}</th>
              </tr>
            </thead>
            <tbody>
              {sources.map((source) => (
                <Row key={source.source} source={source} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
};
