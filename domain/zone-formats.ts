type Parts = Omit<Intl.DateTimeFormatOptions, 'timeZone' | 'hourCycle'>;

/** A format for each zone, made once: making one takes longer than all that is done with it. Throws a RangeError for a zone that does not exist. */
export function zoneFormats(parts: Parts): (zone: string) => Intl.DateTimeFormat {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (zone) => {
    let format = formats.get(zone);
    if (!format) {
      format = new Intl.DateTimeFormat('en-US', { ...parts, timeZone: zone, hourCycle: 'h23' });
      formats.set(zone, format);
    }
    return format;
  };
}
