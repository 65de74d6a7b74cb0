import { readFile } from 'node:fs/promises';
import { describeProblems, type Problem } from '../../events/index.ts';
import { ImportError } from './import-error.ts';
import { type Mapping, mappingSchema } from './mapping.ts';

/**
 * Parses JSON and looks for keys `__proto__`, which zod ignores silently; here such a key is a wrong name like any
 * other.
 */
const parseJson = (text: string): { value: unknown; proto: boolean } => {
  let proto = false;
  const value = JSON.parse(text, (key, inner) => {
    proto ||= key === '__proto__';
    return inner;
  });
  return { value, proto };
};

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ImportError('file-unreadable', `the mapping ${file} can't be read: ${why}`, [], error);
  }
};

/**
 * Parses a mapping document.
 *
 * @throws ImportError with every problem of the document, not the first alone
 */
export const parseMapping = (text: string, file: string): Mapping => {
  let document: ReturnType<typeof parseJson>;
  try {
    document = parseJson(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ImportError('mapping-invalid', `the mapping ${file} is not JSON: ${why}`, [], error);
  }
  const parsed = mappingSchema.safeParse(document.value);
  const problems: Problem[] = parsed.success ? [] : describeProblems(parsed.error, document.value);
  if (document.proto) {
    problems.push({ path: '(a name)', given: '"__proto__"', allowed: 'a name that begins with a letter' });
  }
  if (!parsed.success || problems.length > 0) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    throw new ImportError('mapping-invalid', `the mapping ${file} has ${count}:`, problems);
  }
  return parsed.data;
};

export const readMapping = async (file: string): Promise<Mapping> => parseMapping(await readText(file), file);
