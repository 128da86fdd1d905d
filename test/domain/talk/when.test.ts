import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findDays, findParts, findTimes, findWhen, type Language } from '../../../domain/talk/when/index.ts';

/** Days as "values", with "conflict" or "past" behind them; one entry a mention. */
const days = (text: string, date: string, language?: Language) =>
  findDays(text, { date }, language).map(({ values, conflict, past }) =>
    [values.join('|'), conflict && 'conflict', past && 'past'].filter(Boolean).join(' '),
  );

/** Times as "values", with "exact", the vagueness and "bare" behind them. */
const times = (text: string, language?: Language) =>
  findTimes(text, language).map(({ values, exact, vague, bare }) =>
    [values.join('|'), exact && 'exact', vague, bare && 'bare'].filter(Boolean).join(' '),
  );

type Case = [text: string, expected: string[]];

/** Tuesday. */
const CALL = '2027-01-12';

describe('days in Spanish', () => {
  it.each<Case>([
    ['hoy mismo', ['2027-01-12']],
    ['lo puedo mañana', ['2027-01-13']],
    ['MAÑANA A LAS NUEVE', ['2027-01-13']],
    ['man\u0303ana a las nueve', ['2027-01-13']],
    ['hasta mañana', ['2027-01-13']],
    ['mañana por la mañana', ['2027-01-13']],
    ['mañana a la mañana', ['2027-01-13']],
    ['la cita de mañana', ['2027-01-13']],
    ['a las nueve de la mañana', []],
    ['por la mañana', []],
    ['una visita, de mañana', []],
    ['pasado mañana', ['2027-01-14']],
    ['esta tarde', ['2027-01-12']],
    ['el jueves', ['2027-01-14']],
    ['el martes', ['2027-01-19|2027-01-12']],
    ['este jueves', ['2027-01-14']],
    ['el miercoles', ['2027-01-13']],
    ['el miércoles, 13', ['2027-01-13']],
    ['el miércoles, ocho', ['2027-01-13']],
    ['el jueves que viene, 21', ['2027-01-21']],
    ['el miércoles treinta y uno', ['conflict']],
    ['EL SÁBADO', ['2027-01-16']],
    ['el próximo jueves', ['2027-01-14|2027-01-21']],
    ['el martes que viene', ['2027-01-19']],
    ['el lunes de la otra semana', ['2027-01-18']],
    ['el jueves de la semana que viene', ['2027-01-21']],
    ['la próxima semana, el viernes', ['2027-01-22']],
    ['la semana que viene', []],
    ['de hoy en ocho', ['2027-01-19']],
    ['en quince días', ['2027-01-26']],
    ['dentro de diez días', ['2027-01-22']],
    ['el jueves en ocho', ['2027-01-21']],
    ['martes en quince días', ['2027-01-26|2027-02-02']],
    ['el martes diecinueve', ['2027-01-19']],
    ['jueves veintiocho', ['2027-01-28']],
    ['sábado 16', ['2027-01-16']],
    ['lunes primero', ['2027-02-01']],
    ['el lunes 1 a las nueve', ['2027-02-01']],
    ['el viernes, que es el 15', ['2027-01-15']],
    ['el diecinueve, martes, a las nueve', ['2027-01-19']],
    ['lunes 1 de febrero', ['2027-02-01']],
    ['el quince de enero', ['2027-01-15']],
    ['dos de abril', ['2027-04-02']],
    ['31 de diciembre', ['2026-12-31 past']],
    ['31 de diciembre de 2027', ['2027-12-31']],
    ['el lunes 18/1', ['2027-01-18']],
    ['el 4/2', ['2027-02-04']],
    ['para el 21/12', ['2026-12-21 past']],
    ['el 30/2', ['']],
    ['el 5 del mes que viene', ['2027-02-05']],
    ['el veintitrés', ['2027-01-23|2027-02-23']],
    ['el día 14 a las tres', ['2027-01-14|2027-02-14']],
    ['el 11 a las tres', ['2027-02-11|2027-03-11 past']],
    ['sa bado dieciseis', ['2027-01-16']],
    ['jue bes catorce', ['2027-01-14']],
    ['miércoles 13 nueve y media', ['2027-01-13']],
    ['sabado dieciseis ocho de la mañana', ['2027-01-16']],
    ['jueves nueve y media', ['2027-01-14']],
    ['jueves ocho y cuarto', ['2027-01-14']],
    ['sábado nueve de la noche', ['2027-01-16']],
    ['viernes nueve treinta', ['2027-01-15']],
    ['lunes o viernes', ['2027-01-18', '2027-01-15']],
    ['el lunes 18 o el martes 19', ['2027-01-18', '2027-01-19']],
    ['miércoles 12', ['conflict']],
    ['lunes 12 de enero', ['conflict']],
    ['lunes 31 de febrero', ['']],
    ['lunes a viernes', []],
    ['de lunes a sábado', []],
    ['los jueves', []],
    ['el martes pasado', []],
    ['calle 25 de mayo 310', []],
    ['avenida 9 de julio', []],
    ['nacida el 3 de mayo del 48', ['1948-05-03 past']],
    ['2027-01-20', ['2027-01-20']],
  ])('%s', (text, expected) => {
    expect(days(text, CALL, 'es')).toEqual(expected);
  });
});

