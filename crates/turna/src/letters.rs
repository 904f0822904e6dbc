// SPDX-License-Identifier: Apache-2.0
//! Papers that people take home, in their own language: the certificate of the asylum seeker, the receipts for a card and a
//! gift. Each bears size and root of the public log, so that the paper itself later proves that nothing was rewritten.

use app::{assistance::GiftReceipt, asylum::Certificate, port::CardFace, registry::Holder};
use base64ct::{Base64, Encoding as _};
use documents::{Block, DocumentError, Engine, Letter, Row};
use domain::{
    registry::{BirthDate, Precision, Sex},
    time::Date,
};
use i18n::{Argument, Language, Texts};
use law::Pack;
use transparency::TreeHead;

/// Writes papers.
pub(crate) struct Writer<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) texts: &'a Texts,
    pub(crate) pack: &'a Pack,
    pub(crate) log: TreeHead,
}

/// The language of a paper for a person who speaks this one best (code list `language`).
pub(crate) fn language_for(code: Option<&str>) -> Language {
    match code {
        Some("az") => Language::Azerbaijani,
        Some("ru") => Language::Russian,
        Some("ar") => Language::Arabic,
        Some("fa" | "prs") => Language::Dari,
        _ => Language::English,
    }
}

impl Writer<'_> {
    /// The certificate of the asylum seeker.
    pub(crate) fn certificate(&self, certificate: &Certificate) -> Result<Vec<u8>, DocumentError> {
        let holder = &certificate.holder;
        let page = self.page(holder);
        let mut rows = vec![page.row("asylum-certificate-number", certificate.number.to_string())];
        rows.push(page.row("asylum-certificate-name", holder.latin_name.expose().clone()));
        if let Some(name) = &holder.original_name {
            rows.push(page.row("asylum-certificate-name-original", name.expose().clone()));
        }
        rows.push(page.row("asylum-certificate-birth-date", page.birth(holder.birth)));
        rows.push(page.row("asylum-certificate-sex", sex(holder.sex).into()));
        rows.push(page.row("asylum-certificate-nationality", page.countries(holder)));
        rows.push(page.row("asylum-certificate-issued", page.date(certificate.issued_on)));
        rows.push(page.row("asylum-certificate-authority", page.authority(&certificate.office)));
        let mut blocks = vec![
            Block::Rows { rows },
            Block::Paragraph { text: page.text("asylum-certificate-statement") },
            Block::Notice { text: page.text("asylum-certificate-validity") },
            Block::Heading { text: page.text("asylum-certificate-rights") },
        ];
        for key in [
            "asylum-certificate-stay",
            "asylum-certificate-alone",
            "asylum-certificate-secret",
            "asylum-certificate-interpreter",
            "asylum-certificate-lawyer",
            "asylum-certificate-care",
            "asylum-certificate-school",
            "asylum-certificate-appeal",
            "asylum-certificate-address",
        ] {
            blocks.push(Block::Paragraph { text: page.text(key) });
        }
        blocks.push(Block::Paragraph {
            text: page.with_phone("asylum-certificate-lost", &self.pack.phones().call_centre),
        });
        blocks.push(Block::Heading { text: page.text("asylum-next-title") });
        for key in [
            "asylum-next-registered",
            "asylum-next-registration-interview",
            "asylum-next-status-interview",
            "asylum-next-decision",
            "asylum-next-recognised",
            "asylum-next-appeal",
            "asylum-next-delay",
        ] {
            blocks.push(Block::Paragraph { text: page.text(key) });
        }
        blocks.push(Block::Paragraph { text: page.with_phone("asylum-next-missed", &self.pack.phones().call_centre) });
        let reference = vec![certificate.number.to_string(), page.date(certificate.issued_on)];
        page.letter("asylum-certificate-title", &certificate.office, reference, blocks, Vec::new())
    }

    /// The receipt for a gift.
    pub(crate) fn gift_receipt(&self, receipt: &GiftReceipt) -> Result<Vec<u8>, DocumentError> {
        let page = self.page(&receipt.holder);
        let item = self.pack.code_list("assistance_item").and_then(|list| list.find(&receipt.item));
        let item = item.map_or(receipt.item.as_str(), |item| item.name.in_language(page.language.code()));
        let rows = vec![
            page.row("gift-receipt-number", receipt.number.to_string()),
            page.row("gift-receipt-receiver", receipt.holder.latin_name.expose().clone()),
            page.row("gift-receipt-item", item.to_owned()),
            page.row("gift-receipt-date", page.date(receipt.on)),
            page.row("gift-receipt-place", receipt.distribution.clone()),
            page.row("gift-receipt-officer", page.authority(&receipt.office)),
        ];
        let blocks = vec![
            Block::Rows { rows },
            Block::Paragraph { text: page.text("gift-receipt-statement") },
            Block::Notice { text: page.text("gift-receipt-free") },
            Block::Paragraph { text: page.with_phone("gift-receipt-complaint", &self.pack.phones().ombudsman) },
        ];
        let reference = vec![receipt.number.to_string(), page.date(receipt.on)];
        let signatures = vec![page.text("gift-receipt-signature")];
        page.letter("gift-receipt-title", &receipt.office, reference, blocks, signatures)
    }

    /// The receipt for a card, signed at its hand-over.
    pub(crate) fn card_receipt(&self, holder: &Holder, card: &CardFace, on: Date) -> Result<Vec<u8>, DocumentError> {
        let page = self.page(holder);
        let rows = vec![
            page.row("card-handover-holder", holder.latin_name.expose().clone()),
            page.row("card-handover-number", card.card_number.clone()),
            page.row("card-handover-valid-until", page.date(card.expires_on)),
            page.row("card-handover-date", page.date(on)),
            page.row("card-handover-officer", page.authority(&card.office)),
        ];
        let blocks = vec![
            Block::Rows { rows },
            Block::Paragraph { text: page.text("card-handover-statement") },
            Block::Notice { text: page.text("card-handover-keep") },
            Block::Paragraph { text: page.with_phone("card-handover-lost", &self.pack.phones().call_centre) },
        ];
        let reference = vec![card.card_number.clone(), page.date(on)];
        let signatures =
            vec![page.text("card-handover-signature-holder"), page.text("card-handover-signature-officer")];
        page.letter("card-handover-title", &card.office, reference, blocks, signatures)
    }

    fn page(&self, holder: &Holder) -> Page<'_> {
        Page { writer: self, language: language_for(holder.language.as_deref()) }
    }
}

