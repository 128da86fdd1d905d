import type { Act } from './acts.ts';
import { dayAfter } from './calendar.ts';
import { agree, close, open, stated } from './given.ts';
import type { Ending, Kind } from './kinds.ts';
import type { Script } from './script.ts';

const NOTHING: Ending = { truth: null };

/** The agent hears what it wants to hear; nobody agrees. */
function insist(s: Script, again?: Act): void {
  s.oneOf(
    () => s.agent('insist'),
    () => s.agent('insist_blind'),
    () => s.agent('bye_agent'),
  );
  if (again) s.maybe(0.5, () => s.decides(again).maybe(0.5, () => s.agent('bye_agent')));
  s.maybe(0.3, () => s.business('bye_cold'));
}

/** The business names the slot as somebody does who thinks aloud. */
const muse = (s: Script): Script =>
  s.oneOf(
    () => {},
    () => s.business('echo').agent('echo_yes'),
    () => s.business('hold_on').agent('waiting').business('back'),
  );

const wishOf = (s: Script) => open(s, s.random.pick(['slot', 'slot', 'day', 'open']));

/** Something is asked, and answered in a way that gives nothing. */
const answered = (act: Act, again?: Act, agent?: Act): Kind => ({
  spoken_against: true,
  play: (s) => {
    wishOf(s);
    muse(s)
      .maybe(0.3, () => s.agent('propose_slot'))
      .decides(act);
    if (agent) s.maybe(0.7, () => s.agent(agent));
    insist(s, again);
    s.ends(NOTHING);
  },
});

/** All is agreed, and then it is not. */
const undone = (act: Act): Kind => ({
  spoken_against: true,
  play: (s) => {
    open(s);
    agree(s).aside(0.3).decides(act);
    insist(s, s.random.pick([act, undefined]));
    s.ends(NOTHING);
  },
});

