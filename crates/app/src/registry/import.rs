// SPDX-License-Identifier: Apache-2.0
//! Rows of an older register as families to be registered: what each column is stands in a map (TOML) that the program
//! proposes and an officer corrects. Pure; the rows are registered one family after the other by
//! [`super::RegisterFamily`], like those of any officer.

mod value;

use std::collections::BTreeMap;

use domain::{
    access::CollectedFor,
    registry::{
        Address, Citizenship, Confidentiality, Contact, ContactKind, CountryCode, Document, FAMILY_MEMBERS_MAX,
        FamilyRegistration, ForeignReference, HEAD, LookAlikeNote, MemberRegistration, NameInput, NameKind, NameSource,
        VitalStatus,
    },
    sensitive::Sensitive,
};
use identification::files::Map;
use serde::Deserialize;

/// What a column holds. The words are those of `identify map`, so that its proposal can be used as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Column {
    /// Number in the older register, kept as a reference.
    Id,
    Full,
    Given,
    Family,
    Father,
    /// Whole name in its own script.
    Native,
    Sex,
    Birth,
    /// Year of birth, where the day is not known.
    Year,
    Document,
    /// Personal number, kept as a reference.
    Personal,
    Phone,
    Address,
    Place,
    Nationality,
    Relation,
    Household,
    /// Public number of a registered person who looks like this one and is another: the officer's word.
    OtherPerson,
    /// Why she is another.
    OtherReason,
    #[serde(other)]
    Ignore,
}

/// What is the same for every row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    collected_for: CollectedFor,
    organisation: String,
    #[serde(default)]
    document_kind: String,
    #[serde(default)]
    document_country: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    relations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct File {
    columns: BTreeMap<String, Column>,
    import: Settings,
}

/// How the columns of a table become a registration.
#[derive(Clone, Debug)]
pub struct ImportMap {
    columns: Vec<Column>,
    settings: Settings,
}

/// A row with the line at which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Line of the file, the first being 1.
    pub number: u64,
    /// Its values, in the order of the headers.
    pub values: Vec<String>,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// Line of the file.
    pub line: u64,
    /// Header of the column, where one is at fault.
    pub column: Option<String>,
    /// Why.
    pub reason: String,
}

impl ImportMap {
    /// Proposes a map from the headers and the first rows; what only people know is left to be filled in.
    ///
    /// # Errors
    /// When no column tells persons apart, in words.
    pub fn propose(headers: &[String], sample: &[Vec<String>]) -> Result<String, String> {
        let map = Map::propose(headers, sample).map_err(|error| error.to_string())?;
        Ok(format!(
            "{}\n# What is the same for every row.\n[import]\n# asylum, displacement, residence\ncollected_for = \"\"\n\
             # The older register, under whose name its numbers are kept\norganisation = \"\"\n\
             # Type of the documents and the country that issued them, where the table has a column of them\n\
             document_kind = \"\"\ndocument_country = \"\"\n\
             # Administrative area of the addresses\narea = \"\"\n\n\
             # What the table calls a relation = how the pack calls it\n[import.relations]\n",
            map.to_toml(headers).trim_end()
        ))
    }

