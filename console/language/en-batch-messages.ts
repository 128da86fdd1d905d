/** Names of the API's settings, in the words of the console. */
export const BATCH_MESSAGES: [RegExp, string][] = [
  [/or set default_country/, 'or choose its country in the settings'],
  [/^is missing: give it in the row, or in defaults$/, 'is missing: give it in the row, or in the settings'],
  [/or set duplicates to skip or allow$/, 'or choose in the settings to leave such rows out or to book them too'],
];
