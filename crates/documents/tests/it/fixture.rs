// SPDX-License-Identifier: Apache-2.0
//! Invented facts for cards and letters.

use documents::{Bilingual, Block, CardCaptions, CardFace, Direction, Letter, LetterQr, OriginalName, Row};

/// A text as long as the signed content of a card with a photo: version 21-L.
pub(crate) fn card_qr_text() -> String {
    (0..1_280)
        .map(|index: usize| {
            char::from(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[(index * index + 7 * index) % 45])
        })
        .collect()
}

fn two(az: &str, en: &str) -> Bilingual {
    Bilingual { az: az.to_owned(), en: en.to_owned() }
}

pub(crate) fn captions() -> CardCaptions {
    CardCaptions {
        state: two("AZƏRBAYCAN RESPUBLİKASI", "REPUBLIC OF AZERBAIJAN"),
        title: two("QAÇQIN VƏSİQƏSİ", "REFUGEE IDENTITY CARD"),
        surname: two("Soyadı", "Surname"),
        given_names: two("Adı", "Given names"),
        original_name: two("Öz yazısında adı", "Name in own script"),
        birth_date: two("Doğum tarixi", "Birth date"),
        sex: two("Cinsi", "Sex"),
        nationality: two("Vətəndaşlığı", "Nationality"),
        card_number: two("Vəsiqənin nömrəsi", "Card number"),
        person_number: two("Şəxsi nömrə", "Person number"),
        issued: two("Verilmə tarixi", "Date of issue"),
        expires: two("Etibarlıdır", "Date of expiry"),
        authority: two("Verən orqan", "Authority"),
        check: two("Vəsiqəni yoxlayın", "Check this card"),
    }
}

pub(crate) fn card(photo: Vec<u8>) -> CardFace {
    CardFace {
        surname: "RAHIMI".to_owned(),
        given_names: Some("ZAHRA".to_owned()),
        original_name: Some(OriginalName {
            text: "زهرا رحیمی".to_owned(),
            direction: Direction::RightToLeft,
            language: "fa-AF".to_owned(),
        }),
        birth_date: "01.01.1991".to_owned(),
        sex: "Q / F".to_owned(),
        nationality: "Əfqanıstan / AFG".to_owned(),
        card_number: "RA4K7M2P9".to_owned(),
        person_number: Some("7KQ2-M94T-X".to_owned()),
        issued: "18.12.2025".to_owned(),
        expires: "17.12.2027".to_owned(),
        authority: two("Dövlət Miqrasiya Xidməti", "State Migration Service"),
        place: Some("Bakı".to_owned()),
        photo,
        mrz: [
            "IRAZERA4K7M2P90<<<<<<<<<<<<<<<".to_owned(),
            "9101018F2712170XXB<<<<<<<<<<<4".to_owned(),
            "RAHIMI<<ZAHRA<<<<<<<<<<<<<<<<<".to_owned(),
        ],
        qr_text: card_qr_text(),
        check_url: "turna.example/yoxla".to_owned(),
        captions: captions(),
        notes: vec![
            two(
                "Bu, şəxsiyyət vəsiqəsidir, səyahət sənədi deyil.",
                "This is an identity paper, not a travel document.",
            ),
            two(
                "Vəsiqənin sahibi 1951-ci il Konvensiyasına əsasən qaçqındır və geri qaytarıla bilməz.",
                "The holder is a refugee under the 1951 Convention and must not be returned.",
            ),
        ],
    }
}

fn row(label: &str, value: &str) -> Row {
    Row { label: label.to_owned(), value: value.to_owned() }
}

