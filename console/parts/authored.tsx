import type { ComponentChildren } from 'preact';
import type { FieldProblem } from '../api/api-error.ts';
import { texts } from '../texts/texts.ts';
import { markAuthored, splitAuthored } from './authored-marks.ts';

/** The language of what the console doesn't word itself: neither models nor the API name theirs. */
export const authorsLanguage = 'en';

/** Shows a text as its author has written it, such as a reason of a model or a problem that the API names. */
export const Authored = ({ children }: { readonly children: ComponentChildren }) => (
  <bdi lang={authorsLanguage}>{children}</bdi>
);

/** Shows a text in the reader's language, and the authors' texts that are marked in it as they were written. */
export const Worded = ({ text }: { readonly text: string }) => (
  <>
    {splitAuthored(text).map((part, i) =>
      part.isAuthored ? <Authored key={i}>{part.text}</Authored> : part.text,
    )}
  </>
);

/** Shows the problem of a field: its path, what was given, and what is allowed. */
export const GivenAllowed = ({ problem: { path, given, allowed } }: { readonly problem: FieldProblem }) => (
  <Worded text={texts.value.parts.given(markAuthored(path), markAuthored(given), markAuthored(allowed))} />
);
