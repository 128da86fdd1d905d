import type { Report } from '../../../domain/result.ts';
import { FOREIGN_GIVEN } from './foreign.ts';
import type { Kind } from './kinds.ts';
import type { Script } from './script.ts';
import type { Slot } from './types.ts';

/** The greeting, and what the agent is there for. */
export function open(
  s: Script,
  wish: 'any' | 'open' | 'half' | 'day' | 'slot' | 'nothing' = 'any',
  wished: Slot = s.scene.slot,
): void {
  s.business('greet');
  const chosen = wish === 'any' ? s.random.pick(['open', 'half', 'day', 'slot'] as const) : wish;
  if (chosen === 'nothing') return;
  s.agent(`intro_${chosen}`, { slot: wished });
  if (chosen !== 'slot') s.maybe(0.25, () => s.business('go_ahead').agent('propose_day', { slot: wished }));
  s.aside();
}

export function close(s: Script): void {
  s.maybe(0.3, () => s.business('remark').agent('noted'));
  s.maybe(0.85, () => s.agent('bye_agent'));
  s.maybe(0.6, () => s.business('bye_business'));
}

const named = (s: Script, share = 0.25): Script => s.maybe(share, () => s.business('ask_name').agent('tell_name'));

/** The business names day and hour, and gives them. */
export function stated(s: Script, slot = s.scene.slot): void {
  s.business('offer_slot', { slot });
  s.oneOf(
    () => s.agent('accept_hour', { slot }),
    () => s.agent('accept'),
  );
  named(s).aside(0.2);
  s.business('give_slot', { slot });
}

/** The agent reads it back, and the business agrees. */
export function readBack(s: Script, slot = s.scene.slot): void {
  s.oneOf(
    () => s.business('offer_slot', { slot }),
    () => s.business('offer_day', { slot }).agent('ask_hour').business('offer_hour', { slot }),
    () => s.agent('propose_day', { slot }).business('offer_hour_on_day', { slot }),
  );
  named(s, 0.15);
  s.agent('readback', { slot }).business('yes_readback', { slot });
}

/** Day and hour in different turns. */
export function split(s: Script, slot = s.scene.slot): void {
  s.oneOf(
    () =>
      s
        .business('offer_day', { slot })
        .agent('ask_hour')
        .business('offer_hour', { slot })
        .agent('accept_hour', { slot }),
    () => s.agent('propose_day', { slot }).business('offer_hour_on_day', { slot }).agent('accept_hour', { slot }),
    () =>
      s.business('offer_day', { slot }).agent('accept_day', { slot }).business('offer_hour', { slot }).agent('accept'),
  );
  named(s).aside(0.2);
  s.oneOf(
    () => s.business('commit'),
    () => s.business('commit_named'),
    () => s.business('give_hour', { slot }),
    () => s.business('give_day', { slot }),
  );
}

/** The agent proposes, the business agrees. */
export function proposed(s: Script, slot = s.scene.slot): void {
  s.agent('propose_slot', { slot });
  s.business('yes_slot', { slot });
}

export const agree = (s: Script, slot = s.scene.slot): Script =>
  s.oneOf(
    () => stated(s, slot),
    () => readBack(s, slot),
    () => split(s, slot),
    () => proposed(s, slot),
  );

const whole =
  (...parts: ((s: Script) => unknown)[]) =>
  (s: Script): void => {
    open(s);
    for (const part of parts) part(s);
    close(s);
  };