pub(crate) fn letter_in_dari(photo: Vec<u8>) -> Letter {
    Letter {
        language: "fa-AF".to_owned(),
        direction: Direction::RightToLeft,
        issuer: vec!["ادارهٔ دولتی مهاجرت".to_owned(), "جمهوری آذربایجان".to_owned()],
        reference: vec!["شماره \u{2068}AC-2025-00417\u{2069}".to_owned(), "\u{2068}2025-12-01\u{2069}".to_owned()],
        heading: "گواهی پناهجو".to_owned(),
        photo: Some(photo),
        blocks: vec![
            Block::Rows {
                rows: vec![
                    row("نام", "زهرا رحیمی"),
                    row("نام به الفبای لاتین", "RAHIMI Zahra"),
                    row("تاریخ تولد", "1991-01-01"),
                    row("شمارهٔ شخصی", "7KQ2-M94T-X"),
                    row("شمارهٔ تلفن", "+994 12 555 01 23"),
                    row("اعتبار تا", "2026-03-01 (3 ماه)"),
                ],
            },
            Block::Paragraph {
                text: "دارندهٔ این گواهی درخواست پناهندگی داده است و تا پایان رسیدگی، از جمله هر شکایت، حق دارد در کشور بماند. شمارهٔ پرونده \u{2068}AC-2025-00417\u{2069} است و در روز \u{2068}18.12.2025\u{2069} ساعت \u{2068}10:30\u{2069} مصاحبه خواهد شد.".to_owned(),
            },
            Block::Notice { text: "این گواهی را همیشه با خود داشته باشید؛ کسی حق گرفتن آن را ندارد.".to_owned() },
        ],
        qr: Some(LetterQr { text: "HTTPS://TURNA.EXAMPLE/C/7KQ2M94TX".to_owned(), caption: "این رمز را برای بررسی بخوانید".to_owned() }),
        signatures: vec!["دارندهٔ گواهی".to_owned(), "مأمور".to_owned()],
        log: Some("دفتر ثبت: 20417, Jx4Wq1kQ0m3vYk8y5w2u7T9cR6bN1aZ0pLhGfDsE4iU=".to_owned()),
    }
}

pub(crate) fn letter_in_arabic() -> Letter {
    Letter {
        language: "ar".to_owned(),
        direction: Direction::RightToLeft,
        issuer: vec!["دائرة الهجرة الحكومية".to_owned(), "جمهورية أذربيجان".to_owned()],
        reference: vec!["\u{2068}G-2025-118\u{2069}".to_owned(), "\u{2068}18.12.2025\u{2069}".to_owned()],
        heading: "إيصال استلام هدية".to_owned(),
        photo: None,
        blocks: vec![
            Block::Paragraph {
                text: "استلمت الأسرة ما يلي مرة واحدة، ولا يُطلب منها شيء مقابل ذلك.".to_owned()
            },
            Block::Rows {
                rows: vec![
                    row("رب الأسرة", "حسين الجبوري"),
                    row("الأسرة", "5 أفراد"),
                    row("رقم الإيصال", "G-2025-118/A"),
                    row("المبلغ", "350,00 AZN"),
                ],
            },
            Block::Heading { text: "المحتويات".to_owned() },
            Block::Table {
                columns: vec!["الصنف".to_owned(), "العدد".to_owned(), "الوحدة".to_owned()],
                rows: vec![
                    vec!["بطانية".to_owned(), "5".to_owned(), "قطعة".to_owned()],
                    vec!["سلة غذائية".to_owned(), "1".to_owned(), "صندوق 12 kg".to_owned()],
                ],
            },
        ],
        qr: None,
        signatures: vec!["المستلم".to_owned(), "الموظف".to_owned()],
        log: Some("سجل التدقيق: 20417, Jx4Wq1kQ0m3vYk8y5w2u7T9cR6bN1aZ0pLhGfDsE4iU=".to_owned()),
    }
}

pub(crate) fn letter_in_russian() -> Letter {
    let entries = (1..=45).map(|index| {
        vec![
            format!("2025-12-{:02} 09:{:02}", index % 28 + 1, index),
            "Государственная миграционная служба, отдел регистрации".to_owned(),
            "Рассмотрение ходатайства".to_owned(),
        ]
    });
    Letter {
        language: "ru".to_owned(),
        direction: Direction::LeftToRight,
        issuer: vec!["Уполномоченный по правам человека".to_owned(), "Азербайджанская Республика".to_owned()],
        reference: vec!["№ O-2025-31".to_owned(), "18.12.2025".to_owned()],
        heading: "Кто смотрел мои данные".to_owned(),
        photo: None,
        blocks: vec![
            Block::Rows {
                rows: vec![row("Имя", "Олена Шевчук"), row("Личный номер", "9PX4-T22K-C")]
            },
            Block::Paragraph {
                text: "Ниже перечислены все случаи, когда ваши данные открывались. Закрытые разделы здесь не показаны."
                    .to_owned(),
            },
            Block::Table {
                columns: vec!["Когда".to_owned(), "Кто".to_owned(), "Зачем".to_owned()],
                rows: entries.collect(),
            },
        ],
        qr: None,
        signatures: vec![],
        log: Some("Журнал: 20417, Jx4Wq1kQ0m3vYk8y5w2u7T9cR6bN1aZ0pLhGfDsE4iU=".to_owned()),
    }
}
