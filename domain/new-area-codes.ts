/**
 * Area codes of the United States that are in service, or soon will be, and that libphonenumber does not know yet, each with a code that it
 * covers. Source: the NPA report of the North American Numbering Plan Administrator.
 */
const LIES_OVER: Record<string, string> = {
  '357': '559',
  '436': '440',
  '457': '318',
  '465': '718',
  '471': '662',
  '483': '334',
  '565': '912',
  '621': '713',
  '624': '716',
  '679': '313',
  '729': '423',
  '761': '502',
  '837': '530',
  '861': '309',
  '924': '507',
};

export const NEW_AREA_CODES: readonly string[] = Object.keys(LIES_OVER);

/** A number of the same form that libphonenumber knows. Its rules apply to the number of a new overlay as well. E.164 in and out. */
export const inKnownArea = (number: string): string =>
  number.replace(/^\+1(\d{3})(?=\d{7}$)/, (typed, area: string) =>
    Object.hasOwn(LIES_OVER, area) ? `+1${LIES_OVER[area]}` : typed,
  );
