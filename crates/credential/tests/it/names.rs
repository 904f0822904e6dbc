// SPDX-License-Identifier: Apache-2.0
//! Names in the machine readable zone: golden names of each script.

use credential::mrz::{
    ADiaeresis, ARing, CyrillicLanguage, LatinPractice, NTilde, ODiaeresis, Practice, Schwa, Table,
    TransliterationError, UDiaeresis, transliterate,
};

fn written(name: &str, practice: Practice) -> String {
    match transliterate(name, practice) {
        Ok(transliteration) => transliteration.mrz,
        Err(error) => error.to_string(),
    }
}

#[test]
fn latin_names_follow_table_a_and_the_authority() {
    for (name, mrz) in [
        ("Əliyev", "ELIYEV"),
        ("əliyeva", "ELIYEVA"),
        ("Ülkər", "ULKER"),
        ("Ömər", "OMER"),
        ("Çingiz", "CINGIZ"),
        ("Şəhla", "SEHLA"),
        ("Oğuz", "OGUZ"),
        ("İlham", "ILHAM"),
        ("i\u{307}lham", "ILHAM"),
        ("Işıq", "ISIQ"),
        ("Xəyalə Qurbanlı qızı", "XEYALE<QURBANLI<QIZI"),
        ("Müller", "MULLER"),
        ("Weiß", "WEISS"),
        ("Þór", "THOR"),
        ("Łukasz", "LUKASZ"),
        ("Øyvind", "OEYVIND"),
        ("Ærø", "AEROE"),
        ("Núñez", "NUNEZ"),
        ("Åsa", "ASA"),
        ("Đặng", "DANG"),
        ("Ștefan", "STEFAN"),
        ("Zoe\u{308}", "ZOE"),
        ("Ĳsselmeer", "IJSSELMEER"),
        ("O'Connor", "OCONNOR"),
        ("d’Artagnan", "DARTAGNAN"),
        ("Jean-Luc", "JEAN<LUC"),
        ("  Anna   Maria ", "ANNA<MARIA"),
        ("Martin, Jr.", "MARTIN<JR"),
    ] {
        assert_eq!(written(name, Practice::default()), mrz, "{name}");
    }
}

#[test]
fn the_authority_may_choose_the_other_forms() {
    let latin = LatinPractice {
        a_diaeresis: ADiaeresis::Ae,
        a_ring: ARing::Aa,
        n_tilde: NTilde::Nxx,
        o_diaeresis: ODiaeresis::Oe,
        u_diaeresis: UDiaeresis::Ue,
        schwa: Schwa::A,
    };
    let practice = Practice { latin, ..Practice::default() };
    for (name, mrz) in [
        ("Jäger", "JAEGER"),
        ("Åsa", "AASA"),
        ("Núñez", "NUNXXEZ"),
        ("Ömər", "OEMAR"),
        ("Müller", "MUELLER"),
        ("Əliyev", "ALIYEV"),
    ] {
        assert_eq!(written(name, practice), mrz, "{name}");
    }
    let latin = LatinPractice { u_diaeresis: UDiaeresis::Uxx, ..LatinPractice::default() };
    assert_eq!(written("Müller", Practice { latin, ..Practice::default() }), "MUXXLLER");
}

