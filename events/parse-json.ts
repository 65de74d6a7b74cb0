/** Parses a text as JSON. Returns undefined, which is no JSON value, if the text is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
