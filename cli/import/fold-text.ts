/**
 * Returns a text as tables of values, conditions and keys compare it: without white space around it, composed (NFC),
 * and in lower case.
 */
export const foldText = (text: string): string => text.trim().normalize('NFC').toLowerCase();