describe('days in English', () => {
  it.each<Case>([
    ['today', ['2027-01-12']],
    ['tomorrow morning', ['2027-01-13']],
    ['tonight at eight', ['2027-01-12']],
    ['the day after tomorrow', ['2027-01-14']],
    ['Thursday', ['2027-01-14']],
    ['on Tuesday', ['2027-01-19|2027-01-12']],
    ['this Friday', ['2027-01-15']],
    ['next Thursday', ['2027-01-14|2027-01-21']],
    ['next Tuesday', ['2027-01-19']],
    ['Friday next week', ['2027-01-22']],
    ['next week on Friday', ['2027-01-22']],
    ['next week', []],
    ['the week after next', []],
    ['Monday week', ['2027-01-25']],
    ['a week on Friday', ['2027-01-22']],
    ['a week from Friday', ['2027-01-22']],
    ['Tuesday week', ['2027-01-19|2027-01-26']],
    ['the Monday after next', ['2027-01-25']],
    ['this day week', ['2027-01-19']],
    ['a week today', ['2027-01-19']],
    ['in a fortnight', ['2027-01-26']],
    ['a fortnight on Friday', ['2027-01-29']],
    ['two weeks from today', ['2027-01-26']],
    ['two weeks from Friday', ['2027-01-29']],
    ['come back in two weeks', ['2027-01-26']],
    ['Tuesday the nineteenth', ['2027-01-19']],
    ['Tuesday the nineteenth, nine', ['2027-01-19']],
    ['Tuesday nineteenth', ['2027-01-19']],
    ['Friday the twenty second', ['2027-01-22']],
    ['Friday the twenty-second', ['2027-01-22']],
    ['Friday the 22nd', ['2027-01-22']],
    ['Friday 22', ['2027-01-22']],
    ['Tuesday the second', ['2027-02-02']],
    ['this Saturday is the sixteenth', ['2027-01-16']],
    ["the twentieth, that's a Wednesday", ['2027-01-20']],
    ['Monday, February first', ['2027-02-01']],
    ['February first', ['2027-02-01']],
    ['Feb. 3', ['2027-02-03']],
    ['1 April', ['2027-04-01']],
    ['third of Feb', ['2027-02-03']],
    ['Wednesday the 3rd of March', ['2027-03-03']],
    ['Monday first of March', ['2027-03-01']],
    ['December 31st', ['2026-12-31 past']],
    ['December 31st, 2027', ['2027-12-31']],
    ['the twenty-third', ['2027-01-23|2027-02-23']],
    ['on the first', ['2027-02-01|2027-03-01']],
    ['the 3rd of next month', ['2027-02-03']],
    ['on 4/2', ['2027-02-04|2027-04-02']],
    ['Friday 4/2', ['2027-04-02']],
    ['choose day the nineteenth', ['2027-01-19']],
    ['Fry day the twelf of February', ['2027-02-12']],
    ['Wednesday the twelfth', ['conflict']],
    ['Monday the 12th of January', ['conflict']],
    ['Tuesday the fifth', ['2027-01-05 past']],
    ['Monday to Friday', []],
    ['Monday through Friday', []],
    ['Mondays', []],
    ['every Monday', []],
    ['last Tuesday', []],
    ['last Friday the 8th', []],
    ['Fri 15th', ['2027-01-15']],
    ['Friday twelve thirty', ['2027-01-15']],
    ['Friday 12 30', ['2027-01-15']],
    ['May 5th', ['2027-05-05']],
    ['Friday, the one after', ['2027-01-15']],
    ['Tuesday nine fifteen', ['2027-01-19|2027-01-12']],
    ['Friday 9:15', ['2027-01-15']],
    ['Friday at 9', ['2027-01-15']],
    ['it may second that', []],
    ['we may be late', []],
    ['they march past', []],
    ['on the second floor', []],
    ['first thing', []],
    ['wait a second', []],
    ['the sun sat low', []],
    ['the first is gone', []],
    ['open 24/7', []],
  ])('%s', (text, expected) => {
    expect(days(text, CALL, 'en')).toEqual(expected);
  });
});

