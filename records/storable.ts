/**
 * Values as both databases take them. PostgreSQL refuses U+0000 in a text; it becomes what half a surrogate pair becomes on its way into UTF-8
 * anyway, U+FFFD. What is looked for is changed in the same way as what is stored, so it is found; documents are JSON, which escapes both.
 */
export const storable = (values: readonly unknown[]): unknown[] =>
  values.map((value) =>
    typeof value === 'string' && value.includes('\u0000') ? value.replaceAll('\u0000', '\ufffd') : value,
  );