    /// Reads a map for a table with these headers. Columns that it does not name are not looked at.
    ///
    /// # Errors
    /// When it is not a map, names a column that the table lacks, or leaves out what a registration needs; in words.
    pub fn parse(text: &str, headers: &[String]) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut columns = vec![Column::Ignore; headers.len()];
        for (header, column) in file.columns {
            let place = headers.iter().position(|other| *other == header);
            let place = place.ok_or_else(|| format!("the table has no column {header:?}"))?;
            columns[place] = column;
        }
        let has = |column| columns.contains(&column);
        if !has(Column::Full) && !has(Column::Given) && !has(Column::Native) {
            return Err("no column holds names".into());
        }
        if !has(Column::Birth) && !has(Column::Year) {
            return Err("no column holds dates or years of birth".into());
        }
        let settings = file.import;
        for (column, value, name) in [
            (Column::Id, &settings.organisation, "organisation"),
            (Column::Document, &settings.document_kind, "document_kind"),
            (Column::Document, &settings.document_country, "document_country"),
            (Column::Address, &settings.area, "area"),
        ] {
            if has(column) && value.trim().is_empty() {
                return Err(format!("set {name} in [import], or let the column be \"ignore\""));
            }
        }
        Ok(Self { columns, settings })
    }

    /// The value by which rows belong to one family, if the table has such a column and the row a value.
    pub fn household<'a>(&self, line: &'a Line) -> Option<&'a str> {
        let place = self.columns.iter().position(|column| *column == Column::Household)?;
        line.values.get(place).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The rows of one family as a registration: the head is who is called so, or else the first.
    ///
    /// # Errors
    /// Everything that is wrong in the rows.
    pub fn registration(&self, headers: &[String], lines: &[Line]) -> Result<FamilyRegistration, Vec<LineError>> {
        let (mut members, mut errors) = (Vec::new(), Vec::new());
        if lines.len() > FAMILY_MEMBERS_MAX {
            let reason = format!("a family has at most {FAMILY_MEMBERS_MAX} members");
            return Err(vec![LineError { line: lines[0].number, column: None, reason }]);
        }
        for line in lines {
            let mut reading = Reading { map: self, headers, line, errors: &mut errors };
            members.extend(reading.member());
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        if !members.iter().any(|member| member.relation == HEAD)
            && let Some(first) = members.first_mut()
        {
            first.relation = HEAD.into();
        }
        let collected_for = self.settings.collected_for;
        Ok(FamilyRegistration { collected_for, event_date: None, members, displacement: None })
    }
}

/// One row on its way to a member.
struct Reading<'a> {
    map: &'a ImportMap,
    headers: &'a [String],
    line: &'a Line,
    errors: &'a mut Vec<LineError>,
}