#[test]
fn cyrillic_names_follow_table_b_and_its_exceptions() {
    use CyrillicLanguage::{Azerbaijani, Belarusian, Bulgarian, Common, Macedonian, Serbian, Ukrainian};
    for (language, name, mrz) in [
        (Common, "Мамедов", "MAMEDOV"),
        (Common, "Юрий", "IURII"),
        (Common, "Щербаков", "SHCHERBAKOV"),
        (Common, "ёлкин", "ELKIN"),
        (Common, "Е\u{308}лкин", "ELKIN"),
        (Common, "Подъячев", "PODIEIACHEV"),
        (Common, "Ильин", "ILIN"),
        (Common, "Цой", "TSOI"),
        (Common, "Хабиб", "KHABIB"),
        (Common, "Жуков", "ZHUKOV"),
        (Common, "Эльчин", "ELCHIN"),
        (Common, "Рыжков", "RYZHKOV"),
        (Common, "Ӯктам", "UKTAM"),
        (Ukrainian, "Ґалаґан", "GALAGAN"),
        (Ukrainian, "Гнат", "HNAT"),
        (Ukrainian, "Єва", "YEVA"),
        (Ukrainian, "Їжак", "YIZHAK"),
        (Ukrainian, "Йосип", "YOSYP"),
        (Ukrainian, "Зіновій", "ZINOVII"),
        (Ukrainian, "Юлія", "YULIIA"),
        (Ukrainian, "Кирил", "KYRYL"),
        (Ukrainian, "Анна-Яна", "ANNA<YANA"),
        (Ukrainian, "Лук'ян", "LUKIAN"),
        (Common, "Єва", "IEVA"),
        (Belarusian, "Ігар", "IHAR"),
        (Belarusian, "Аляксандр", "ALIAKSANDR"),
        (Belarusian, "Ёсіф", "IOSIF"),
        (Belarusian, "Доўнар", "DOUNAR"),
        (Bulgarian, "Щерю", "SHTERIU"),
        (Bulgarian, "Събев", "SIEBEV"),
        (Serbian, "Жељко", "ZELJKO"),
        (Serbian, "Његош", "NJEHOS"),
        (Serbian, "Ђорђе", "DORDE"),
        (Serbian, "Хаџић", "HADZIC"),
        (Macedonian, "Ѓорѓи", "GJORGJI"),
        (Macedonian, "Ќиро", "KJIRO"),
        (Macedonian, "Џафер", "DJAFER"),
        (Macedonian, "Ѕвездан", "DZVEZDAN"),
        (Macedonian, "Христо", "HRISTO"),
        (Azerbaijani, "Әлијев", "ELIYEV"),
        (Azerbaijani, "Ҹаваншир", "CAVANSIR"),
        (Azerbaijani, "Ҝүлнар", "GULNAR"),
        (Azerbaijani, "Һүсејн", "HUSEYN"),
        (Azerbaijani, "Гасымов", "QASIMOV"),
        (Azerbaijani, "Өмәр", "OMER"),
    ] {
        let practice = Practice { cyrillic: language, ..Practice::default() };
        assert_eq!(written(name, practice), mrz, "{name} in {language:?}");
    }
    assert_eq!(CyrillicLanguage::of_code("uk"), Ukrainian);
    assert_eq!(CyrillicLanguage::of_code("ru"), Common);
}

#[test]
fn arabic_names_follow_table_c() {
    for (name, mrz) in [
        ("محمد", "MXHMD"),
        ("محمّد", "MXHMMD"),
        ("مُحَمَّد", "MXHMMD"),
        ("أحمد", "XAEXHMD"),
        ("احمد", "AXHMD"),
        ("فاطمة", "FAXTTMXAH"),
        ("فاطمةٌ", "FAXTTMXAH"),
        ("فاطمةالزهراء", "FAXTTMXTAALZHRAXE"),
        ("فاطمة الزهراء", "FAXTTMXAH<ALZHRAXE"),
        ("فاطمة-زهرة", "FAXTTMXAH<ZHRXAH"),
        ("عبد الله", "EBD<ALLH"),
        ("عبدالرحمن", "EBDALRXHMN"),
        ("عبدالرحمـــن", "EBDALRXHMN"),
        ("حسين", "XHSYN"),
        ("خالد", "XKHALD"),
        ("شريف", "XSHRYF"),
        ("صالح", "XSSALXH"),
        ("ضياء", "XDZYAXE"),
        ("طارق", "XTTARQ"),
        ("ظافر", "XZZAFR"),
        ("ذو الفقار", "XDHW<ALFQAR"),
        ("ثامر", "XTHAMR"),
        ("آمنة", "XAAMNXAH"),
        ("إبراهيم", "IBRAHYM"),
        ("مؤمن", "MUMN"),
        ("رائد", "RAXID"),
        ("هدى", "HDXAY"),
        ("عبّاس", "EBBAS"),
        ("فضّة", "FXDZDZXAH"),
        ("غسان", "GSAN"),
        ("عائشة", "EAXIXSHXAH"),
        ("\u{FEE3}\u{FEA4}\u{FEE4}\u{FEAA}", "MXHMD"),
        ("\u{FEFB}\u{0645}", "LAM"),
    ] {
        assert_eq!(written(name, Practice::default()), mrz, "{name}");
    }
}

