/**
 * Returns a version of a model that isn't taken: its own, or else one whose last number is higher.
 *
 * @param taken the versions of published models, such as `success-ready@5`
 * @example suggestVersion('success-ready', '5', ['success-ready@5', 'success-ready@6']) // '7'
 */
export const suggestVersion = (id: string, version: string, taken: readonly string[]): string => {
  const isTaken = (each: string): boolean => taken.includes(`${id}@${each}`);
  if (!isTaken(version)) return version;
  const [, before = `${version}-`, digits = '1'] = /^(.*?)(\d{1,15})$/.exec(version) ?? [];
  for (let next = Number(digits) + 1; ; next++) {
    const suggested = before + String(next).padStart(digits.length, '0');
    if (!isTaken(suggested)) return suggested;
  }
};