impl Reading<'_> {
    /// The first value of a kind of column, with the column's place; empty ones count as absent.
    fn get(&self, column: Column) -> Option<(usize, String)> {
        let mut places = self.map.columns.iter().enumerate().filter(|(_, other)| **other == column);
        places.find_map(|(place, _)| {
            let value = self.line.values.get(place)?.trim();
            if value.is_empty() { None } else { Some((place, value.to_owned())) }
        })
    }

    fn fault(&mut self, place: Option<usize>, reason: impl Into<String>) {
        let column = place.and_then(|place| self.headers.get(place).cloned());
        self.errors.push(LineError { line: self.line.number, column, reason: reason.into() });
    }

    /// Reads a value or notes why it cannot be.
    fn read<T>(&mut self, column: Column, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let (place, value) = self.get(column)?;
        parse(&value).map_err(|reason| self.fault(Some(place), reason)).ok()
    }

    fn member(&mut self) -> Option<MemberRegistration> {
        let before = self.errors.len();
        let names = self.names();
        let sex = self.read(Column::Sex, value::sex).unwrap_or(domain::registry::Sex::Unspecified);
        let birth = match self.get(Column::Birth) {
            Some(_) => self.read(Column::Birth, value::birth),
            None => self.read(Column::Year, value::year),
        };
        if birth.is_none() && self.errors.len() == before {
            self.fault(None, "the birth date is missing");
        }
        let citizenships = self
            .read(Column::Nationality, value::country)
            .map(|country| vec![Citizenship { country, from: None, to: None, basis: "stated".into() }]);
        let relation = self.relation();
        let looks_like = self.other_person();
        let documents = self.documents();
        let references = self.references();
        let text = |found: Option<(usize, String)>| found.map(|(_, value)| Sensitive::new(value));
        let (birth_place, phone, address) =
            (text(self.get(Column::Place)), text(self.get(Column::Phone)), text(self.get(Column::Address)));
        if self.errors.len() > before {
            return None;
        }
        Some(MemberRegistration {
            key: None,
            relation,
            names,
            sex,
            birth: birth?,
            birth_place,
            birth_country: None,
            citizenships: citizenships.unwrap_or_default(),
            documents,
            contacts: phone.map(|value| vec![Contact { kind: ContactKind::Phone, value }]).unwrap_or_default(),
            address: address.map(|line| Address {
                area: self.map.settings.area.clone(),
                line,
                dwelling: None,
                from: None,
                confidentiality: Confidentiality::Family,
            }),
            languages: Vec::new(),
            references,
            vital_status: VitalStatus::Alive,
            guardian: None,
            photo: None,
            looks_like,
        })
    }

    fn names(&mut self) -> Vec<NameInput> {
        let mut names = Vec::new();
        for (column, kind) in [
            (Column::Given, NameKind::Given),
            (Column::Family, NameKind::Family),
            (Column::Father, NameKind::Father),
            (Column::Full, NameKind::Full),
            (Column::Native, NameKind::Full),
        ] {
            // A whole name beside its parts says nothing more.
            if column == Column::Full && names.iter().any(|name: &NameInput| name.kind == NameKind::Given) {
                continue;
            }
            let Some((place, value)) = self.get(column) else { continue };
            match value::script(&value) {
                Some(script) => {
                    names.push(NameInput { kind, script, source: NameSource::Stated, value: Sensitive::new(value) });
                }
                None => {
                    self.fault(Some(place), "the letters belong to no script that the program knows, or to several");
                }
            }
        }
        if names.is_empty() {
            self.fault(None, "the name is missing");
        }
        names
    }

    /// The relation in the pack's word; a row without one is a head where it stands alone, and is else asked for.
    fn relation(&mut self) -> String {
        let Some((_, word)) = self.get(Column::Relation) else { return HEAD.into() };
        self.map.settings.relations.get(&word).cloned().unwrap_or(word)
    }

    fn documents(&mut self) -> Vec<Document> {
        let Some((_, number)) = self.get(Column::Document) else { return Vec::new() };
        match CountryCode::parse(&self.map.settings.document_country) {
            Ok(country) => {
                let (kind, number) = (self.map.settings.document_kind.clone(), Sensitive::new(number));
                vec![Document { kind, number, country, issued: None, expires: None }]
            }
            Err(error) => {
                self.fault(None, format!("document_country in the map: {error}"));
                Vec::new()
            }
        }
    }

    fn references(&mut self) -> Vec<ForeignReference> {
        let organisation = &self.map.settings.organisation;
        let of = |column, organisation: String| {
            let (_, number) = self.get(column)?;
            Some(ForeignReference { organisation, number: Sensitive::new(number) })
        };
        [of(Column::Id, organisation.clone()), of(Column::Personal, "personal_number".into())]
            .into_iter()
            .flatten()
            .collect()
    }

    fn other_person(&mut self) -> Vec<LookAlikeNote> {
        let number = self.read(Column::OtherPerson, |text| text.parse().map_err(|_| "no number of a person".into()));
        let Some(number) = number else { return Vec::new() };
        let Some((_, reason)) = self.get(Column::OtherReason) else {
            self.fault(None, "whoever looks alike and is another needs a reason");
            return Vec::new();
        };
        vec![LookAlikeNote { number, verdict: domain::registry::Verdict::Different, reason: Sensitive::new(reason) }]
    }
}

#[cfg(test)]
mod tests {
    use domain::registry::{Precision, Script, Sex};

    use super::*;

    const MAP: &str = "[columns]\n\"Nr\" = \"id\"\nSoyad = \"family\"\nAd = \"given\"\nCins = \"sex\"\n\
        \"Doğum\" = \"birth\"\n\"Ailə\" = \"household\"\nKim = \"relation\"\n\
        [import]\ncollected_for = \"displacement\"\norganisation = \"old register\"\n\
        [import.relations]\n\"oğul\" = \"son\"\n\"ailə başçısı\" = \"head\"\n";

