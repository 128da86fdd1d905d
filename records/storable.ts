/**
 * Changes values to forms that both databases accept. PostgreSQL refuses U+0000 in a text: it becomes U+FFFD, as half a surrogate pair does
 * in UTF-8 anyway. Searched values are changed in the same way as stored ones. Documents are JSON, which escapes both.
 */
export const storable = (values: readonly unknown[]): unknown[] =>
  values.map((value) =>
    typeof value === 'string' && value.includes('\u0000') ? value.replaceAll('\u0000', '\ufffd') : value,
  );
