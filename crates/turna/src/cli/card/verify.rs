// SPDX-License-Identifier: Apache-2.0
//! `card verify`: with no network, no database, no data folder; on any input.

use std::{
    io::IsTerminal as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use clap::Args;
use credential::{
    trust::{TRUST_BYTES_MAX, TrustList},
    verify::{Checker, Reason, Verdict, verify_mrz},
};
use domain::time::{Clock as _, Timestamp};
use i18n::Language;
use serde_json::json;

use super::view::{Question, View};
use crate::{
    cli::input::{read_bounded, read_file, write_file},
    clock::SystemClock,
    output::{Answer, End, note},
};

pub(super) const EXAMPLES: &str = "Examples:
  turna card verify scanned.png --trust trust.json --status status.cwt
  turna card verify '6BF:XN6+…' --trust trust.json --status status.cwt --lang az --face face.webp
  turna card verify - < zone.txt        (the three printed lines: check digits only)

Exit codes: 0 valid, 1 anything else, 2 the trust list cannot be used.";

/// The most bytes of a picture or text that are read; more than any phone's photo.
const INPUT_BYTES_MAX: usize = 20 * 1024 * 1024;
/// The most bytes of a status list that are read: a list of 2^20 cards that nothing compresses, and room.
const STATUS_BYTES_MAX: usize = 1024 * 1024;
/// The most bytes of a text that may be the name of a file (PATH_MAX of Linux).
const PATH_BYTES_MAX: usize = 4096;
/// First bytes of a PNG and of a JPEG file.
const PICTURE_HEADS: [&[u8]; 2] = [b"\x89PNG", b"\xFF\xD8\xFF"];
/// Lines of the machine readable zone of a card, and letters of each (ICAO 9303-5).
const ZONE: (usize, usize) = (3, 30);

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Text of the QR code, a picture (PNG or JPEG) or text file, the printed lines, or - for standard input
    #[arg(allow_hyphen_values = true)]
    input: String,
    /// Trust list
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// Status list
    #[arg(long, value_name = "FILE")]
    status: Option<PathBuf>,
    /// SHA-256 of the root certificate that alone is accepted, in hexadecimal
    #[arg(long, value_name = "SHA256", value_parser = fingerprint)]
    root: Option<Fingerprint>,
    /// The moment of the check; now if absent
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// Language of the answer: az, en, ru, ar or fa; all of them for a negative answer if absent
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<Language>,
    /// What is shown of a valid card
    #[arg(long, value_enum, default_value_t = View::Bank)]
    view: View,
    /// File into which the face of a valid card is written (WebP)
    #[arg(long, value_name = "FILE")]
    face: Option<PathBuf>,
    /// Telephone number to call with questions, if not that of the built-in country pack
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
}

type Fingerprint = [u8; 32];

fn fingerprint(text: &str) -> Result<Fingerprint, String> {
    let wrong = || "a SHA-256 has 64 hexadecimal digits".to_owned();
    let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b':').collect();
    let bytes = digits.chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u8::from_str_radix(pair, 16).ok()
    });
    let bytes: Vec<u8> = bytes.collect::<Option<_>>().ok_or_else(wrong)?;
    bytes.try_into().map_err(|_| wrong())
}

/// What was given to be checked.
enum Given {
    /// The text of a QR code.
    Text(String),
    /// Lines that look like a machine readable zone.
    Zone(Vec<String>),
    /// Nothing that can be read, and why.
    Unreadable(String),
}

impl Verify {
    /// Checks and answers.
    ///
    /// # Errors
    /// When the face cannot be written.
    pub(crate) fn run(self) -> anyhow::Result<Answer> {
        // Whoever checks with nothing but this program still has the country's number.
        let phone = match &self.phone {
            Some(phone) => phone.clone(),
            None => crate::pack::load("")?.phones().call_centre.clone(),
        };
        let question = Question { at: self.at.unwrap_or_else(|| SystemClock.now()), lang: self.lang, phone: &phone };
        let text = match read(&self.input) {
            Given::Zone(lines) => return Ok(question.zone_answer(&verify_mrz(&lines))),
            Given::Text(text) => Ok(text),
            Given::Unreadable(why) => Err(why),
        };
        let trust = match self.trust() {
            Ok(trust) => trust,
            Err(error) => return Ok(unusable(&error)),
        };
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                note(&why);
                return Ok(question.unreadable(&why));
            }
        };
        let status = self.status.as_deref().map(|path| {
            read_file(path, STATUS_BYTES_MAX).unwrap_or_else(|error| {
                note(&format!("{error:#}"));
                Vec::new()
            })
        });
        let checker = Checker::new(&trust, status.as_deref());
        let verdict = checker.check(&text, question.at);
        if let (Some(path), Verdict::Valid(card) | Verdict::ValidSignatureStatusOld { view: card, .. }) =
            (&self.face, &verdict)
        {
            match &card.claims.face {
                Some(face) => write_file(path, face)?,
                None => note("the card carries no face"),
            }
        }
        let turn = match &verdict {
            Verdict::NotValid(reason @ (Reason::Expired | Reason::NotYetValid)) => {
                Some(turning_point(&checker, &text, question.at, *reason))
            }
            _ => None,
        };
        Ok(question.answer(&verdict, turn, self.view))
    }

    fn trust(&self) -> anyhow::Result<TrustList> {
        let path = self.trust.as_ref().ok_or_else(|| anyhow!("a trust list is needed: --trust FILE"))?;
        let bytes = read_file(path, TRUST_BYTES_MAX)?;
        let text = String::from_utf8(bytes).map_err(|_| anyhow!("{} is not a trust list", path.display()))?;
        TrustList::open(&text, self.root).with_context(|| format!("{} is not a trust list to rely on", path.display()))
    }
}

