/** Rows to begin with, with the delimiter of spreadsheets in the language. The numbers are those of the sandbox. */
const SAMPLES = {
  en: [
    'key,phone,business_name,service_type,user_name,preferred_date,preferred_time,language,metadata.order',
    'patient-1,+54 11 4321 1234,Dental South,dentist,Lucy Gomez,tomorrow,in the afternoon,en,A-1',
    'patient-2,+54 11 4321 1235,Nandu Hairdressers,"haircut, long hair",Thomas Ruiz,Friday,10:00,en,A-2',
    'patient-3,+54 11 4321 1236,Belgrano Opticians,eye test,Julia Paz,,,en,A-3',
  ],
  es: [
    'key;teléfono;business_name;service_type;user_name;preferred_date;preferred_time;language;metadata.pedido',
    'paciente-1;+54 11 4321 1234;Clínica Dental Sur;dentista;Lucía Gómez;mañana;por la tarde;es;A-1',
    'paciente-2;+54 11 4321 1235;Peluquería Ñandú;corte, pelo largo;Tomás Ruiz;viernes;10:00;es;A-2',
    'paciente-3;+54 11 4321 1236;Óptica Belgrano;control de vista;Julia Paz;;;es;A-3',
  ],
};

/** A table in UTF-8 with a byte order mark, without which spreadsheets take its letters for others. */
export const sampleText = (language: keyof typeof SAMPLES): string => `\ufeff${SAMPLES[language].join('\r\n')}\r\n`;

/** The sample's address, for a link that downloads it. */
export const sampleHref = (language: keyof typeof SAMPLES): string =>
  `data:text/csv;charset=utf-8,${encodeURIComponent(sampleText(language))}`;
