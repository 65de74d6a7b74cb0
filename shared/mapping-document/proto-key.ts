/** Returns whether JSON has a key `__proto__`, which zod ignores silently; in a document it is a wrong name like any other. */
export const hasProtoKey = (json: string): boolean => {
  let found = false;
  JSON.parse(json, (key, inner) => {
    found ||= key === '__proto__';
    return inner;
  });
  return found;
};
