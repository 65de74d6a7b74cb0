import { describeProblems, findJsonProblem, type Problem } from '../../events/index.ts';
import { hasProtoKey } from '../../shared/mapping-document/index.ts';
import { readText } from '../text/read-text.ts';
import { ImportError } from './import-error.ts';
import { type Mapping, mappingSchema } from './mapping.ts';

/**
 * Parses a mapping document.
 *
 * @throws ImportError with every problem of the document, not the first alone
 */
export const parseMapping = (text: string, file: string): Mapping => {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ImportError('mapping-invalid', `the mapping ${file} is not JSON: ${why}`, [], error);
  }
  const unusable = findJsonProblem(document);
  if (unusable !== undefined)
    throw new ImportError('mapping-invalid', `the mapping ${file} has a problem:`, [unusable]);
  const parsed = mappingSchema.safeParse(document);
  const problems: Problem[] = parsed.success ? [] : describeProblems(parsed.error, document);
  if (hasProtoKey(text)) {
    problems.push({ path: '(a name)', given: '"__proto__"', allowed: 'a name that begins with a letter' });
  }
  if (!parsed.success || problems.length > 0) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    throw new ImportError('mapping-invalid', `the mapping ${file} has ${count}:`, problems);
  }
  return parsed.data;
};

/** @throws ImportError if the file can't be read, or isn't a mapping */
export const readMapping = (file: string): Mapping => {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ImportError('file-unreadable', `the mapping ${why}`, [], error);
  }
  return parseMapping(text, file);
};
