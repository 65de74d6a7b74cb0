/** Three truth values, after Kleene: a test of something that is not known is neither true nor false. */
export const no = 0;
export const yes = 1;
export const unknown = 2;
export type Truth = typeof no | typeof yes | typeof unknown;

export const negate = (truth: Truth): Truth => (truth === unknown ? unknown : truth === yes ? no : yes);
