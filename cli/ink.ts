import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Styles text if the stream is a terminal that supports it (respects NO_COLOR and FORCE_COLOR). */
const ink =
  (style: Style) =>
  (text: string): string =>
    styleText(style, text, { stream: process.stdout });

export const good = ink('green');
export const bad = ink('red');
export const warn = ink('yellow');
export const dim = ink('dim');
export const bold = ink('bold');
