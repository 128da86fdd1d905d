import type { Lines } from './template.ts';

/** What somebody may say. Each language has ways to say each of them. */
export const ACTS = [
  // Beginning and end.
  ...[
    'greet',
    'intro_open',
    'intro_half',
    'intro_day',
    'intro_slot',
    'bye_agent',
    'bye_business',
    'bye_cold',
    'go_ahead',
  ],
  ...['noted', 'ask_place', 'yes_place', 'ask_hears', 'yes_hears', 'ask_wait', 'yes_wait'],
  // Offering, asking, taking.
  ...[
    'offer_slot',
    'offer_day',
    'offer_hour',
    'offer_hour_on_day',
    'ask_day',
    'ask_hour',
    'propose_slot',
    'propose_day',
  ],
  ...['accept', 'accept_hour', 'accept_day', 'readback', 'refuse_day', 'refuse_hour', 'refuse_slot', 'ask_other'],
  // Giving.
  ...[
    'give_slot',
    'give_hour',
    'give_day',
    'commit',
    'commit_named',
    'yes_readback',
    'yes_slot',
    'yes_terse',
    'terse_ack',
  ],
  // Around it.
  ...['ask_name', 'tell_name', 'spell_ask', 'spell', 'remark', 'hold_on', 'waiting', 'back', 'hand_over', 'colleague'],
  ...['withdraw', 'false_alarm', 'after_all', 'condition_open', 'condition_met', 'condition_done', 'garbled', 'echo'],
  ...['echo_yes', 'arrive_early', 'hedge_first', 'let_me_check'],
  // Against it.
  ...['denies', 'denies_again', 'hedges', 'tentative', 'conditional', 'conditional_again', 'waiting_list', 'call_back'],
  ...['elsewhere', 'retracts', 'moves_open', 'move_slot', 'asks_back', 'two_open', 'two_open_again', 'other_service'],
  ...['other_person', 'sarcasm', 'sarcasm_end', 'third_party', 'third_party_end', 'not_heard', 'cut', 'wrong_house'],
  ...['echo_end', 'no_hour', 'no_day', 'past_slot', 'mismatch', 'mismatch_give', 'counter', 'never_back', 'repeats'],
  ...[
    'needs_person',
    'sold_out_then',
    'machine',
    'machine_more',
    'beep',
    'menu',
    'menu_more',
    'menu_noted',
    'hold_line',
  ],
  // The agent that hears what it wants to hear.
  ...['insist', 'insist_blind', 'monologue', 'put_off', 'take_list', 'take_back', 'take_portal', 'take_any'],
] as const;
export type Act = (typeof ACTS)[number];

export type Phrases = Record<string, Lines>;