describe('days at the turn of a month or a year', () => {
  it.each<[date: string, language: Language, text: string, expected: string[]]>([
    ['2026-12-31', 'es', 'mañana', ['2027-01-01']],
    ['2026-12-31', 'en', 'the second', ['2027-01-02|2027-02-02']],
    ['2026-12-30', 'es', 'lunes 4', ['2027-01-04']],
    ['2026-12-18', 'es', 'el lunes 12', ['conflict']],
    ['2027-01-27', 'en', 'Monday the first', ['2027-02-01']],
    ['2027-02-04', 'en', 'Tuesday the second', ['2027-03-02|2027-02-02 past']],
    ['2027-02-04', 'en', 'Tuesday the second of February', ['2027-02-02 past']],
    ['2027-03-04', 'en', 'Tuesday the second', ['2027-03-02 past']],
    ['2027-03-31', 'es', 'jueves primero', ['2027-04-01']],
    ['2027-02-27', 'es', 'pasado mañana', ['2027-03-01']],
    ['2028-02-27', 'es', 'pasado mañana', ['2028-02-29']],
    ['2027-02-20', 'en', 'the 29th of February', ['']],
    ['2027-02-20', 'en', 'Monday the 29th of February', ['']],
    ['2028-02-20', 'en', 'Tuesday the 29th of February', ['2028-02-29']],
    ['2027-02-20', 'es', 'miércoles 31', ['2027-03-31']],
    ['2027-03-28', 'en', 'Monday next week', ['2027-03-29|2027-04-05']],
    ['2027-12-01', 'en', '3 January', ['2028-01-03']],
  ])('%s %s %s', (date, language, text, expected) => {
    expect(days(text, date, language)).toEqual(expected);
  });

  it('takes no later month to make a weekday fit', () => {
    // 16 January is a Saturday; 16 February would be a Tuesday.
    expect(days('Tuesday the sixteenth', '2027-01-10', 'en')).toEqual(['conflict']);
  });

  it('says what was said', () => {
    expect(findDays('el lunes 12 de enero de 2027', { date: CALL }, 'es')).toEqual([
      {
        at: 3,
        end: 28,
        text: 'lunes 12 de enero de 2027',
        kind: 'weekday_and_date',
        weekday: 1,
        day: 12,
        month: 1,
        year: 2027,
        values: [],
        conflict: true,
      },
    ]);
  });
});

