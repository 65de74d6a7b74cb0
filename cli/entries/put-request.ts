const head = /\{\s*"Entries"\s*:\s*\[/y;
const beginOfHead = /^\{\s*(?:"Entries"\s*(?::\s*)?)?$/;
const member = /\s*"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[-+.\w]+)/y;
const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;
const beginOfList = /\s*:\s*(?=\[)/y;

/** Finds the place behind `{"Entries": [`, with which a request of PutEvents begins. */
export const findEndOfHead = (text: string, at: number): number | undefined => {
  head.lastIndex = at;
  return head.test(text) ? head.lastIndex : undefined;
};

/** Returns whether a text may be the beginning of `{"Entries": [`, which goes on in the next line. */
export const mayBeHead = (text: string): boolean => beginOfHead.test(text);

/** Finds the place behind another member of a request, such as `"EndpointId": "abc.def"`. */
export const skipMember = (text: string, at: number): number | undefined => {
  member.lastIndex = at;
  return member.test(text) ? member.lastIndex : undefined;
};

/**
 * Returns the list of a request of PutEvents whose entries come after other members, at its place: everything before it
 * becomes white space. Returns undefined if the text is no such request.
 *
 * @param text JSON
 */
export const unwrapRequest = (text: string): string | undefined => {
  if (
    !text.includes('"Entries"') ||
    /"(?:detail-type|DetailType)"\s*:/.test(text.slice(0, text.indexOf('"Entries"')))
  )
    return undefined;
  let depth = 0;
  let begin: number | undefined;
  for (const { 0: found, index } of text.matchAll(token)) {
    if (found === '"Entries"' && depth === 1 && begin === undefined) {
      beginOfList.lastIndex = index + found.length;
      if (beginOfList.test(text)) begin = beginOfList.lastIndex;
    } else if (found === '{' || found === '[') depth++;
    else if (found === '}' || found === ']') {
      depth--;
      if (begin !== undefined && depth === 1 && found === ']')
        return text.slice(0, begin).replaceAll(/[^\n]/g, ' ') + text.slice(begin, index + 1);
    }
  }
  return undefined;
};
