import type { Random } from '../random.ts';
import type { Act } from './acts.ts';
import { type Day, daysBetween, type Hour, hourAfter } from './calendar.ts';
import type { Ending } from './kinds.ts';
import { halfIsClear, halfOf, type Scene } from './scene.ts';
import { expand, pickLine } from './template.ts';
import type { DayStyle, SaidHour } from './tongue.ts';
import type { AdversaryTurn, Slot } from './types.ts';

/** What somebody means while speaking. */
export interface Meaning {
  slot?: Slot;
  other?: Slot;
  past_day?: Day;
  /** The truth rests on these words. */
  decisive?: boolean;
}

const capital = (said: string): string => said.replace(/^[¿¡]?\p{L}/u, (begin) => begin.toUpperCase());

/** Writes a talk, turn by turn. Knows what was said before, so that a day or an hour is said in full once and then as people do. */
export class Script {
  readonly scene: Scene;
  readonly turns: AdversaryTurn[] = [];
  readonly random: Random;
  day_style: DayStyle = 'any';
  hour_words = false;
  /** The half of the day that somebody said is meant. */
  #half: string | undefined;
  ending: Ending = {};
  /** As each day was said first. */
  #days = new Map<Day, string>();
  #hours = new Set<Hour>();
  #mismatch: string | undefined;

  constructor(random: Random, scene: Scene) {
    this.random = random;
    this.scene = scene;
  }

  business(act: Act, meaning: Meaning = {}): this {
    return this.#say('business', act, meaning);
  }

  /** The business says what the truth rests on. */
  decides(act: Act, meaning: Meaning = {}): this {
    return this.#say('business', act, { ...meaning, decisive: true });
  }

  agent(act: Act, meaning: Meaning = {}): this {
    return this.#say('agent', act, meaning);
  }

  /** Words of another language, by turns; all of the truth rests on them. */
  foreign(messages: readonly string[]): void {
    for (const [at, message] of messages.entries())
      this.turns.push({ role: at % 2 === 0 ? 'business' : 'agent', message, decisive: true });
  }

  ends(ending: Ending): void {
    this.ending = ending;
  }

  /** One of several ways to go on. */
  oneOf(...ways: (() => unknown)[]): this {
    this.random.pick(ways)();
    return this;
  }

  maybe(share: number, way: () => unknown): this {
    if (this.random.chance(share)) way();
    return this;
  }

  /** A question beside the matter, and its answer. */
  aside(share = 0.4): this {
    if (!this.random.chance(share)) return this;
    const { tongue, trade } = this.scene;
    const [asked, answered] = this.random.pick([...tongue.side.all, ...tongue.side[trade], ...tongue.side[trade]]);
    this.#add('business', asked, {});
    this.#add('agent', answered, {});
    return this;
  }

  #say(role: 'agent' | 'business', act: Act, meaning: Meaning): this {
    const { tongue, region } = this.scene;
    this.#add(role, pickLine(this.random, tongue.phrases[act], region), meaning, act);
    return this;
  }

  #add(role: 'agent' | 'business', template: string, { decisive = false, ...meaning }: Meaning, act?: Act): void {
    const said = expand(this.random, template, (name) => this.#value(name, meaning));
    this.turns.push({ role, message: role === 'agent' ? capital(said) : said, decisive, act });
  }

  #value(name: string, { slot = this.scene.slot, other = this.scene.other, past_day }: Meaning): string {
    const { random, scene } = this;
    const { tongue, region } = scene;
    switch (name) {
      case 'day':
        return this.#day(slot.day);
      case 'dia':
        return tongue.bareDay(this.#day(slot.day));
      case 'on':
        return tongue.onDay(this.#day(slot.day));
      case 'at':
        return this.#hour(slot.hour).at;
      case 'hour':
        return this.#hour(slot.hour).bare;
      case 'day2':
        return this.#day(other.day);
      case 'at2':
        return this.#hour(other.hour).at;
      case 'hour2':
        return this.#hour(other.hour).bare;
      case 'early':
        return this.#early(slot.hour);
      case 'past_day':
        return tongue.sayDate(random, past_day!, region);
      case 'mismatch':
        this.#mismatch ??= tongue.wrongWeekday(random, slot.day, region);
        return this.#mismatch;
      case 'garbled_day':
        return tongue.garbledDay(random, slot.day, region);
      case 'half':
        this.#half = halfOf(slot.hour, scene.language);
        return random.pick(tongue.halves[halfOf(slot.hour, scene.language)]);
      case 'letters':
        return tongue.letters(scene.user.split(' ').at(-1)!);
      case 'street':
        return random.pick(tongue.streets);
      case 'digits':
        return random.pick(tongue.digits);
      case 'price':
        return random.pick(tongue.prices);
      case 'length':
        return random.pick([tongue.inWords(random.pick([20, 30, 40, 45])), '30', '45']);
      case 'number':
        return String(random.int(2, 12));
      case 'service':
        return scene.request.service_type;
      case 'business':
      case 'errand':
      case 'other_errand':
      case 'user':
      case 'stranger':
      case 'person':
      case 'colleague':
        return scene[name];
      default:
        throw new Error(`no value for {${name}}`);
    }
  }

  #day(day: Day): string {
    const { tongue, called, region } = this.scene;
    const first = this.#days.get(day);
    if (first !== undefined && this.random.chance(0.75)) {
      // A day that was counted out keeps no name that a nearer one has too.
      const near = daysBetween(called, day) < 7 || tongue.namesDate(first);
      return near ? tongue.sayDayAgain(this.random, day, called, region) : tongue.sayDate(this.random, day, region);
    }
    const said = tongue.sayDay(this.random, day, called, region, first === undefined ? this.day_style : 'any');
    if (first === undefined) this.#days.set(day, said);
    return said;
  }

  #hour(hour: Hour): SaidHour {
    const { tongue, region, trade, language } = this.scene;
    const known = this.#half === halfOf(hour, language) || this.#hours.has(hour) || halfIsClear(trade, hour);
    this.#hours.add(hour);
    const sure = !known || this.random.chance(0.3);
    return tongue.sayHour(this.random, hour, region, { sure, words: this.hour_words });
  }

  #early(hour: Hour): string {
    const { tongue, region, language } = this.scene;
    const said = tongue.sayHour(this.random, hourAfter(hour, -15), region, { sure: false, words: this.hour_words });
    return language === 'es' ? said.at : said.bare;
  }
}
