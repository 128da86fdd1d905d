/** The best encoding of ours that an `Accept-Encoding` header allows; undefined: send it uncompressed. */
export function bestEncoding(header: string | undefined): 'br' | 'gzip' | undefined {
  const allowed = new Map<string, number>();
  for (const part of (header ?? '').split(',')) {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find((value) => value !== undefined);
    allowed.set(name, q === undefined ? 1 : Number(q));
  }
  const any = allowed.get('*') ?? 0;
  return (['br', 'gzip'] as const).find((name) => (allowed.get(name) ?? any) > 0);
}
