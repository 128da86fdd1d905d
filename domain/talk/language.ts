/** Frequent words that only one of the two languages has. */
const SPANISH = new Set(
  'el la los las del que y en por para con si ya lo le se su es esta hay tengo tiene puede hora cita turno al bueno gracias hola buenas buenos listo una uno mañana lunes martes miercoles jueves viernes sabado domingo como pero de un aca aqui señora señor usted nos te su sus eso ese esa muy mas cuando donde todo entonces vale claro esta estan son favor llamada espere momento'.split(
    ' ',
  ),
);
const ENGLISH = new Set(
  "the and is it that you he she we i in on at of to for with not yes yeah have has can what monday tuesday wednesday thursday friday saturday sunday okay ok thanks thank hello hi this so it's that's i'll i've they are was name here your will be please call hold me my do does did there would could just we're you're he'll she'll what when how all got get good right then his her their up out if about our been who which after back".split(
    ' ',
  ),
);
/**
 * Frequent words of languages that are not read, in the spelling of `normal`. A word that is also in a list above counts for both. Words
 * that are Spanish or English and in neither list must not be here, or a short Spanish talk would be taken for Catalan.
 */
const FOREIGN: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    fr: 'le la des une et est dans pour avec pas oui bonjour merci vous nous je demain heures heure lundi mardi mercredi jeudi vendredi samedi dimanche que de en au revoir bonne voila allo votre rendez',
    pt: 'uma nao sim voce voces obrigado obrigada bom hoje amanha terca feira que de para se por esta temos tenho pode posso entao fica marcado marcada manha isso pra',
    it: 'il gli sono buongiorno grazie domani alle lunedi martedi mercoledi giovedi venerdi domenica la bene abbiamo signora signore appuntamento prego arrivederci ore della',
    de: 'der und ist nicht ja nein uhr guten morgen danke wir ich sie montag dienstag mittwoch donnerstag freitag samstag sonntag haben noch einen termin ein auf wiederhoren fur mit bitte kann geht praxis',
    nl: 'het een niet goedemorgen bedankt ik maandag dinsdag woensdag donderdag vrijdag zaterdag zondag uur kan dat ja nee we hebben voor en is goedemiddag wij afspraak graag dag tot ziens',
    ca: 'el la els amb que de es en dilluns dimarts dimecres dijous divendres dissabte diumenge bon gracies dema hores tinc tenim molt fins vuit adeu avui doncs aixo tambe podem apuntat deixo li voste nosaltres',
    gl: 'unha luns martes mercores xoves venres sabado domingo bos boas grazas temos hora moi tamen hoxe de que para por esta',
    eu: 'bai ez egun on eskerrik asko kaixo astelehena asteartea asteazkena osteguna ostirala astelehenean asteartean asteazkenean ostegunean ostiralean ordua orduan bihar gaur dugu dago eta zer nahi agur',
    hu: 'igen nem jo napot kivanok koszonom viszontlatasra hogy egy ez az kedden hetfon szerdan csutortokon penteken szombaton orakor orara rendben holnap idopont idopontot tudok tudunk kerem szepen lesz akkor csak mikor melyik delutan delelott halo fel negy negykor is',
    ro: 'nu buna ziua multumesc la revedere luni marti miercuri joi vineri sambata duminica maine avem sunt pentru cu un ati putem rog bine dimineata',
    pl: 'tak nie dzien dobry dziekuje prosze jest i godzinie poniedzialek wtorek srode czwartek piatek sobota jutro mamy moze widzenia pani wizyta wolne dobrze',
    cs: 'ano ne dobry dekuji prosim je hodin pondeli utery stredu ctvrtek patek zitra mame muze nashledanou pani volno dobre ordinace',
    tr: 'evet hayir gunaydin merhaba tesekkurler tesekkur ederim iyi gunler saat yarin pazartesi sali carsamba persembe cuma cumartesi var yok bir icin tamam buyurun randevu efendim olur',
    sv: 'hej ja nej tack det ar och en ett har klockan mandag tisdag onsdag torsdag fredag imorgon kan du jag inte tid for med adjo',
    id: 'ya tidak selamat pagi siang terima kasih hari senin selasa rabu kamis jumat sabtu besok ada bisa untuk kami saya dengan baik pukul klinik',
  }).map(([language, words]) => [language, new Set(words.split(' '))]),
);

/** In a text of this many words, at least such a share consists of words of every talk in its language. */
const ENOUGH_WORDS = 12;
const LEAST_SHARE = 0.12;
/** One side alone has few words, and often no sentences. */
const ENOUGH_OF_ONE_SIDE = 16;
const LEAST_OF_ONE_SIDE = 0.05;

export type Language = 'es' | 'en';

/**
 * The languages of a talk's normalised words: both when it switches; none when most of it is in another language, or when few of its words
 * are known. A few words without a clear language count as either.
 */
export function languagesOf(texts: readonly string[]): readonly Language[] {
  const counted = countedIn(texts);
  const { es, en, all } = counted;
  if (isOfAnother(counted)) return [];
  if (all >= ENOUGH_WORDS && es + en < all * LEAST_SHARE) return [];
  if (es > 3 * en) return ['es'];
  if (en > 3 * es) return ['en'];
  return ['es', 'en'];
}

/**
 * True when one side's words are in a language that is not read: in another script, in a known other language, or with hardly a known word.
 */
export function isForeign(texts: readonly string[]): boolean {
  const counted = countedIn(texts);
  const { es, en, all } = counted;
  return isOfAnother(counted) || (all >= ENOUGH_OF_ONE_SIDE && es + en < all * LEAST_OF_ONE_SIDE);
}

interface Counted {
  es: number;
  en: number;
  all: number;
  /** The other language with most words, and the number of its distinct words that neither of the two has. */
  foreign: number;
  own: number;
  /** Letters, and those of another script. */
  letters: number;
  others: number;
}

const isOfAnother = ({ es, en, foreign, own, letters, others }: Counted): boolean =>
  (own >= 2 && foreign > es && foreign > en) || (others > 0 && 2 * others >= letters);

function countedIn(texts: readonly string[]): Counted {
  const words = texts.flatMap((text) => text.split(/[^\p{L}\p{M}']+/u)).filter((word) => word !== '');
  const count = (of: ReadonlySet<string>): number => words.filter((word) => of.has(word)).length;
  const isOwn = (word: string): boolean => !SPANISH.has(word) && !ENGLISH.has(word);
  let foreign = 0;
  let own = 0;
  for (const language of Object.values(FOREIGN)) {
    const heard = words.filter((word) => language.has(word));
    if (heard.length <= foreign) continue;
    foreign = heard.length;
    own = new Set(heard.filter(isOwn)).size;
  }
  const letters = texts.join('').match(/\p{L}/gu)?.length ?? 0;
  const others = texts.join('').match(/(?!\p{Script=Latin})\p{L}/gu)?.length ?? 0;
  return { es: count(SPANISH), en: count(ENGLISH), all: words.length, foreign, own, letters, others };
}