describe('times in Spanish', () => {
  it.each<Case>([
    ['a las nueve', ['09:00|21:00']],
    ['a las 9', ['09:00|21:00']],
    ['a las tres', ['15:00|03:00']],
    ['a la una', ['13:00|01:00']],
    ['a las tres de la tarde', ['15:00 exact']],
    ['a las ocho de la noche', ['20:00 exact']],
    ['a las doce de la noche', ['00:00 exact']],
    ['a las doce de la mañana', ['12:00 exact']],
    ['ocho de la mañana', ['08:00 exact']],
    ['a las seis de la mañana', ['06:00 exact']],
    ['una de la madrugada', ['01:00 exact']],
    ['doce del día', ['12:00 exact']],
    ['16 hs', ['16:00 exact']],
    ['9 hs', ['09:00 exact']],
    ['16h', ['16:00 exact']],
    ['16.30', ['16:30 exact']],
    ['16h30', ['16:30 exact']],
    ['08:30', ['08:30 exact']],
    ['8:30', ['08:30|20:30']],
    ['4:30pm', ['16:30 exact']],
    ['8 a. m.', ['08:00 exact']],
    ['cuatro y media', ['16:30|04:30']],
    ['tres imedia', ['15:30|03:30']],
    ['cuatro y cuarto', ['16:15|04:15']],
    ['cuatro y diez', ['16:10|04:10']],
    ['quince y veinte', ['15:20 exact']],
    ['a las 15 y 20', ['15:20 exact']],
    ['nueve treinta y cinco', ['09:35|21:35']],
    ['las nueve y treinta y cinco', ['09:35|21:35']],
    ['siete diez', ['07:10|19:10']],
    ['diez cuarenta', ['10:40|22:40']],
    ['cinco treinta de la tarde', ['17:30 exact']],
    ['a las cinco y doce', ['17:12|05:12']],
    ['a las cinco y once puedo', ['17:11|05:11']],
    ['a las 5 y 12', ['17:12|05:12']],
    ['a las ocho y dos', ['08:02|20:02']],
    ['a las siete y ocho minutos', ['07:08|19:08']],
    ['cinco y doce de la tarde', ['17:12 exact']],
    ['a las ocho y dos personas', []],
    ['a las diez y once de la mañana', ['10:00|22:00', '11:00 exact']],
    ['ocho cero cinco', ['08:05|20:05']],
    ['cuarto para las cinco', ['16:45|04:45']],
    ['un cuarto para las cinco', ['16:45|04:45']],
    ['veinticinco pa las siete', ['18:35|06:35']],
    ['diez para las cinco', ['16:50|04:50']],
    ['cinco menos veinte', ['16:40|04:40']],
    ['siete menos cuarto', ['18:45|06:45']],
    ['una menos diez', ['12:50|00:50']],
    ['diez menos diez', ['09:50|21:50']],
    ['once menos cuarto de la mañana', ['10:45 exact']],
    ['al mediodía', ['12:00 exact']],
    ['a las doce cinco puedo', ['12:05|00:05']],
    ['doce cinco viernes dos', ['12:05|00:05']],
    ['a las siete cincuenta y dos', ['07:52|19:52']],
    ['a las nueve cinco personas', ['09:00|21:00']],
    ['sábado doce cinco de la tarde', ['17:00 exact']],
    ['a las nueve tres', []],
    ['a mediodía y media', ['12:30 exact']],
    ['siete en punto', ['07:00|19:00']],
    ['a las veinte y treinta', ['20:30 exact']],
    ['sábado veinte treinta', ['20:30 exact']],
    ['a las veinte horas', ['20:00 exact']],
    ['cinco y media pasadas', ['17:30|05:30 after']],
    ['las cinco y pico', ['17:00|05:00 around']],
    ['a las 10 u 11', ['10:00|22:00', '11:00|23:00 bare']],
    ['a medianoche', ['00:00 exact']],
    ['a las doce y media', ['12:30|00:30']],
    ['jueves veintiocho a las diez y media', ['10:30|22:30']],
    ['miércoles 24 nueve y media', ['09:30|21:30']],
    ['sábado cinco ocho de la mañana', ['08:00 exact']],
    ['mañana en la tarde a las cinco', ['17:00 exact']],
    ['a las onse', ['11:00|23:00']],
    ['a eso de las cuatro', ['16:00|04:00 around']],
    ['tipo nueve', ['09:00|21:00 around']],
    ['sobre las once', ['11:00|23:00 around']],
    ['como a las diez', ['10:00|22:00 around']],
    ['a eso del mediodía', ['12:00 exact around']],
    ['después de las cuatro', ['16:00|04:00 after']],
    ['a partir de las diez y media', ['10:30|22:30 after']],
    ['desde las siete', ['07:00|19:00 after']],
    ['hasta las ocho', ['08:00|20:00 before']],
    ['antes de las nueve', ['09:00|21:00 before']],
    ['de nueve a cinco', ['09:00|21:00 range', '17:00|05:00 range']],
    ['entre las dos y las cuatro', ['14:00|02:00 range', '16:00|04:00 range']],
    ['de ocho menos cuarto a nueve y media', ['07:45|19:45 range', '09:30|21:30 range']],
    ['¿tres?', ['15:00|03:00 bare']],
    ['nueve, perfecto', ['09:00|21:00 bare']],
    ['las dos me sirven', ['14:00|02:00 bare']],
  ])('%s', (text, expected) => {
    expect(times(text, 'es')).toEqual(expected);
  });
});

