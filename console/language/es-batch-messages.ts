const TEXT_COLUMN = 'dale a la columna el formato Texto y escribí el número de nuevo';
const SAVE_AS = 'abrilo en su programa y guardalo como CSV (UTF-8)';

/** The API's messages about a batch's table, rows and settings; the first matching pattern counts. */
export const BATCH_MESSAGES: [RegExp, string][] = [
  [/^was turned into (.+) by a spreadsheet.*/, `la planilla lo convirtió en $1 y se perdieron dígitos: ${TEXT_COLUMN}`],
  [
    /^is (.+): a spreadsheet took the number for a formula.*/,
    `es $1: la planilla tomó el número por una fórmula; ${TEXT_COLUMN}`,
  ],
  [
    /^is the decimal number (.+): format.*/,
    'es el número decimal $1: dale a la columna el formato Texto y escribilo sin coma ni punto',
  ],
  [
    /^is not one telephone number \((.+)\).*/,
    'no es un solo número de teléfono ($1): poné uno, sin palabras ni interno',
  ],
  [
    /^has no country code.*; did you mean (\+\d+)\?$/,
    'no tiene código de país: escribilo con + y el código, como +54 11 4321 1234, o elegí el país en las opciones; ¿quisiste decir $1?',
  ],
  [
    /^has no country code.*/,
    'no tiene código de país: escribilo con + y el código, como +54 11 4321 1234, o elegí el país en las opciones',
  ],
  [
    /^is not a valid number in (\S+): check its digits, or write it.*/,
    'no es un número válido ($1): revisá los dígitos o escribilo con + y su código de país',
  ],
  [/^is missing: give the number of the business$/, 'falta: poné el número del comercio'],
  [/^is missing: give it in the row, or in defaults$/, 'falta: ponelo en la fila o en las opciones'],
  [
    /^is not a known column, and the nearest known one is (\S+): .* call it (metadata\S+) to keep.*/,
    'no es una columna conocida; la más parecida es $1: cambiale el nombre, quitala o llamala $2 para guardarla con la reserva',
  ],
  [
    /^is not a known field, and the nearest known one is (\S+):.*/,
    'no es un campo conocido; el más parecido es $1: cambiale el nombre, quitalo o ponelo en metadata',
  ],
  [
    /^means the same as the column (.+): keep one.*call it (metadata\S+)$/,
    'es lo mismo que la columna $1: dejá una de las dos o llamala $2',
  ],
  [
    /^is the number of row (\d+) \(line (\d+)\): remove.*/,
    'es el número de la fila $1 (línea $2): quitá una de las dos, o elegí en las opciones dejarla afuera o reservar igual',
  ],
  [
    /^has the number, service, person and day of row (\d+) \(line (\d+)\):.*/,
    'tiene el número, servicio, persona y día de la fila $1 (línea $2): quitá una de las dos o dale una clave a cada una',
  ],
  [
    /^is the key of row (\d+) \(line (\d+)\):.*/,
    'es la clave de la fila $1 (línea $2): dale una clave propia a cada fila',
  ],
  [
    /^is the number of row (\d+): remove.*/,
    'es el número de la fila $1: quitá una de las dos, o elegí en las opciones dejarla afuera o reservar igual',
  ],
  [
    /^has the number, service, person and day of row (\d+):.*/,
    'tiene el número, servicio, persona y día de la fila $1: quitá una de las dos o dale una clave a cada una',
  ],
  [/^is the key of row (\d+):.*/, 'es la clave de la fila $1: dale una clave propia a cada fila'],
  [
    /^is the number of a row of the batch: remove.*/,
    'es el número de una fila que el lote ya tiene: quitá esta fila, o elegí en las opciones dejarla afuera o reservar igual',
  ],
  [
    /^has the number, service, person and day of a row of the batch:.*/,
    'tiene el número, servicio, persona y día de una fila que el lote ya tiene: quitá esta fila o dale una clave propia',
  ],
  [/^is the key of a row of the batch:.*/, 'es la clave de una fila que el lote ya tiene: dale una clave propia'],
  [
    /^is needed: (not_before|not_after) is the local time (.+), and this number may be in several time zones \((.+)\)$/,
    'es obligatoria: $2 es una hora local, y este número puede estar en varias zonas horarias ($3)',
  ],
  [/^has (\d+) more unknown fields$/, 'tiene $1 campos desconocidos más'],
  [
    /^has more than (\d+) characters after "metadata\.".*/,
    'tiene más de $1 caracteres después de «metadata.»: acortalo',
  ],
  [/^has too many levels:.*/, 'tiene demasiados niveles: poné solo los campos de una reserva'],
  [/^must be an object with business and request$/, 'debe ser un objeto con business y request'],
  [/^is empty: give at least one row$/, 'está vacío: tiene que haber al menos una fila'],
  [
    /^has (\d+) cells, and the header has (\d+):.*/,
    'tiene $1 celdas y el encabezado tiene $2: revisá los separadores y poné entre comillas la celda que tenga uno adentro',
  ],
  [
    /^has the cell (.+) in column (\d+), which has no name:.*/,
    'tiene la celda $1 en la columna $2, que no tiene nombre: ponele nombre o vaciá la celda',
  ],
  [
    /^has (\d+) columns, and at most (\d+) are read:.*/,
    'tiene $1 columnas y se leen $2 como máximo: quitá las que sobran',
  ],
  [
    /^has a quote inside a cell:.*?( \(line (\d+), the header\))?$/,
    'tiene una comilla dentro de una celda: poné la celda entre comillas y duplicá las que sean del texto',
  ],
  [
    /^has a quote that is not closed.*/,
    'tiene una comilla sin cerrar, o una suelta dentro de una celda entre comillas: cerrala, o duplicala si es del texto',
  ],
  [/^has a header and no rows:.*/, 'tiene encabezado y ninguna fila: agregá una por comercio'],
  [/^is empty: give.*/, 'está vacío: tiene que haber un encabezado y al menos una fila'],
  [/^is a PDF, not a table:.*/, `es un PDF, no una tabla: ${SAVE_AS}`],
  [/^is an? (?:old )?spreadsheet.*/, `es una planilla, no una tabla en texto: ${SAVE_AS}`],
  [/^is JSON, not a table:.*/, 'es JSON, no una tabla: mandalo a la API como application/json'],
  [/^is (?:a|an) .+, not a table:.*/, `no es una tabla: ${SAVE_AS}`],
  [/^has (?:bytes that no text has|control characters).*/, `no es una tabla de texto: ${SAVE_AS}`],
  [
    /^(?:is UTF-8 with broken characters|begins as \S+ and has characters).*/,
    'tiene caracteres dañados: guardalo de nuevo como CSV (UTF-8)',
  ],
  [
    /^must not be empty: leave it out, and the row gets one$/,
    'no puede quedar vacía: sin la columna, la fila recibe una',
  ],
  [/^must have at most (\d+) characters: shorten it$/, 'puede tener $1 caracteres como máximo: acortalo'],
  [/^must be more than 0, and at most 1$/, 'debe ser más de 0 % y hasta 100 %'],
  [/^must be the ISO code of a country.*/, 'debe ser el código de un país, como AR'],
  [/^must be later than not_before \(.*/, 'debe ser posterior a «desde»'],
  [/^is in the past: give a later time, or leave it out$/, 'ya pasó: poné una hora posterior o dejalo vacío'],
];