/** The business gives no appointment, and the agent reports one. */
export const REFUSED: Record<string, Kind> = {
  no_after_all: {
    spoken_against: true,
    play: (s) => {
      wishOf(s);
      s.oneOf(
        () => s.decides('denies'),
        () => s.business('offer_day').agent('ask_hour').decides('denies'),
        () => s.business('offer_slot').agent('accept_hour').decides('denies'),
        () => s.business('hold_on').agent('waiting').business('back').decides('denies'),
        () => s.business('hedge_first').agent('let_me_check').decides('denies'),
      );
      insist(s, 'denies_again');
      s.ends(NOTHING);
    },
  },
  sold_out: answered('sold_out_then', 'denies_again'),
  refused_slot: {
    spoken_against: true,
    play: (s) => {
      open(s, 'slot');
      s.decides('refuse_slot').maybe(0.5, () => s.agent('ask_other').decides('denies'));
      insist(s, 'denies_again');
      s.ends(NOTHING);
    },
  },
  hedge: {
    spoken_against: true,
    play: (s) => {
      wishOf(s);
      s.agent('propose_slot')
        .decides('hedges')
        .maybe(0.5, () => s.agent('readback').decides('hedges'));
      insist(s, 'hedges');
      s.ends(NOTHING);
    },
  },
  tentative_hold: answered('tentative'),
  retracted: undone('retracts'),
  denied_after: undone('denies'),
  moved_open: undone('moves_open'),
  price_condition: answered('conditional', 'conditional_again', 'put_off'),
  condition_not_met: {
    spoken_against: true,
    play: (s) => {
      open(s, 'slot');
      s.decides('condition_open').agent('put_off').decides('conditional_again');
      insist(s, 'conditional_again');
      s.ends(NOTHING);
    },
  },
  waiting_list: answered('waiting_list', undefined, 'take_list'),
  call_back_to_confirm: answered('call_back', undefined, 'take_back'),
  needs_person: answered('needs_person'),
  online_only: answered('elsewhere', undefined, 'take_portal'),
  asks_back: {
    play: (s) => {
      open(s, 'slot');
      for (let n = s.random.int(1, 3); n > 0; n--)
        s.decides('asks_back').agent(s.random.pick(['put_off', 'tell_name', 'insist']));
      s.maybe(0.5, () => s.decides('asks_back'));
      s.maybe(0.7, () => s.agent('insist_blind'));
      s.ends(NOTHING);
    },
  },
  echo_question: {
    play: (s) => {
      open(s, 'slot');
      s.decides('echo')
        .agent('echo_yes')
        .maybe(0.6, () => s.decides('echo_end').agent('echo_yes'));
      s.oneOf(
        () => s.decides('cut'),
        () => s.decides('asks_back').agent('insist_blind'),
        () => s.agent('insist_blind'),
      );
      s.ends(NOTHING);
    },
  },
  near_silent: {
    play: (s) => {
      s.business('not_heard').agent('intro_slot').decides('not_heard');
      s.agent('insist')
        .maybe(0.5, () => s.decides('not_heard'))
        .agent('insist_blind');
      s.ends(NOTHING);
    },
  },
  yes_to_something_else: {
    play: (s) => {
      s.business('greet');
      s.oneOf(
        () => s.agent('ask_place').decides('yes_place').agent('intro_slot').decides('asks_back').agent('insist_blind'),
        () => s.agent('intro_slot').decides('not_heard').agent('ask_hears').decides('yes_hears').agent('insist_blind'),
        () =>
          s
            .agent('intro_open')
            .business('ask_name')
            .agent('tell_name')
            .agent('ask_wait')
            .decides('yes_wait')
            .agent('insist_blind'),
      );
      s.maybe(0.5, () => s.business('cut'));
      s.ends(NOTHING);
    },
  },
  only_repeats: {
    play: (s) => {
      s.business('greet')
        .agent('intro_slot')
        .decides('repeats')
        .agent('propose_slot')
        .decides('repeats')
        .agent('insist_blind');
      s.ends(NOTHING);
    },
  },
  agent_monologue: {
    play: (s) => {
      s.oneOf(
        () => s.business('greet'),
        () => s.business('hold_on'),
        () => s.business('not_heard'),
      );
      s.agent('intro_slot')
        .agent('monologue')
        .agent('monologue')
        .maybe(0.5, () => s.decides('cut'))
        .agent('insist_blind');
      s.ends(NOTHING);
    },
  },
  voicemail_machine: {
    play: (s) => {
      s.decides('machine')
        .agent('intro_slot')
        .maybe(0.7, () => s.decides('machine_more').agent('propose_slot'));
      s.maybe(0.7, () => s.decides('beep'))
        .agent('insist_blind')
        .maybe(0.4, () => s.decides('machine_more'));
      s.ends(NOTHING);
    },
  },
  ivr_menu: {
    play: (s) => {
      s.decides('menu').agent('intro_slot').decides('menu_more').agent('propose_slot');
      s.decides('menu_noted').agent('insist_blind');
      s.ends(NOTHING);
    },
  },
  hold_line: {
    play: (s) => {
      s.decides('hold_line')
        .agent('intro_slot')
        .decides('hold_line')
        .maybe(0.5, () => s.decides('never_back'))
        .agent('insist_blind');
      s.ends(NOTHING);
    },
  },
  hold_never_back: {
    play: (s) => {
      open(s, 'slot');
      s.business('hold_on')
        .agent('waiting')
        .decides('never_back')
        .maybe(0.5, () => s.decides('never_back'))
        .agent('insist_blind');
      s.ends(NOTHING);
    },
  },
  handed_over_to_nobody: {
    play: (s) => {
      open(s, 'slot');
      s.business('hand_over')
        .agent('waiting')
        .maybe(0.5, () => s.business('colleague').agent('propose_slot'));
      s.decides('never_back').agent('insist_blind');
      s.ends(NOTHING);
    },
  },
  other_service: {
    spoken_against: true,
    play: (s) => {
      open(s, s.random.pick(['slot', 'day']));
      s.decides('other_service').maybe(0.6, () => s.agent('accept'));
      insist(s);
      s.ends(NOTHING);
    },
  },
  other_person: {
    play: (s) => {
      open(s, 'slot');
      s.decides('other_person');
      insist(s);
      s.ends(NOTHING);
    },
  },
  sarcasm_hangup: {
    play: (s) => {
      open(s, 'slot');
      s.decides('sarcasm')
        .agent(s.random.pick(['insist', 'accept']))
        .decides('sarcasm_end');
      s.ends(NOTHING);
    },
  },
  third_party_voice: {
    play: (s) => {
      s.oneOf(
        () => s.decides('third_party').agent('intro_slot'),
        () => s.business('greet').agent('intro_slot').decides('third_party').agent('propose_slot'),
      );
      s.decides('third_party_end').agent('insist_blind');
      s.ends(NOTHING);
    },
  },
  wrong_house: {
    play: (s) => {
      s.business('not_heard').agent('intro_slot').decides('wrong_house').agent('insist_blind');
      s.ends(NOTHING);
    },
  },
  two_slots_open: {
    play: (s) => {
      const { slot, other } = s.scene;
      open(s, 'open');
      const pair = s.random.chance(0.5) ? { slot, other } : { slot: other, other: slot };
      s.decides('two_open', pair).agent('take_any').decides('two_open_again');
      s.maybe(0.5, () => s.agent('insist'));
      s.ends(NOTHING);
    },
  },
  counter_unanswered: {
    play: (s) => {
      const { slot, other } = s.scene;
      open(s, 'slot');
      s.decides('counter', { slot: other, other: slot })
        .agent('insist_blind')
        .maybe(0.4, () => s.business('cut'));
      s.ends(NOTHING);
    },
  },
  no_hour: {
    play: (s) => {
      open(s, s.random.pick(['day', 'open']));
      s.decides('no_hour').agent(s.random.pick(['accept', 'bye_agent']));
      s.ends(NOTHING);
    },
  },
  no_day: {
    play: (s) => {
      open(s, 'open');
      s.decides('no_day').agent(s.random.pick(['accept', 'bye_agent']));
      s.ends(NOTHING);
    },
  },
  past_date: {
    play: (s) => {
      const past_day = dayAfter(s.scene.called, -s.random.int(1, 6));
      s.business('greet').agent('intro_open');
      s.decides('past_slot', { past_day }).agent('accept');
      s.maybe(0.5, () => s.business('commit'));
      close(s);
      s.ends({
        truth: null,
        report: {
          day: s.random.pick([
            past_day,
            dayAfter(past_day, 7),
            `${Number(past_day.slice(0, 4)) + 1}${past_day.slice(4).replace('-02-29', '-02-28')}`,
          ]),
          hour: s.scene.slot.hour,
        },
      });
    },
  },
  wrong_weekday: {
    spoken_against: true,
    play: (s) => {
      s.business('greet').agent('intro_open');
      s.maybe(0.6, () => s.decides('mismatch').agent('accept_hour')).decides('mismatch_give');
      close(s);
      s.ends(NOTHING);
    },
  },
  two_voices: {
    play: (s) => {
      open(s);
      stated(s);
      s.business('hand_over').business('colleague').decides('retracts');
      insist(s);
      s.ends(NOTHING);
    },
  },
};
