/** A node of a syntax tree of JSON, as CodeMirror's parser makes it. */
export interface JsonNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly firstChild: JsonNode | null;
  readonly nextSibling: JsonNode | null;
}

/** A range of a text, by offsets. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** A value of a document, and the name that leads to it if it has one. */
interface Found {
  readonly value: JsonNode;
  readonly name?: JsonNode;
}

/** The nodes that are more than punctuation. */
const parts = new Set([
  'Object',
  'Array',
  'Property',
  'PropertyName',
  'String',
  'Number',
  'True',
  'False',
  'Null',
]);

const childrenOf = (node: JsonNode): JsonNode[] => {
  const children: JsonNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (parts.has(child.name)) children.push(child);
  return children;
};

const readName = (name: JsonNode, text: string): string => {
  try {
    return String(JSON.parse(text.slice(name.from, name.to)));
  } catch {
    return '';
  }
};

/** Names that are longer are cut short in paths. */
const longestName = 60;

/** Returns what is left of a path behind a name; undefined if it doesn't begin with that name. */
const behindName = (path: string, name: string): string | undefined => {
  const written = name.length > 64 ? `${name.slice(0, longestName)}…` : name;
  if (!path.startsWith(written)) return undefined;
  const rest = path.slice(written.length);
  if (rest === '' || rest.startsWith('[')) return rest;
  return rest.startsWith('.') ? rest.slice(1) : undefined;
};

const find = (found: Found, path: string, text: string): Found | undefined => {
  if (path === '') return found;
  const { value } = found;
  if (value.name === 'Array') {
    const [all, index] = /^\[(\d+)\]\.?/.exec(path) ?? [];
    const entry = index === undefined ? undefined : childrenOf(value)[Number(index)];
    return entry && find({ value: entry }, path.slice(all?.length ?? 0), text);
  }
  if (value.name !== 'Object') return undefined;
  // A name may contain dots, so that more than one can be the beginning of a path. Of names that are there twice, the
  // last counts, as in JSON.parse.
  for (const property of childrenOf(value).toReversed()) {
    const [name, inner] = childrenOf(property);
    const rest = name && behindName(path, readName(name, text));
    if (name === undefined || rest === undefined) continue;
    const within = inner ? find({ value: inner, name }, rest, text) : undefined;
    if (within !== undefined) return within;
    if (rest === '') return { value: name, name };
  }
  return undefined;
};

/** Removes the last step of a path. */
const outer = (path: string): string => path.replace(/(\.[^.[\]]*|\[\d+\]|^[^.[\]]+)$/, '');

const isLarge = ({ name }: JsonNode): boolean => name === 'Object' || name === 'Array';

const rangeOf = ({ value, name }: Found): TextRange => {
  // To mark all lines of a section would mark nothing: its name stands for it.
  if (!isLarge(value)) return { from: value.from, to: value.to };
  return name ? { from: name.from, to: name.to } : { from: value.from, to: value.from + 1 };
};

/**
 * Returns the range of a text that a path names, such as `policy.rules[0].action.kind`: that of a plain value, or the
 * name of a section. If the path leads to something that is missing, it is the part that lacks it.
 *
 * @param root the tree of the whole text
 */
export const findRange = (root: JsonNode, text: string, path: string): TextRange => {
  const [top] = childrenOf(root);
  if (top === undefined) return { from: 0, to: Math.min(1, text.length) };
  let rest = path.startsWith('(') ? '' : path;
  for (;;) {
    const found = find({ value: top }, rest, text);
    if (found !== undefined) return rangeOf(found);
    rest = outer(rest);
  }
};
