import { useId, useMemo, useRef } from 'preact/hooks';
import type { FieldProblem } from '../../api/api-error.ts';
import { texts } from '../../texts/texts.ts';
import { GivenAllowed } from '../authored.tsx';
import './json-editor.css';
import { type LocatedProblem, locateProblems } from './locate-problems.ts';
import { scanJson } from './scan-json.ts';

interface JsonEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** The problems of fields that are known of this text. */
  readonly problems?: readonly FieldProblem[];
  /** @default 16 */
  readonly rows?: number;
  readonly readOnly?: boolean;
}

interface LinesProps {
  readonly count: number;
  readonly wrong: ReadonlySet<number>;
}

const Lines = ({ count, wrong }: LinesProps) => (
  <>
    {Array.from({ length: count }, (_, index) => index + 1).map((line) =>
      wrong.has(line) ? (
        <span key={line} class="wrong">
          ⚠ {line}
          {'\n'}
        </span>
      ) : (
        `${line}\n`
      ),
    )}
  </>
);

interface ProblemsProps {
  readonly id: string;
  readonly located: readonly LocatedProblem[];
  readonly onGo: (offset: number) => void;
}

const Problems = ({ id, located, onGo }: ProblemsProps) => {
  const t = texts.value.json;
  return (
    <div id={id} aria-live="polite">
      {located.length > 0 && (
        <ul class="json-problems">
          {located.map(({ offset, position, fault, problem }) => (
            <li key={`${offset} ${fault} ${problem?.path}`}>
              <button type="button" class="link" onClick={() => onGo(offset)}>
                {t.position(position.line, position.column)}
              </button>
              {fault !== undefined && <span>{t.faults[fault]}</span>}
              {problem !== undefined && (
                <span>
                  <GivenAllowed problem={problem} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

/** Lets a text of JSON be edited, with the number of each line, and names what is wrong by line and column. */
export const JsonEditor = ({
  label,
  value,
  onInput,
  problems = [],
  rows = 16,
  readOnly,
}: JsonEditorProps) => {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = useRef<HTMLPreElement>(null);
  const located = useMemo(() => locateProblems(value, scanJson(value), problems), [value, problems]);
  const count = useMemo(() => value.split('\n').length, [value]);
  const go = (offset: number): void => {
    area.current?.focus();
    area.current?.setSelectionRange(offset, offset + 1);
  };
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <div class="json-editor">
        <pre ref={lines} class="json-editor-lines" aria-hidden="true">
          <Lines count={count} wrong={new Set(located.map(({ position }) => position.line))} />
        </pre>
        <textarea
          id={id}
          ref={area}
          value={value}
          rows={rows}
          wrap="off"
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          dir="ltr"
          readOnly={readOnly === true}
          aria-describedby={`${id}-problems`}
          aria-invalid={located.length > 0 ? 'true' : undefined}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
          onScroll={({ currentTarget }) => {
            if (lines.current) lines.current.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
      <Problems id={`${id}-problems`} located={located} onGo={go} />
    </>
  );
};
