// SPDX-License-Identifier: Apache-2.0
//! The work of an officer: queues, who has a case, what waits for a second officer, who stands in for whom.

mod approvals;
mod assign;
mod home;
mod presence;
mod queue;
mod substitution;
mod words;

use domain::access::Act;

pub(crate) use assign::Undo;
pub(crate) use presence::Presence;
pub(crate) use queue::QueueContext;
pub(crate) use words::{DueWords, case_path, labels, office_choices, state_text};

use crate::route::Route;

/// The routes of work.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/work", home::show).for_act(Act::ListWork),
        Route::get("/work/queue", queue::show).for_act(Act::ListWork),
        Route::get("/work/next", queue::next).for_act(Act::ListWork),
        Route::get("/work/approvals", approvals::show).for_act(Act::ListWork),
        Route::get("/work/give", assign::show).for_act(Act::AssignCase),
        Route::post("/work/assign", assign::assign).for_act(Act::AssignCase),
        Route::get("/work/substitutions", substitution::show).for_act(Act::KeepSubstitutions),
        Route::post("/work/substitutions", substitution::add).for_act(Act::KeepSubstitutions),
        Route::post("/work/substitutions/end", substitution::end).for_act(Act::KeepSubstitutions),
    ]
}