fn unusable(error: &anyhow::Error) -> Answer {
    let text = format!("the trust list cannot be used: {error:#}");
    Answer { json: json!({ "verdict": "no_trust_list", "message": text }), text, end: End::Unusable }
}

/// The moment at which a genuine card begins to be expired, or stops being not yet valid. The checker tells nothing of a
/// card that is not valid; but it says the same of every moment on one side of this one.
fn turning_point(checker: &Checker<'_>, text: &str, at: Timestamp, reason: Reason) -> Timestamp {
    let is_so = |second: i64| match Timestamp::from_microseconds(second.saturating_mul(1_000_000)) {
        Ok(moment) => matches!(checker.check(text, moment), Verdict::NotValid(found) if found == reason),
        Err(_) => false,
    };
    // From 1970 to the year 9999: 253402300799 seconds, halved until one is left.
    let (mut no, mut yes) = match reason {
        Reason::Expired => (0, at.as_seconds()),
        _ => (253_402_300_799, at.as_seconds()),
    };
    while yes.abs_diff(no) > 1 {
        let middle = i64::midpoint(no, yes);
        if is_so(middle) { yes = middle } else { no = middle }
    }
    let second = if reason == Reason::Expired { yes } else { no };
    Timestamp::from_microseconds(second.saturating_mul(1_000_000)).unwrap_or(at)
}

fn read(input: &str) -> Given {
    if input == "-" {
        if std::io::stdin().is_terminal() {
            note("reading standard input; end with Ctrl-D");
        }
        return match read_bounded(std::io::stdin().lock(), INPUT_BYTES_MAX) {
            Ok(bytes) => of_bytes(&bytes),
            Err(error) => Given::Unreadable(format!("standard input: {error:#}")),
        };
    }
    // Pipes and devices are no names of files here: somebody else wrote the text that was scanned.
    let path = Path::new(input);
    if input.len() <= PATH_BYTES_MAX && !input.is_empty() && path.is_dir() {
        return Given::Unreadable(format!("{input} is a folder"));
    }
    if input.len() > PATH_BYTES_MAX || !path.is_file() {
        return of_text(input);
    }
    match read_file(path, INPUT_BYTES_MAX) {
        Ok(bytes) => of_bytes(&bytes),
        Err(error) => Given::Unreadable(format!("{error:#}")),
    }
}

fn of_bytes(bytes: &[u8]) -> Given {
    if PICTURE_HEADS.iter().any(|head| bytes.starts_with(head)) {
        return match documents::read_qr(bytes) {
            Ok(codes) => one_code(codes),
            Err(error) => Given::Unreadable(format!("{:#}", anyhow!(error))),
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => of_text(text),
        Err(_) => Given::Unreadable("neither a picture (PNG or JPEG) nor text".into()),
    }
}

/// A picture with several codes leaves open which one is the card's: none is taken.
fn one_code(mut codes: Vec<String>) -> Given {
    match codes.len() {
        1 => Given::Text(codes.remove(0)),
        count => Given::Unreadable(format!("the picture shows {count} different QR codes; take one of the card alone")),
    }
}

/// Text with the filler of a machine readable zone, which no QR code of a card has (Base45, RFC 9285), or with several
/// lines, is a zone.
fn of_text(text: &str) -> Given {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(ZONE.0 + 1).collect();
    let (count, letters) = ZONE;
    match lines.as_slice() {
        [one] if one.contains('<') && one.len() == count * letters && one.is_ascii() => {
            Given::Zone((0..count).map(|line| one[line * letters..(line + 1) * letters].to_owned()).collect())
        }
        [one] if !one.contains('<') => Given::Text((*one).to_owned()),
        [] => Given::Unreadable("nothing was given".into()),
        lines => Given::Zone(lines.iter().map(|line| (*line).to_owned()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_from_codes() {
        assert!(matches!(of_text("6BFOXN*TS0BI$ZD.P9UOL97O4-2HH77HRM3DSPTLRR+%3\n"), Given::Text(_)));
        assert!(matches!(of_text("A<B\nC<D\nE<F"), Given::Zone(lines) if lines.len() == 3));
        assert!(matches!(of_text(&"<".repeat(90)), Given::Zone(lines) if lines.len() == 3));
        assert!(matches!(of_text(&"x\n".repeat(1_000_000)), Given::Zone(lines) if lines.len() == 4));
        assert!(matches!(of_text(" \n "), Given::Unreadable(_)));
        assert!(matches!(one_code(vec!["A".into(), "B".into()]), Given::Unreadable(_)));
    }

    #[test]
    fn a_fingerprint_is_read_with_and_without_colons() {
        let plain = "ab".repeat(32);
        let colons = vec!["AB"; 32].join(":");
        assert_eq!(fingerprint(&plain), fingerprint(&colons));
        assert!(fingerprint("ab").is_err());
        assert!(fingerprint(&"+1".repeat(32)).is_err());
        assert!(fingerprint(&"é".repeat(32)).is_err());
    }
}
