// SPDX-License-Identifier: Apache-2.0
//! The rights of migrant workers and members of their families (Convention of 1990), and which act puts each into effect.

use domain::time::Date;
use i18n::Language;

use super::{Named, with_day};
use crate::{page::Words, state::AppState};

/// The code list of rights in the country pack: `R` for all migrant workers, `D` for those who are documented.
const RIGHTS: &str = "right";
/// The code list of days that are observed.
const OCCASIONS: &str = "occasion";

/// A link to a provision.
pub(super) struct Cited {
    pub(super) path: String,
    pub(super) citation: Named,
}

/// A right.
pub(super) struct Right {
    pub(super) name: String,
    pub(super) article: String,
    pub(super) article_path: Option<String>,
    pub(super) acts: Vec<Cited>,
}

/// Rights of the same persons.
pub(super) struct RightGroup {
    pub(super) title: String,
    pub(super) rights: Vec<Right>,
}

/// The rights as they stand on a day, first those of all.
pub(super) fn groups(state: &AppState, words: &Words, day: Date) -> Vec<RightGroup> {
    let pack = state.service.pack();
    let Some(list) = pack.code_list(RIGHTS) else { return Vec::new() };
    let language = words.language;
    let group = |prefix: char, title| RightGroup {
        title: words.text(title),
        rights: list
            .codes_on(day)
            .filter(|code| code.code.starts_with(prefix))
            .map(|code| {
                let cited = |id: &domain::legal::ProvisionId| {
                    let provision = pack.provision(id, day)?;
                    let instrument = pack.instrument(provision.instrument())?;
                    let part = id.as_str().split_once(':').map_or("", |(_, part)| part);
                    let path = format!("{}#{part}", with_day(&format!("/law/{}", provision.instrument()), day));
                    let citation = Named::of(language, &pack.citation(provision, language.code()));
                    Some((instrument.rank.as_str() == "treaty", Cited { path, citation }))
                };
                let (treaties, acts): (Vec<_>, Vec<_>) =
                    code.cites.iter().filter_map(cited).partition(|(is_treaty, _)| *is_treaty);
                Right {
                    name: code.name.in_language(language.code()).to_owned(),
                    article: code.facts.get("article").cloned().unwrap_or_default(),
                    article_path: treaties.into_iter().next().map(|(_, cited)| cited.path),
                    acts: acts.into_iter().map(|(_, cited)| cited).collect(),
                }
            })
            .collect(),
    };
    vec![group('R', "law-right-all"), group('D', "law-right-documented")]
}

/// The days that are observed each year, in the words of the country pack.
pub(super) fn observances(state: &AppState, language: Language) -> Vec<String> {
    let list = state.service.pack().code_list(OCCASIONS);
    let codes = list.map(|list| list.codes()).unwrap_or_default();
    codes.iter().map(|code| code.name.in_language(language.code()).to_owned()).collect()
}