#[test]
fn persian_dari_pashto_and_urdu_letters_follow_table_c() {
    for (name, mrz) in [
        ("احمد نورزوی", "AXHMD<NWRZWXYA"),
        ("گل آقا", "XGGL<XAAQA"),
        ("پروین", "PRWXYAN"),
        ("ژاله", "XJALH"),
        ("چمن", "XCMN"),
        ("کریمی", "XKKRXYAMXYA"),
        ("یوسف\u{200C}زی", "XYAWSFZXYA"),
        ("ټولواک", "XRTWLWAXKK"),
        ("ځلاند", "XKELAND"),
        ("څانګه", "XXHANXXKH"),
        ("ښکلا", "XXSXKKLA"),
        ("ډاډ", "XDRAXDR"),
        ("ړانده", "XRRANDH"),
        ("ږدن", "XRXDN"),
        ("کوڼ", "XKKWXXN"),
        ("سپوږمۍ", "SPWXRXMXXY"),
        ("زړې", "ZXRRY"),
        ("بٹ", "BXXT"),
        ("ڈار", "XXDAR"),
        ("گوڑ", "XGGWXXR"),
        ("بھٹی", "BXDOXXTXYA"),
        ("نواں", "NWAXNN"),
        ("فرہاد", "FRXXGAD"),
        ("رائے", "RAXIXYB"),
    ] {
        assert_eq!(written(name, Practice::default()), mrz, "{name}");
    }
}

#[test]
fn the_rules_say_where_each_form_comes_from() {
    let tables = |name, practice| -> Vec<(String, Table)> {
        let transliteration = transliterate(name, practice).unwrap();
        transliteration.rules.into_iter().map(|rule| (rule.mrz, rule.table)).collect()
    };
    let rule = |mrz: &str, table| (mrz.to_owned(), table);
    assert_eq!(tables("Şəms", Practice::default()), [rule("S", Table::Latin), rule("E", Table::National)]);
    assert_eq!(
        tables("Ș-O'A", Practice::default()),
        [rule("S", Table::WithoutMarks), rule("<", Table::Punctuation), rule("", Table::Punctuation)]
    );
    assert_eq!(tables("Ль", Practice::default()), [rule("L", Table::Cyrillic), rule("", Table::Cyrillic)]);
    assert_eq!(tables("بَ", Practice::default()), [rule("B", Table::Arabic), rule("", Table::Arabic)]);
    let practice = Practice { cyrillic: CyrillicLanguage::Azerbaijani, ..Practice::default() };
    assert_eq!(tables("Ҹ", practice), [rule("C", Table::AzerbaijaniCyrillic)]);
}

#[test]
fn a_character_that_no_table_knows_is_named() {
    for (name, character, position) in [
        ("Li 王", '王', 4),
        ("Ali3", '3', 4),
        ("ΑΘΗΝΑ", 'Α', 1),
        ("\u{651}محمد", '\u{651}', 1),
        ("a\u{0}", '\u{0}', 2),
        ("ەمین", 'ە', 1),
    ] {
        let error = transliterate(name, Practice::default()).err();
        assert_eq!(error, Some(TransliterationError::UnknownCharacter { character, position }), "{name}");
    }
    let message = transliterate("Li 王", Practice::default()).unwrap_err().to_string();
    assert_eq!(message, "the character 王 (U+738B) at position 4 has no form in the machine readable zone");
    for name in ["", "  ", "-'-", "\u{64E}"] {
        assert_eq!(transliterate(name, Practice::default()), Err(TransliterationError::Empty), "{name:?}");
    }
    assert_eq!(transliterate(&"a".repeat(301), Practice::default()), Err(TransliterationError::TooLong));
    assert_eq!(transliterate(&"a".repeat(300), Practice::default()).map(|name| name.mrz.len()), Ok(300));
}
