/** The source of our own events. By itself, so that who only sends events doesn't load what checks them. */
export const sluiceSource = 'sluice';