describe('times in English', () => {
  it.each<Case>([
    ['at nine', ['09:00|21:00']],
    ['at one', ['13:00|01:00']],
    ["nine o'clock", ['09:00|21:00']],
    ['ten o clock', ['10:00|22:00']],
    ['eight a.m.', ['08:00 exact']],
    ['8 am', ['08:00 exact']],
    ['twelve pm', ['12:00 exact']],
    ['12 am', ['00:00 exact']],
    ['4:30pm', ['16:30 exact']],
    ['4.30', ['16:30|04:30']],
    ['16:30', ['16:30 exact']],
    ['half four', ['16:30|04:30']],
    ['half past four', ['16:30|04:30']],
    ['half eleven', ['11:30|23:30']],
    ['quarter past nine', ['09:15|21:15']],
    ['quarter past ate', ['08:15|20:15']],
    ['a quarter to five', ['16:45|04:45']],
    ['quarter of four', ['15:45|03:45']],
    ['five to four', ['15:55|03:55']],
    ['ten till nine', ['08:50|20:50']],
    ['twenty past three', ['15:20|03:20']],
    ['five and twenty to three', ['14:35|02:35']],
    ['twenty-five to three', ['14:35|02:35']],
    ['thirty-five minutes past two', ['14:35|02:35']],
    ['ten to noon', ['11:50 exact']],
    ['ten fifteen', ['10:15|22:15']],
    ['six forty', ['18:40|06:40']],
    ['nine thirty', ['09:30|21:30']],
    ['eight oh five', ['08:05|20:05']],
    ['six ten in the evening', ['18:10 exact']],
    ['sixteen fifteen', ['16:15 exact']],
    ['eleven in the morning', ['11:00 exact']],
    ['at nine fifty two', ['09:52|21:52']],
    ['at nine four people', ['09:00|21:00']],
    ['at nine two', []],
    ['three in the afternoon', ['15:00 exact']],
    ['three this afternoon', ['15:00 exact']],
    ['this afternoon at three', ['15:00 exact']],
    ['seven at night', ['19:00 exact']],
    ['eight tomorrow morning', ['08:00 exact']],
    ['twenty of three', ['14:40|02:40']],
    ['nine or ten', ['09:00|21:00 bare', '10:00|22:00 bare']],
    ['Friday 12 30', ['12:30|00:30']],
    ['at 1630', ['16:30 exact']],
    ['9am-5pm', ['09:00 exact range', '17:00 exact range']],
    ['nine tonight', ['21:00 exact']],
    ['tomorrow morning at nine', ['09:00 exact']],
    ['noon', ['12:00 exact']],
    ['twelve noon', ['12:00 exact']],
    ['midnight', ['00:00 exact']],
    ['Saturday the nineteenth at nine', ['09:00|21:00']],
    ['the seventeenth at nine fifty', ['09:50|21:50']],
    ['around half seven', ['07:30|19:30 around']],
    ['about nine o’clock', ['09:00|21:00 around']],
    ['nineish', ['09:00|21:00 around']],
    ['after four', ['16:00|04:00 after']],
    ['before nine', ['09:00|21:00 before']],
    ['till eight', ['08:00|20:00 before']],
    ['back by eleven', ['11:00|23:00 before']],
    ['from nine to five', ['09:00|21:00 range', '17:00|05:00 range']],
    ['between two and four', ['14:00|02:00 range', '16:00|04:00 range']],
    ['nine thirty to eleven', ['09:30|21:30 range', '11:00|23:00 range']],
    ['open ten to twelve', ['10:00|22:00 range', '12:00|00:00 range']],
    ['k. nine', ['09:00|21:00 bare']],
    ["nine's fine", ['09:00|21:00 bare']],
    ['Saturday the nineteenth, nine', ['09:00|21:00 bare']],
    ['the six ten', ['18:10|06:10']],
    ["I've got a six ten and a seven", ['18:10|06:10', '07:00|19:00 bare']],
  ])('%s', (text, expected) => {
    expect(times(text, 'en')).toEqual(expected);
  });
});

