/** The prefix of all objects that anchor the heads of ledgers. They are written once and never changed. */
export const anchorPrefix = 'anchors/';
