//! What the store promises. Every test but those of one kind of database runs on the embedded
//! database and, where `ALMANAC_TEST_DATABASE_URL` names a server, on a database of its own there.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod audit;
mod burst;
mod conversations;
mod definitions;
mod feedback;
mod inbox;
mod kinds;
mod migrations;
mod outbox;
mod place;
mod platforms;
mod say;
mod schedules;
mod strangers;
mod unfit;
mod waiting;

macro_rules! on_both {
    ($($module:ident: $($test:ident),+;)+) => {
        mod embedded {
            $($(
                #[test]
                fn $test() {
                    crate::place::embedded(crate::$module::$test);
                }
            )+)+
        }
        mod server {
            $($(
                #[test]
                fn $test() {
                    crate::place::server(crate::$module::$test);
                }
            )+)+
        }
    };
}

on_both! {
    audit: every_turn_is_noted, the_log_is_append_only, erasure_blanks_and_leaves_a_trace;
    conversations: recall_gives_the_last_turns, a_state_stays_until_replaced,
        history_is_of_one_thread, an_answer_is_dated_on_the_questions_clock,
        a_card_comes_back_as_it_was, what_became_of_an_event;
    definitions: a_word_is_seen_in_its_scope_alone, a_later_word_ends_the_one_before,
        two_who_define_a_word_at_once_are_both_heard, nobody_fills_the_memory;
    feedback: the_last_word_counts, words_judge_the_last_answer;
    inbox: a_conversation_is_taken_in_order, workers_share_without_overlap,
        a_lost_lease_writes_nothing, poison_is_parked_and_can_return, an_event_counts_once,
        copies_at_the_same_moment_count_once, a_retry_waits_and_keeps_its_error,
        what_is_put_in_rings, tidying_keeps_the_rows;
    waiting: who_waits_is_shown_it_once_and_the_answer_takes_its_place,
        only_so_many_are_shown_to_wait, a_stranger_is_not_shown_to_wait;
    migrations: each_step_follows_its_samples, an_edited_step_is_refused,
        newer_tables_are_refused;
    outbox: deliveries_leave_in_order, a_lost_send_is_unknown, an_idempotent_send_is_repeated,
        a_late_receipt_counts, a_stale_receipt_does_not, a_refused_send_is_listed,
        what_is_listed_is_dismissed_or_sent_again,
        an_event_that_asks_nothing_is_done_in_silence,
        a_sender_claims_what_it_serves;
    platforms: an_installation_keeps_its_secret_sealed,
        nothing_leaves_through_a_parked_installation, whatever_is_parked_was_told_of,
        places_are_listed_by_when_they_were_spoken_in, one_holder_has_a_lease_at_a_time,
        stages_come_in_any_order, an_answer_knows_what_it_belongs_to,
        a_question_can_be_taken_back_until_it_is_answered, an_edit_finds_the_answer_it_replaces,
        a_lost_send_is_looked_up, what_was_said_before_is_told, a_press_says_what_it_stands_for,
        a_code_makes_two_identities_one_person;
    schedules: an_occurrence_is_made_once, a_persons_schedules_have_different_names;
    strangers: a_stranger_is_told_once_and_nothing_is_kept,
        strangers_who_link_to_one_another_remain_strangers;
    unfit: unfit_words_are_accepted, unfit_answers_are_kept;
}