describe('no day and no time', () => {
  it.each<[Language, string]>([
    ['es', 'Seis años.'],
    ['es', 'mesa para nueve'],
    ['es', 'somos cuatro'],
    ['es', 'tres personas'],
    ['es', 'para dos personas'],
    ['es', 'cuarenta mil pesos'],
    ['es', 'ciento veinte mil'],
    ['es', 'cuarenta y tres euros'],
    ['es', 'dos lucas cada una'],
    ['es', 'veinte minutos'],
    ['es', 'en veinte minutos'],
    ['es', 'una hora'],
    ['es', 'media hora'],
    ['es', 'hora y media'],
    ['es', 'unas cuatro horas'],
    ['es', 'ayuno de doce horas'],
    ['es', 'a las dos chicas'],
    ['es', 'primera hora'],
    ['es', 'uno nunca sabe'],
    ['es', 'el primero que llega'],
    ['es', 'calle Catamarca al 1300'],
    ['es', 'carrera 76 con 35'],
    ['es', 'apartamento 3'],
    ['es', 'marque uno'],
    ['es', 'oprima el dos'],
    ['es', 'línea tres'],
    ['es', 'fútbol cinco'],
    ['es', 'en dos días'],
    ['es', 'tres semanas'],
    ['es', '55 1234 5678'],
    ['es', 'nueve uno uno cuatro dos cinco'],
    ['es', 'La matrícula es 4471 KLM'],
    ['es', 'Un Versa 2017.'],
    ['es', 'buenos días'],
    ['es', 'los dos valen'],
    ['en', "He's fifty-two."],
    ['en', "she's nine"],
    ['en', 'aged nine'],
    ['en', 'twelve people'],
    ['en', 'table for four'],
    ['en', 'party of three'],
    ['en', 'brunch for three'],
    ['en', 'two hundred'],
    ['en', 'four hundred, over the phone'],
    ['en', 'twenty five dollar'],
    ['en', 'ten to twelve people'],
    ['en', 'half an hour'],
    ['en', 'an hour and a half'],
    ['en', 'in twenty minutes'],
    ['en', "it's about twenty minutes"],
    ['en', 'two-hour windows'],
    ['en', 'two weeks'],
    ['en', 'five seconds'],
    ['en', 'one moment'],
    ['en', 'that one'],
    ['en', 'at five past'],
    ['en', 'at 2 Main Street'],
    ['en', 'ten to fifteen minutes'],
    ['en', 'two oh four'],
    ['es', 'dos cero cuatro'],
    ['en', 'One is six foot five'],
    ['en', 'press one'],
    ['en', 'say or press one for vital records'],
    ['en', 'room four'],
    ['en', 'Oh eight seven, five five five, oh one four two.'],
    ['en', '020 7946 0123'],
    ['en', 'all four of them'],
    ['en', 'I may march in'],
    ['en', 'at one point'],
    ['en', 'one of us'],
    ['en', 'we sat down in the sun'],
    ['en', 'open 24/7'],
  ])('%s: %s', (language, text) => {
    expect([...days(text, CALL, language), ...times(text, language)]).toEqual([]);
  });
});

describe('parts of the day', () => {
  it.each<[Language, string, string[]]>([
    ['es', 'el jueves a la mañana', ['morning']],
    ['es', 'mañana por la tarde', ['afternoon']],
    ['es', 'mañana a la noche', ['night']],
    ['es', 'una visita, de mañana', ['morning']],
    ['es', 'buenas tardes', []],
    ['en', 'Wednesday morning', ['morning']],
    ['en', 'in the afternoon', ['afternoon']],
    ['en', 'tonight', ['evening']],
    ['en', 'Good evening', []],
  ])('%s: %s', (language, text, expected) => {
    expect(findParts(text, language).map(({ part }) => part)).toEqual(expected);
  });
});

