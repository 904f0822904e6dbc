// SPDX-License-Identifier: Apache-2.0
//! The name line (ICAO Doc 9303-3 section 4.6 and 9303-5 section 4.2.3): primary identifier, two fillers, secondary
//! identifier, and the rules for cutting names that do not fit.

/// Characters in a line.
const LINE: usize = 30;
/// A cut primary identifier leaves room for two fillers and one letter of the secondary identifier.
const PRIMARY_MAX: usize = LINE - 3;

/// The name line of two identifiers, whose components are separated by one filler each; `secondary` may be empty.
///
/// A name that does not fit is cut so that the last position holds a letter, which tells the reader that something may
/// be missing. The primary identifier is kept whole where at least one letter of the secondary one fits beside it.
pub(super) fn name_line(primary: &str, secondary: &str) -> String {
    let whole = if secondary.is_empty() { primary.to_owned() } else { format!("{primary}<<{secondary}") };
    if whole.len() <= LINE {
        return format!("{whole:<<LINE$}");
    }
    if secondary.is_empty() {
        return cut(primary, LINE).unwrap_or_else(|| format!("{:<<LINE$}", &primary[..LINE - 1]));
    }
    (1..=primary.len().min(PRIMARY_MAX))
        .rev()
        .find_map(|length| Some(format!("{}<<{}", cut(primary, length)?, cut(secondary, LINE - 2 - length)?)))
        .expect("one letter of the primary identifier leaves 27 positions, and an odd number can always be filled")
}

/// Exactly `length` characters of the identifier with a letter at the end; where the cut falls on a filler, the last
/// component of more than one letter before it gives up its last letter. `None` if there is no such component, or if
/// the identifier is shorter than `length`, for a filler at the end would hide that something was cut.
fn cut(identifier: &str, length: usize) -> Option<String> {
    let head = identifier.get(..length)?;
    if !head.ends_with('<') {
        return Some(head.to_owned());
    }
    let next = identifier[length..].chars().next()?;
    let mut components: Vec<&str> = head.trim_end_matches('<').split('<').collect();
    let shortened = components.iter_mut().rev().find(|component| component.len() > 1)?;
    *shortened = &shortened[..shortened.len() - 1];
    Some(format!("{}<{next}", components.join("<")))
}
