/** Whether an `If-None-Match` header names this ETag (RFC 9110: compared weakly; `*` is any). */
export const matches = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag) ?? false;