describe('whatever the text', () => {
  const spoken = fc.stringMatching(/^[ a-zñáéíóúİ,.:/0-9'¿?-]{0,80}$/);
  const words = fc
    .array(
      fc.constantFrom(
        ...'a las nueve y media del lunes 12 de enero mañana por la tarde at half past ten o’clock Tuesday the twenty-third of March 4:30 pm people from to İstanbul cuarto para once'.split(
          ' ',
        ),
      ),
      { maxLength: 25 },
    )
    .map((all) => all.join(' '));

  const decomposed = (text: string) => text.normalize('NFD');

  it('its offsets point at the words', () => {
    fc.assert(
      fc.property(
        fc.oneof(spoken, spoken.map(decomposed), words, words.map(decomposed), fc.string()),
        fc.constantFrom('es', 'en', undefined),
        (text, language) => {
          const { days, times, parts } = findWhen(text, { date: CALL }, language);
          for (const all of [days, times, parts]) {
            let last = 0;
            for (const { at, end, text: said } of all) {
              expect(text.slice(at, end)).toBe(said);
              expect(said.trim()).not.toBe('');
              expect(at).toBeGreaterThanOrEqual(last);
              last = end;
            }
          }
          for (const { values } of days) for (const value of values) expect(value).toMatch(/^\d{4}-\d\d-\d\d$/);
          for (const { values } of times) {
            expect(values.length).toBeGreaterThan(0);
            for (const value of values) expect(value).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
          }
          expect({ days, times, parts }).toEqual({
            days: findDays(text, { date: CALL }, language),
            times: findTimes(text, language),
            parts: findParts(text, language),
          });
        },
      ),
    );
  });

  const DAY_MS = 86_400_000;
  const date = fc.integer({ min: 0, max: 800 }).map((n) => new Date(Date.UTC(2026, 10, 1) + n * DAY_MS));
  const iso = (day: Date) => day.toISOString().slice(0, 10);
  const WEEKDAYS = {
    es: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
    en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  };
  const MONTHS = {
    es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
    en: 'January February March April May June July August September October November December'.split(' '),
  };

  it('reads a date back, and no other', () => {
    fc.assert(
      fc.property(
        date,
        fc.integer({ min: 0, max: 27 }),
        fc.constantFrom<Language>('es', 'en'),
        (call, ahead, language) => {
          const day = new Date(call.getTime() + ahead * DAY_MS);
          const [weekday, number] = [WEEKDAYS[language][day.getUTCDay()]!, day.getUTCDate()];
          const month = MONTHS[language][day.getUTCMonth()]!;
          const full =
            language === 'es' ? `el ${weekday} ${number} de ${month}` : `${weekday} the ${number}th of ${month}`;
          expect(days(full, iso(call), language)).toEqual([iso(day)]);
          const short = language === 'es' ? `el ${weekday} ${number} a las diez` : `${weekday} the ${number}th at ten`;
          expect(findDays(short, { date: iso(call) }, language)[0]!.values[0]).toBe(iso(day));
          const wrong = WEEKDAYS[language][(day.getUTCDay() + 1 + (ahead % 6)) % 7]!;
          const wrongly =
            language === 'es' ? `el ${wrong} ${number} de ${month}` : `${wrong} the ${number}th of ${month}`;
          expect(findDays(wrongly, { date: iso(call) }, language)[0]).toMatchObject({ values: [], conflict: true });
        },
      ),
    );
  });

  it('reads a time back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        const two = (n: number) => String(n).padStart(2, '0');
        const time = `${two(hour)}:${two(minute)}`;
        expect(findTimes(`a las ${time}`, 'es').map(({ values }) => values[0])).toEqual([time]);
        const half = hour < 12 ? 'am' : 'pm';
        expect(times(`at ${hour % 12 || 12}:${two(minute)} ${half}`, 'en')).toEqual([`${time} exact`]);
      }),
    );
  });

  it('needs no language to be told', () => {
    expect(times('sábado veintisiete a las once y media')).toEqual(['11:30|23:30']);
    expect(times('once in a while we open at eleven')).toEqual(['11:00|23:00']);
    expect(days('lunes 18 a las 9', CALL)).toEqual(['2027-01-18']);
  });

  it('takes no time to speak of', () => {
    const turns = Array.from({ length: 60 }, (_, i) =>
      i % 2
        ? 'pues martes 19 a las nueve treinta y cinco de la mañana, Damián Prats, licencia de terraza. anotado'
        : 'Friday the twenty-second at quarter to nine with Ms Lowri, I have him down for the ramp, ten people',
    );
    const read = () => turns.map((turn) => findWhen(turn, { date: CALL }));
    for (let i = 0; i < 5; i++) read();
    const spent = Array.from({ length: 9 }, () => {
      const from = process.cpuUsage();
      read();
      const { user, system } = process.cpuUsage(from);
      return (user + system) / 1000;
    });
    expect(Math.min(...spent)).toBeLessThan(25);
  });
});
