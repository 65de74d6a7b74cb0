import type { ModelDocument } from '../../../shared/scoring/index.ts';
import { call } from '../../api/call.ts';
import { useResource } from '../../api/use-resource.ts';
import { Authored } from '../../parts/authored.tsx';
import { clip } from '../../parts/clipped.tsx';
import { formatPoints } from '../../parts/numbers.ts';
import { locale, texts } from '../../texts/texts.ts';
import { sayValue, type Value } from './fact-value.tsx';
import { plainName } from './plain-name.ts';
import type { LeadAnswer } from './types.ts';

type Questions = ModelDocument['questions'];

/** Loads how the model words its questions: the answer of the API has only their names. */
const loadQuestions = async (version: string, signal: AbortSignal): Promise<Questions> => {
  const { document } = await call('getModel', { path: { version }, signal });
  return (document as unknown as ModelDocument).questions;
};

/** Returns a question as the model words it, or its name as people would write it until that is known. */
const wordingOf = (question: string, questions: Questions): string =>
  (questions !== undefined && Object.hasOwn(questions, question) ? questions[question]?.text : undefined) ??
  plainName(question);

/** Shows the answers that are old and worth confirming, each with the question. */
export const Confirm = ({ lead }: { readonly lead: LeadAnswer }) => {
  const t = texts.value.lead.brief;
  const { modelVersion } = lead;
  const loaded = useResource((signal) => loadQuestions(modelVersion, signal), [modelVersion]);
  const questions = loaded.resource.value.value;
  return (
    <>
      <h3>{t.confirm}</h3>
      <ul class="plain">
        {lead.askNext.confirm.map(({ question, value, gain }) => (
          <li key={question}>
            <Authored>{wordingOf(question, questions)}</Authored>{' '}
            <strong>
              <bdi>{clip(sayValue(value as Value, texts.value, locale.value), 80)}</bdi>
            </strong>{' '}
            {t.gain(formatPoints(gain))}
          </li>
        ))}
      </ul>
    </>
  );
};
