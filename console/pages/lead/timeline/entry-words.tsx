import { Authored, authorsLanguage } from '../../../parts/authored.tsx';
import { clip } from '../../../parts/clipped.tsx';
import { locale, texts } from '../../../texts/texts.ts';
import { LongText } from '../long-text.tsx';
import type { Entry } from '../types.ts';
import { sayChanges } from './say-changes.ts';
import { sayEvent } from './say-event.ts';
import { sayReasons } from './say-reasons.ts';

/** Marks a text as English where it is a sentence of the API. */
const langOf = (isEnglish: boolean) => (isEnglish ? { lang: authorsLanguage } : {});

/** Shows what happened: the kind of the event, and what it says beyond that. */
export const What = ({ entry }: { readonly entry: Entry }) => {
  if (entry.kind === 'erased') return <bdi class="entry-text">{texts.value.lead.timeline.erasedEntry}</bdi>;
  const { title, details, isEnglish } = sayEvent(entry, texts.value, locale.value);
  return (
    <span class="entry-text">
      {title !== undefined && (
        <strong>
          {title}
          {details !== '' && ':'}
        </strong>
      )}{' '}
      <bdi {...langOf(isEnglish)}>{clip(details)}</bdi>
    </span>
  );
};

/** Shows all of what happened, if it is too long to be shown at once. */
export const WholeText = ({ entry }: { readonly entry: Exclude<Entry, { kind: 'erased' }> }) => {
  const { details, isEnglish } = sayEvent(entry, texts.value, locale.value);
  if (clip(details) === details) return null;
  return (
    <>
      <dt>{texts.value.lead.timeline.what}</dt>
      <dd {...langOf(isEnglish)}>
        <LongText text={details} />
      </dd>
    </>
  );
};

/** Shows what an entry changed. */
export const Changed = ({ entry }: { readonly entry: Entry }) => {
  const { text, isEnglish } = sayChanges(entry, texts.value, locale.value);
  return (
    <bdi class="entry-changed" {...langOf(isEnglish)}>
      {clip(text)}
    </bdi>
  );
};

/** Shows why it changed that. */
export const Reasons = ({ entry }: { readonly entry: Entry }) => {
  const reasons = sayReasons(entry, texts.value, locale.value);
  if (reasons.length === 0) return null;
  return (
    <>
      <dt>{texts.value.lead.timeline.why}</dt>
      <dd>
        <ul>
          {reasons.map(({ before, text, after }) => (
            <li key={`${before} ${text}`}>
              {before} {text !== '' && <Authored>{text}</Authored>} {after}
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
};
