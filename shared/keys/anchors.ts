/** All objects that anchor the heads of ledgers lie below this prefix of their bucket. */
export const anchorPrefix = 'anchors/';