/** The business gives the appointment, and the agent reports it rightly. */
export const GIVEN: Record<string, Kind> = {
  happy_stated: { play: whole(stated) },
  agreed_readback: { play: whole(readBack) },
  split: { play: whole(split) },
  agent_proposes: { play: whole(proposed) },
  relative_words: { wanted: { away: [1, 1, 2, 3, 4, 5, 6, 14] }, day_style: 'relative', play: whole(agree) },
  time_words: {
    wanted: { minutes: [15, 30, 45, 20, 40, 10, 50, 5, 25, 35, 55] },
    hour_words: true,
    play: whole(agree),
  },
  half_by_other: {
    play: (s) => {
      open(s, 'half');
      agree(s);
      close(s);
    },
  },
  changed_then_agreed: {
    play: (s) => {
      const { slot, other } = s.scene;
      open(s, s.random.pick(['open', 'half', 'day']), other);
      s.oneOf(
        () => stated(s, other),
        () => s.business('offer_slot', { slot: other }).agent('accept_hour', { slot: other }),
        () => proposed(s, other),
      );
      s.decides('withdraw', { slot, other });
      s.agent('ask_other');
      s.oneOf(
        () => stated(s),
        () => readBack(s),
      );
      close(s);
    },
  },
  moved_then_agreed: {
    play: (s) => {
      const { slot, other } = s.scene;
      open(s, 'any', other);
      agree(s, other);
      s.decides('move_slot', { slot, other });
      s.agent('accept_hour').business('give_slot');
      close(s);
    },
  },
  alternative_day: {
    play: (s) => {
      const { other } = s.scene;
      open(s, 'day', other);
      s.business('refuse_day', { slot: other });
      s.oneOf(
        () => s.agent('ask_day'),
        () => s.agent('propose_day'),
      );
      s.oneOf(
        () => stated(s),
        () => split(s),
        () => readBack(s),
      );
      close(s);
    },
  },
  alternative_hour: {
    play: (s) => {
      const { slot, other } = s.scene;
      const refused = { slot: { ...slot, hour: other.hour } };
      open(s, 'slot', refused.slot);
      s.business('refuse_hour', refused).maybe(0.6, () => s.agent('ask_other'));
      s.business('offer_hour_on_day').agent('accept_hour');
      s.oneOf(
        () => s.business('give_slot'),
        () => s.business('give_hour'),
        () => s.agent('readback').business('yes_readback'),
      );
      close(s);
    },
  },
  colleague: {
    play: (s) => {
      open(s);
      s.business('hand_over').business('colleague');
      s.oneOf(
        () => s.agent('propose_slot'),
        () => s.agent('intro_day'),
      );
      agree(s);
      close(s);
    },
  },
  hold: {
    play: (s) => {
      open(s, s.random.pick(['day', 'slot']));
      s.business('hold_on')
        .agent('waiting')
        .maybe(0.3, () => s.business('never_back'));
      s.business('back').maybe(0.5, () => s.agent('propose_slot'));
      s.oneOf(
        () => s.business('give_slot'),
        () => stated(s),
        () => readBack(s),
      );
      close(s);
    },
  },
  terse: {
    play: (s) => {
      open(s, s.random.pick(['slot', 'open']));
      s.agent('propose_slot').maybe(0.5, () => s.business('terse_ack').agent('readback'));
      named(s).business('yes_terse');
      close(s);
    },
  },
  name_spelled: {
    play: (s) => {
      open(s);
      s.oneOf(
        () => s.business('offer_slot').agent('accept_hour'),
        () => s.agent('propose_slot').business('terse_ack'),
      );
      s.business('ask_name').agent('tell_name').business('spell_ask').agent('spell').business('give_slot');
      close(s);
    },
  },
  confirmed_with_condition_met: {
    play: (s) => {
      open(s, s.random.pick(['slot', 'day']));
      s.business('condition_open').agent('condition_met').business('condition_done');
      close(s);
    },
  },
  noisy: {
    noise: 'bad',
    play: (s) => {
      open(s);
      s.business('garbled').agent('readback').business('yes_readback');
      close(s);
    },
  },
  firm_after_hedge: {
    play: (s) => {
      open(s, 'slot');
      s.business('hedge_first')
        .agent('let_me_check')
        .maybe(0.5, () => s.business('back'));
      s.business('give_slot');
      close(s);
    },
  },
  echo_then_given: {
    play: (s) => {
      open(s, 'slot');
      s.business('echo').agent('echo_yes');
      s.oneOf(
        () => s.business('give_slot'),
        () => s.business('yes_slot'),
      );
      close(s);
    },
  },
  false_alarm: {
    play: (s) => {
      open(s);
      agree(s).business('false_alarm').agent('waiting').business('after_all');
      close(s);
    },
  },
  two_then_chosen: {
    play: (s) => {
      const { slot, other } = s.scene;
      open(s, 'open');
      s.oneOf(
        () => s.business('two_open', { slot, other }),
        () => s.business('two_open', { slot: other, other: slot }),
      );
      s.agent('propose_slot').business('give_slot');
      close(s);
    },
  },
  report_in_part: {
    play: (s) => {
      open(s);
      agree(s);
      close(s);
      const { day, hour } = s.scene.slot;
      const dial = `${String(Number(hour.slice(0, 2)) % 12).padStart(2, '0')}${hour.slice(2)}`;
      s.ends({
        more: {
          report: s.random.pick<Report>([
            { result: 'confirmed', confirmed_date: day, confirmed_time: dial, time_half_unknown: true },
            { result: 'confirmed', confirmed_date: day },
            { result: 'confirmed', confirmed_time: hour },
          ]),
        },
      });
    },
  },
  foreign_words: {
    unreadable: true,
    noise: 'clean',
    play: (s) => s.foreign(s.random.pick(FOREIGN_GIVEN)),
  },
  arrive_early: {
    play: (s) => {
      open(s);
      s.business('offer_slot').agent('accept').business('arrive_early');
      close(s);
    },
  },
};