/// A paper in one language.
struct Page<'a> {
    writer: &'a Writer<'a>,
    language: Language,
}

impl Page<'_> {
    fn text(&self, key: &str) -> String {
        self.writer.texts.get(self.language, key)
    }

    fn with_phone(&self, key: &str, phone: &str) -> String {
        self.writer.texts.format(self.language, key, &[("phone", Argument::from(phone))])
    }

    fn row(&self, key: &str, value: String) -> Row {
        Row { label: self.text(key), value }
    }

    fn date(&self, date: Date) -> String {
        i18n::date(self.language, date)
    }

    fn birth(&self, birth: BirthDate) -> String {
        match birth.precision {
            Precision::Day => self.date(birth.date),
            Precision::Month => format!("{:02}.{}", birth.date.month(), birth.date.year()),
            Precision::Year | Precision::Estimated => birth.date.year().to_string(),
        }
    }

    fn countries(&self, holder: &Holder) -> String {
        let list = self.writer.pack.code_list("country");
        let name = |code: &str| {
            let found = list.and_then(|list| list.find(code));
            found.map_or(code, |found| found.name.in_language(self.language.code())).to_owned()
        };
        holder.citizenships.iter().map(|country| name(country.as_str())).collect::<Vec<_>>().join(", ")
    }

    fn authority(&self, office: &str) -> String {
        let office = self.writer.pack.office(office);
        office.map(|office| office.name.in_language(self.language.code()).to_owned()).unwrap_or_default()
    }

    fn letter(
        &self,
        title: &str,
        office: &str,
        reference: Vec<String>,
        blocks: Vec<Block>,
        signatures: Vec<String>,
    ) -> Result<Vec<u8>, DocumentError> {
        let pack = self.writer.pack;
        let body = pack.office(office).and_then(|office| pack.body(&office.body));
        let issuer = body.map(|body| body.name.in_language(self.language.code()).to_owned());
        let root = Base64::encode_string(&self.writer.log.root);
        let size = self.writer.log.size.to_string();
        let arguments = [("size", Argument::from(size)), ("root", Argument::from(root))];
        let mut blocks = blocks;
        blocks.push(Block::Paragraph { text: self.text("audit-receipt-explanation") });
        let letter = Letter {
            language: self.language.tag().to_owned(),
            direction: documents::Direction::of(&self.text(title)),
            issuer: issuer.into_iter().collect(),
            reference,
            heading: self.text(title),
            photo: None,
            blocks,
            qr: None,
            signatures,
            log: Some(self.writer.texts.format(self.language, "audit-receipt-log", &arguments)),
        };
        self.writer.engine.letter_pdf(&letter)
    }
}

fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "F",
        Sex::Male => "M",
        Sex::Unspecified => "X",
    }
}
