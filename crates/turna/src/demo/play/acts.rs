// SPDX-License-Identifier: Apache-2.0
//! What the steps of a story do: each is one use case, as at a counter.

use std::collections::BTreeMap;

use anyhow::Context as _;
use app::{
    Outcome, assistance, asylum, cards, enforcement, oversight,
    procedures::StepInput,
    registry::{Correct, CorrectPerson, FindPersons, PersonQuery, RegisterFamily, store_photo},
};
use domain::{
    access::Actor,
    procedure::ActionCode,
    registry::{FamilyRegistration, MemberRegistration, Sex},
};

use super::{Ended, Player, SELF};
use crate::{
    card_files::{folder_of, make_folder, write_card},
    demo::story::{Do, Step},
};

/// The prefix of a drawn photo in a registration.
const DRAWN: &str = "drawn:";

/// Says something if it was done.
fn say<T>(outcome: Outcome<T>, text: impl FnOnce(T) -> String) -> Ended {
    match outcome {
        Outcome::Done(value) => Outcome::Done(text(value)),
        Outcome::Refused(refusal) => Outcome::Refused(refusal),
    }
}

impl Player<'_> {
    /// Does what a step says, as the account it names.
    pub(super) async fn act(&mut self, step: &Step) -> anyhow::Result<Ended> {
        if step.actor == SELF {
            return self.act_of_the_person(&step.act).await;
        }
        let actor = self.actor(&step.actor)?;
        match &step.act {
            Do::RegisterFamily { .. } | Do::Find { .. } | Do::CorrectBirth { .. } => {
                self.act_on_registry(&step.act, actor).await
            }
            Do::OpenClaim { .. }
            | Do::RecordReasons { .. }
            | Do::IssueCertificate { .. }
            | Do::Interview { .. }
            | Do::ClaimStep { .. }
            | Do::Propose { .. }
            | Do::Decide { .. }
            | Do::ListOverdue { .. }
            | Do::OrderToLeave { .. } => self.act_on_claim(&step.act, actor).await,
            Do::AddBlanks { .. }
            | Do::PrepareCard { .. }
            | Do::CheckCard { .. }
            | Do::CheckAndSignCard { .. }
            | Do::PrintCard { .. }
            | Do::HandOverCard { .. }
            | Do::SuspendCard { .. }
            | Do::ProposeRevocation { .. }
            | Do::RevokeCard { .. } => self.act_on_card(&step.act, actor).await,
            Do::OpenDistribution { .. } | Do::Gift { .. } | Do::GiftAtTwoDesks { .. } => {
                self.act_on_help(&step.act, actor).await
            }
            Do::GiveToken { .. } | Do::WhoLooked { .. } => self.give_token(&step.act, actor).await,
            Do::VerifyCard { .. }
            | Do::VerifyForged { .. }
            | Do::KeepCheckpoint {}
            | Do::VerifyLog {}
            | Do::Sample { .. } => self.check(&step.act, actor).await,
        }
    }

    async fn act_on_registry(&mut self, act: &Do, actor: Actor) -> anyhow::Result<Ended> {
        let service = &self.installation.service;
        let context = service.context(actor);
        Ok(match act {
            Do::RegisterFamily { family } => {
                let register = self.registration(family).await?;
                let outcome = service.run(&context, register).await?;
                if let Outcome::Done(registered) = &outcome {
                    for member in &registered.members {
                        let key = member.key.as_deref().context("members of a story have keys")?;
                        self.known(&format!("{family}.{key}")).number = Some(member.number.clone());
                    }
                }
                say(outcome, |registered| {
                    let numbers: Vec<String> = registered.members.iter().map(|m| m.number.to_string()).collect();
                    format!("{} persons: {}", numbers.len(), numbers.join(", "))
                })
            }
            Do::Find { name, count } => {
                let query = PersonQuery { name: Some(name.expose().clone()), ..PersonQuery::default() };
                let outcome = service.run(&context, FindPersons(query)).await?;
                if let Outcome::Done(found) = &outcome {
                    anyhow::ensure!(found.len() == *count, "found {} persons instead of {count}", found.len());
                }
                say(outcome, |found| format!("{} persons found", found.len()))
            }
            Do::CorrectBirth { person, date, precision, reason, source } => {
                let correct = CorrectPerson {
                    number: self.number(person)?,
                    row_version: None,
                    change: Correct::Birth(Do::birth(*date, *precision)),
                    reason: reason.clone(),
                    source: source.clone(),
                    event_date: None,
                };
                say(service.run(&context, correct).await?, |version| format!("version {version} of the record"))
            }
            _ => anyhow::bail!("not an act on the registry"),
        })
    }

    async fn registration(&self, family: &str) -> anyhow::Result<RegisterFamily> {
        let registration = self.story.families.get(family).with_context(|| format!("no family {family}"))?;
        let mut registration: FamilyRegistration = registration.clone();
        if let Some(&arrival) = self.story.arrivals.get(family) {
            let day = self.story.event_day()?.checked_add(jiff::Span::new().try_days(arrival)?)?;
            registration.event_date = Some(day);
        }
        let mut photos = BTreeMap::new();
        for (position, member) in registration.members.iter().enumerate() {
            if let Some(seed) = member.photo.as_deref().and_then(|photo| photo.strip_prefix(DRAWN)) {
                let photo = self.draw(member, seed.parse().context("a drawn photo has a number")?)?;
                photos.insert(position, store_photo(&self.installation.service, &photo).await?);
            }
        }
        Ok(RegisterFamily { registration, photos })
    }

    fn draw(&self, member: &MemberRegistration, seed: u64) -> anyhow::Result<Vec<u8>> {
        let today = self.installation.service.now().date_in(self.installation.pack().time_zone());
        let age = u16::try_from(today.year() - member.birth.date.year()).unwrap_or_default();
        let sex = match member.sex {
            Sex::Male => synthetic::Sex::Male,
            Sex::Female | Sex::Unspecified => synthetic::Sex::Female,
        };
        Ok(documents::normalise_photo(&synthetic::face(seed, age, sex))?)
    }

    async fn act_on_claim(&mut self, act: &Do, actor: Actor) -> anyhow::Result<Ended> {
        let service = &self.installation.service;
        let context = service.context(actor);
        Ok(match act {
            Do::OpenClaim { person, language, confidentiality } => {
                let number = self.number(person)?;
                let (language, confidentiality) = (language.clone(), *confidentiality);
                let open = asylum::OpenClaim { person: number, language, confidentiality };
                let outcome = service.run(&context, open).await?;
                if let Outcome::Done(case) = &outcome {
                    self.known(person).claim = Some(case.clone());
                }
                say(outcome, |case| format!("claim {case}"))
            }
            Do::RecordReasons { person, reasons } => {
                let record = asylum::RecordReasons { case: self.claim(person)?, reasons: reasons.clone() };
                say(service.run(&context, record).await?, |()| "recorded, sealed".into())
            }
            Do::IssueCertificate { person } => {
                let issue = asylum::IssueCertificate { case: self.claim(person)? };
                let outcome = service.run(&context, issue).await?;
                if let Outcome::Done(certificate) = &outcome {
                    let pdf = self.writer().await?.certificate(certificate)?;
                    self.write_letter(&format!("certificate-{}", certificate.number), &pdf)?;
                }
                say(outcome, |certificate| {
                    format!(
                        "certificate {} of {}, valid through every appeal",
                        certificate.number, certificate.issued_on
                    )
                })
            }
            Do::Interview { person, kind, interview } => {
                let (case, kind, interview) = (self.claim(person)?, kind.clone(), interview.clone());
                let record = asylum::RecordInterview { case, kind, interview };
                say(service.run(&context, record).await?, |()| "recorded, sealed".into())
            }
            Do::ClaimStep { person, action } => {
                let (case, action) = (self.claim(person)?, action.clone());
                let take = asylum::TakeClaimStep { case, action, input: StepInput::default() };
                say(service.run(&context, take).await?, |()| "recorded".into())
            }
            Do::Propose { person, outcome, facts, reason, cites } => {
                let propose = asylum::ProposeClaimDecision {
                    case: self.claim(person)?,
                    action: ActionCode::parse("propose_decision")?,
                    outcome: outcome.clone(),
                    facts: facts.clone(),
                    reason: reason.clone(),
                    cites: cites.clone(),
                    answers: BTreeMap::new(),
                };
                say(service.run(&context, propose).await?, |state| format!("the claim is {state}"))
            }
            Do::Decide { person, reason, cites } => {
                let decide = asylum::DecideClaim {
                    case: self.claim(person)?,
                    action: ActionCode::parse("decide")?,
                    outcome: None,
                    reason: reason.clone(),
                    cites: cites.clone(),
                };
                say(service.run(&context, decide).await?, |state| format!("the claim is {state}"))
            }
            Do::ListOverdue { at_least } => {
                let outcome = service.run(&context, asylum::ListOverdue).await?;
                if let Outcome::Done(overdue) = &outcome {
                    anyhow::ensure!(overdue.len() >= *at_least, "only {} overdue", overdue.len());
                }
                say(outcome, |overdue| format!("{} clocks have run out; every claim goes on", overdue.len()))
            }
            Do::OrderToLeave { person } => {
                let order = enforcement::OrderToLeave { person: self.number(person)? };
                say(service.run(&context, order).await?, |case| format!("measure {case}"))
            }
            _ => anyhow::bail!("not an act on a claim"),
        })
    }

    async fn act_on_card(&mut self, act: &Do, actor: Actor) -> anyhow::Result<Ended> {
        let service = &self.installation.service;
        let context = service.context(actor.clone());
        Ok(match act {
            Do::AddBlanks { prefix, count } => {
                let numbers = (1..=*count).map(|number| format!("{prefix}{number:06}")).collect();
                say(service.run(&context, cards::AddBlanks { numbers }).await?, |count| format!("{count} blanks"))
            }
            Do::PrepareCard { person } => {
                let prepare = cards::PrepareCard { person: self.number(person)?, replaces: None };
                let outcome = service.run(&context, prepare).await?;
                if let Outcome::Done(number) = &outcome {
                    self.known(person).card = Some(number.clone());
                }
                say(outcome, |number| format!("card {number}"))
            }
            Do::CheckCard { person } => {
                let check = cards::CheckCard { number: self.card(person)? };
                say(service.run(&context, check).await?, |_| "the card agrees with the record".into())
            }
            Do::CheckAndSignCard { person } => {
                let number = self.card(person)?;
                match service.run(&context, cards::CheckCard { number: number.clone() }).await? {
                    Outcome::Refused(refusal) => Outcome::Refused(refusal),
                    Outcome::Done(_) => {
                        let printer = self.installation.card_printer()?;
                        let context = service.context(actor);
                        let signed = cards::sign_card(service, &context, &printer, &number).await?;
                        say(signed, |signed| {
                            format!("signed by key {}, QR code version {}-L", signed.key_id, signed.qr_version)
                        })
                    }
                }
            }
            Do::PrintCard { person } => {
                let printer = self.installation.card_printer()?;
                let printed = cards::print_card(service, &context, &printer, &self.card(person)?).await?;
                if let Outcome::Done(card) = &printed {
                    let folder = folder_of(&self.installation.data);
                    make_folder(&folder)?;
                    write_card(&folder, card)?;
                    self.known(person).qr_text = Some(card.qr_text.clone());
                }
                say(printed, |card| format!("printed on blank {}, PDF of {} bytes", card.blank, card.pdf.len()))
            }
            Do::HandOverCard { person, received_by } => {
                let (number, received_by) = (self.card(person)?, self.number(received_by)?);
                let hand_over = cards::HandOverCard { number, received_by };
                let outcome = service.run(&context, hand_over).await?;
                if let Outcome::Done(handed) = &outcome {
                    let pdf = self.writer().await?.card_receipt(&handed.holder, &handed.face, handed.on)?;
                    self.write_letter(&format!("receipt-card-{}", handed.face.card_number), &pdf)?;
                }
                say(outcome, |handed| format!("card {} handed over, receipt signed", handed.face.card_number))
            }
            Do::SuspendCard { person, reason } => {
                let suspend = cards::SuspendCard { number: self.card(person)?, reason: reason.clone() };
                say(service.run(&context, suspend).await?, |()| "suspended".into())
            }
            Do::ProposeRevocation { person, ground, facts, reason, cites } => {
                let propose = cards::ProposeRevocation {
                    number: self.card(person)?,
                    ground: ground.clone(),
                    facts: facts.clone(),
                    reason: reason.clone(),
                    cites: cites.clone(),
                };
                let outcome = service.run(&context, propose).await?;
                if let Outcome::Done(case) = &outcome {
                    self.known(person).revocation = Some(case.clone());
                }
                say(outcome, |case| format!("case {case}"))
            }
            Do::RevokeCard { person, reason, cites } => {
                let case = self.known(person).revocation.clone().context("no revocation was proposed")?;
                let revoke = cards::RevokeCard { case, reason: reason.clone(), cites: cites.clone() };
                say(service.run(&context, revoke).await?, |number| format!("card {number} is revoked"))
            }
            _ => anyhow::bail!("not an act on a card"),
        })
    }

    async fn act_on_help(&mut self, act: &Do, actor: Actor) -> anyhow::Result<Ended> {
        let service = &self.installation.service;
        let context = service.context(actor);
        Ok(match act {
            Do::OpenDistribution { code, name } => {
                let open = assistance::OpenDistribution {
                    code: code.clone(),
                    name: name.clone(),
                    on: self.story.event_day()?,
                };
                say(service.run(&context, open).await?, |_| "open".into())
            }
            Do::Gift { person, code, item } => {
                let gift = self.gift(person, code, item)?;
                let outcome = service.run(&context, gift).await?;
                if let Outcome::Done(receipt) = &outcome {
                    let pdf = self.writer().await?.gift_receipt(receipt)?;
                    self.write_letter(&format!("receipt-gift-{}", receipt.number), &pdf)?;
                }
                say(outcome, |receipt| format!("receipt {} for {}", receipt.number, receipt.item))
            }
            Do::GiftAtTwoDesks { person, other, code, item } => {
                let there = service.context(self.actor(other)?);
                let (here, elsewhere) = (self.gift(person, code, item)?, self.gift(person, code, item)?);
                let (one, two) = tokio::join!(service.run(&context, here), service.run(&there, elsewhere));
                let given = [one?, two?].into_iter().map(|outcome| say(outcome, |_| "given".into()));
                let words: Vec<String> = given
                    .map(|ended| match ended {
                        Outcome::Done(word) => word,
                        Outcome::Refused(refusal) => format!("refused: {refusal}"),
                    })
                    .collect();
                let times = words.iter().filter(|word| *word == "given").count();
                anyhow::ensure!(times == 1, "given {times} times: {words:?}");
                Outcome::Done(format!("one desk: {}; the other: {}", words[0], words[1]))
            }
            _ => anyhow::bail!("not an act of help"),
        })
    }

    fn gift(&self, person: &str, code: &str, item: &str) -> anyhow::Result<assistance::HandOverGift> {
        let person = self.number(person)?;
        Ok(assistance::HandOverGift { distribution: code.to_owned(), person, item: item.to_owned() })
    }

    async fn give_token(&mut self, act: &Do, actor: Actor) -> anyhow::Result<Ended> {
        let Do::GiveToken { person } = act else { anyhow::bail!("only the person herself reads who looked") };
        let service = &self.installation.service;
        let context = service.context(actor);
        let outcome = oversight::give_access_token(service, &context, &self.number(person)?).await?;
        if let Outcome::Done(token) = &outcome {
            self.known(person).token = Some(token.clone());
        }
        Ok(say(outcome, |_| "token and PIN handed to the person alone".into()))
    }

    async fn act_of_the_person(&mut self, act: &Do) -> anyhow::Result<Ended> {
        let Do::WhoLooked { person, at_least } = act else { anyhow::bail!("the person herself only reads who looked") };
        let token = self.known(person).token.clone().context("the person has no token yet")?;
        let service = &self.installation.service;
        let outcome = oversight::who_looked(service, token.token.expose(), token.pin.expose()).await?;
        if let Outcome::Done(looked) = &outcome {
            anyhow::ensure!(looked.entries.len() >= *at_least, "only {} entries", looked.entries.len());
        }
        Ok(say(outcome, |looked| {
            let bodies: std::collections::BTreeSet<_> =
                looked.entries.iter().filter_map(|entry| entry.body.as_deref()).collect();
            let bodies: Vec<_> = bodies.into_iter().collect();
            format!("{} entries, by {}", looked.entries.len(), bodies.join(", "))
        }))
    }
}
