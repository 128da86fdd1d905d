/** Talks in languages that are not read: business, agent, business, agent. */
type Talk = readonly string[];

export const FOREIGN_GIVEN: readonly Talk[] = [
  [
    'bore da, meddygfa Aberteifi',
    'Dydd Iau am dri o’r gloch, os gwelwch yn dda.',
    'iawn, dydd Iau am dri, wedi ei nodi',
    'Diolch yn fawr.',
  ],
  [
    'Praxis Lindner, guten Tag',
    'Guten Tag, am Donnerstag um drei, bitte.',
    'ja, Donnerstag fünfzehn Uhr, ist eingetragen',
    'Vielen Dank, auf Wiederhören.',
  ],
  [
    'dzień dobry, gabinet',
    'Dzień dobry, w czwartek o trzeciej, proszę.',
    'tak, w czwartek o piętnastej, zapisałam',
    'Dziękuję bardzo.',
  ],
  [
    'arratsalde on, hortz klinika',
    'Ostegunean hiruretan, mesedez.',
    'bai, ostegunean hiruretan, idatzita dago',
    'Eskerrik asko.',
  ],
];

export const FOREIGN_REFUSED: readonly Talk[] = [
  [
    'bore da, meddygfa Aberteifi',
    'Dydd Iau am dri o’r gloch, os gwelwch yn dda.',
    'mae’n ddrwg gen i, does dim byd ar gael',
    'Diolch yn fawr.',
  ],
  [
    'Praxis Lindner, guten Tag',
    'Guten Tag, am Donnerstag um drei, bitte.',
    'tut mir leid, da haben wir nichts frei',
    'Vielen Dank, auf Wiederhören.',
  ],
  [
    'dzień dobry, gabinet',
    'Dzień dobry, w czwartek o trzeciej, proszę.',
    'niestety wszystko zajęte',
    'Dziękuję bardzo.',
  ],
  ['arratsalde on, hortz klinika', 'Ostegunean hiruretan, mesedez.', 'barkatu, beteta gaude', 'Eskerrik asko.'],
];
