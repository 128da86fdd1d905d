type Parts = Omit<Intl.DateTimeFormatOptions, 'timeZone' | 'hourCycle'>;

/**
 * A cache of one format for each zone, because creating one takes longer than all its uses.
 * @throws RangeError for a zone that does not exist
 */
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