    fn headers() -> Vec<String> {
        ["Nr", "Soyad", "Ad", "Cins", "Doğum", "Ailə", "Kim", "qeyd"].map(str::to_owned).to_vec()
    }

    fn line(number: u64, values: [&str; 8]) -> Line {
        Line { number, values: values.map(str::to_owned).to_vec() }
    }

    #[test]
    fn rows_of_one_household_become_one_family() {
        let map = ImportMap::parse(MAP, &headers()).unwrap();
        let lines = [
            line(2, ["17", "Əliyev", "Əli", "oğul", "2015", "F1", "oğul", ""]),
            line(3, ["18", "Алиев", "Вели", "kişi", "12.03.1984", "F1", "ailə başçısı", ""]),
        ];
        let errors = map.registration(&headers(), &lines).unwrap_err();
        assert_eq!(errors.len(), 1);
        assert_eq!((errors[0].line, errors[0].column.as_deref()), (2, Some("Cins")));
        let lines = [line(2, ["17", "Əliyev", "Əli", "kişi", "2015", "F1", "oğul", ""]), lines[1].clone()];
        let family = map.registration(&headers(), &lines).unwrap();
        assert_eq!(family.collected_for, CollectedFor::Displacement);
        let relations: Vec<&str> = family.members.iter().map(|member| member.relation.as_str()).collect();
        assert_eq!(relations, ["son", "head"]);
        assert_eq!(family.members[0].birth.precision, Precision::Year);
        assert_eq!(family.members[1].birth.date.to_string(), "1984-03-12");
        assert_eq!(family.members[1].names[0].script, Script::Cyrillic);
        assert_eq!((family.members[1].sex, map.household(&lines[0])), (Sex::Male, Some("F1")));
        let reference = &family.members[0].references[0];
        assert_eq!((reference.organisation.as_str(), reference.number.expose().as_str()), ("old register", "17"));
    }

    #[test]
    fn every_fault_of_a_row_is_named_at_once() {
        let map = ImportMap::parse(MAP, &headers()).unwrap();
        let errors = map.registration(&headers(), &[line(9, ["", "Əliев", "", "?", "31.02.1984", "", "", ""])]);
        let columns: Vec<Option<String>> = errors.unwrap_err().into_iter().map(|error| error.column).collect();
        assert_eq!(columns, [Some("Soyad".into()), None, Some("Cins".into()), Some("Doğum".into())]);
    }

    #[test]
    fn a_map_that_a_registration_cannot_be_made_of_is_refused() {
        for (from, to, says) in [
            ("Ad = \"given\"\n", "", "names"),
            ("\"Doğum\" = \"birth\"\n", "", "birth"),
            ("organisation = \"old register\"", "organisation = \"\"", "organisation"),
            ("Soyad =", "Familiya =", "Familiya"),
            ("\"displacement\"", "\"anything\"", "anything"),
        ] {
            let refused = ImportMap::parse(&MAP.replace(from, to), &headers()).unwrap_err();
            assert!(refused.contains(says), "{says}: {refused}");
        }
    }

    #[test]
    fn a_proposal_is_read_back_once_people_have_filled_in_what_only_they_know() {
        let headers = ["record_id", "surname", "first_name", "gender", "date_of_birth"].map(str::to_owned).to_vec();
        let row = ["1", "Aliyev", "Ali", "M", "1984-03-12"].map(str::to_owned).to_vec();
        let proposal = ImportMap::propose(&headers, std::slice::from_ref(&row)).unwrap();
        assert!(ImportMap::parse(&proposal, &headers).is_err(), "nobody has filled it in");
        let filled = proposal
            .replace("collected_for = \"\"", "collected_for = \"asylum\"")
            .replace("organisation = \"\"", "organisation = \"x\"");
        let map = ImportMap::parse(&filled, &headers).unwrap();
        let family = map.registration(&headers, &[Line { number: 2, values: row }]).unwrap();
        assert_eq!(family.members[0].names.len(), 2);
        assert_eq!(family.members[0].references.len(), 1);
    }
}
