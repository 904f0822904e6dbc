// SPDX-License-Identifier: Apache-2.0
//! The numbers of an office as tables and plots. A plot and its file are made from the same table.

use app::{
    procedures::Labels,
    statistics::{AgeBand, OfficeStatistics},
};

use crate::{
    chart::{self, Bar, Caption, Group},
    csv::Cell,
    page::Words,
    work::state_text,
};

/// A table with its plot.
pub(super) struct Numbers {
    /// Name in addresses and of the file.
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) plot: String,
}

/// A row of a table: its texts, then its numbers.
pub(super) struct Row {
    pub(super) texts: Vec<String>,
    pub(super) numbers: Vec<i64>,
}

impl Numbers {
    /// The table as rows of a file, with the names of the columns first.
    pub(super) fn cells(&self) -> Vec<Vec<Cell>> {
        let head = self.columns.iter().map(|name| name.as_str().into()).collect();
        let row = |row: &Row| {
            let texts = row.texts.iter().map(|text| Cell::from(text.as_str()));
            texts.chain(row.numbers.iter().map(|number| Cell::from(*number))).collect()
        };
        std::iter::once(head).chain(self.rows.iter().map(row)).collect()
    }
}

/// All tables, in the order of the page.
pub(super) fn all(words: &Words, names: Labels<'_>, found: &OfficeStatistics) -> Vec<Numbers> {
    vec![
        queues(words, names, found),
        load(words, found),
        ages(words, found),
        months(words, found),
        outcomes(words, names, found),
    ]
}

fn caption(words: &Words, id: &'static str, title: &str, lead: &str, series: &[&str]) -> Caption {
    let series = series.iter().map(|key| words.text(key)).collect();
    Caption { id, title: words.text(title), description: words.text(lead), series }
}

/// Bars of open and overdue cases: the overdue ones are the second part of each bar.
fn open_and_overdue(words: &Words, caption: &Caption, rows: &[Row]) -> String {
    let bar = |row: &Row| {
        let [open, overdue] = [row.numbers[0], row.numbers[1]];
        let figure = match overdue {
            0 => words.number(open),
            _ => format!("{} / {}", words.number(open), words.number(overdue)),
        };
        Bar { label: row.texts.join(": "), parts: vec![open - overdue, overdue], figure }
    };
    chart::bars(caption, &rows.iter().map(bar).collect::<Vec<_>>())
}

fn queues(words: &Words, names: Labels<'_>, found: &OfficeStatistics) -> Numbers {
    let mut rows: Vec<Row> = Vec::new();
    for count in &found.queues {
        let texts = vec![names.procedure(&count.procedure), state_text(words, count.state)];
        match rows.iter_mut().find(|row| row.texts == texts) {
            Some(row) => {
                row.numbers[0] += count.all;
                row.numbers[1] += count.overdue;
            }
            None => rows.push(Row { texts, numbers: vec![count.all, count.overdue] }),
        }
    }
    let (title, lead) = ("head-queues-title", "head-queues-lead");
    let caption = caption(words, "queues", title, lead, &["head-column-in-time", "head-column-overdue"]);
    let columns = ["head-column-procedure", "head-column-state", "head-column-open", "head-column-overdue"];
    Numbers {
        id: "queues",
        plot: open_and_overdue(words, &caption, &rows),
        title: caption.title,
        lead: caption.description,
        columns: columns.map(|key| words.text(key)).into(),
        rows,
    }
}

fn load(words: &Words, found: &OfficeStatistics) -> Numbers {
    let name = |officer: &Option<_>| match officer {
        Some((_, name)) => String::clone(name),
        None => words.text("work-view-unassigned"),
    };
    let row = |load: &app::statistics::LoadCount| Row {
        texts: vec![name(&load.officer)],
        numbers: vec![load.open, load.overdue],
    };
    let rows: Vec<Row> = found.load.iter().map(row).collect();
    let (title, lead) = ("head-load-title", "head-load-lead");
    let caption = caption(words, "load", title, lead, &["head-column-in-time", "head-column-overdue"]);
    let columns = ["head-column-officer", "head-column-open", "head-column-overdue"];
    Numbers {
        id: "load",
        plot: open_and_overdue(words, &caption, &rows),
        title: caption.title,
        lead: caption.description,
        columns: columns.map(|key| words.text(key)).into(),
        rows,
    }
}

fn age_text(words: &Words, band: AgeBand) -> String {
    words.text(match band {
        AgeBand::UnderOneMonth => "head-age-under-one",
        AgeBand::OneToThree => "head-age-one-to-three",
        AgeBand::ThreeToSix => "head-age-three-to-six",
        AgeBand::SixToTwelve => "head-age-six-to-twelve",
        AgeBand::OverTwelve => "head-age-over-twelve",
    })
}

fn ages(words: &Words, found: &OfficeStatistics) -> Numbers {
    let row = |(band, count): &(AgeBand, i64)| Row { texts: vec![age_text(words, *band)], numbers: vec![*count] };
    let rows: Vec<Row> = found.ages.iter().map(row).collect();
    let caption = caption(words, "ages", "head-ages-title", "head-ages-lead", &[]);
    Numbers {
        id: "ages",
        plot: plain_bars(words, &caption, &rows),
        columns: columns(words, "head-column-age"),
        ..of(caption, rows)
    }
}

fn columns(words: &Words, first: &str) -> Vec<String> {
    vec![words.text(first), words.text("head-column-cases")]
}

fn plain_bars(words: &Words, caption: &Caption, rows: &[Row]) -> String {
    let bar = |row: &Row| Bar {
        label: row.texts.join(": "),
        parts: vec![row.numbers[0]],
        figure: words.number(row.numbers[0]),
    };
    chart::bars(caption, &rows.iter().map(bar).collect::<Vec<_>>())
}

/// A table without columns and plot yet.
fn of(caption: Caption, rows: Vec<Row>) -> Numbers {
    Numbers {
        id: caption.id,
        title: caption.title,
        lead: caption.description,
        columns: Vec::new(),
        rows,
        plot: String::new(),
    }
}

fn months(words: &Words, found: &OfficeStatistics) -> Numbers {
    let month = |day: domain::time::Date| format!("{}-{:02}", day.year(), day.month());
    let row = |flow: &app::statistics::MonthFlow| Row {
        texts: vec![month(flow.month)],
        numbers: vec![flow.opened, flow.decided],
    };
    let rows: Vec<Row> = found.months.iter().map(row).collect();
    let series = ["head-column-opened", "head-column-decided"];
    let caption = caption(words, "months", "head-months-title", "head-months-lead", &series);
    let group = |(index, flow): (usize, &app::statistics::MonthFlow)| Group {
        label: format!("{:02}", flow.month.month()),
        below: if index == 0 || flow.month.month() == 1 { flow.month.year().to_string() } else { String::new() },
        values: vec![flow.opened, flow.decided],
    };
    let groups: Vec<Group> = found.months.iter().enumerate().map(group).collect();
    let columns = ["head-column-month", "head-column-opened", "head-column-decided"].map(|key| words.text(key));
    Numbers { plot: chart::columns(&caption, &groups), columns: columns.into(), ..of(caption, rows) }
}

fn outcomes(words: &Words, names: Labels<'_>, found: &OfficeStatistics) -> Numbers {
    let mut rows = Vec::new();
    for count in &found.outcomes {
        let outcome = names.outcome(&count.procedure, &count.outcome);
        for (ground, decisions) in &count.grounds {
            let texts = vec![names.procedure(&count.procedure), outcome.clone(), names.stored(ground)];
            rows.push(Row { texts, numbers: vec![*decisions] });
        }
    }
    let caption = caption(words, "outcomes", "head-outcomes-title", "head-outcomes-lead", &[]);
    let plotted: Vec<Row> =
        rows.iter().map(|row| Row { texts: row.texts[1..].to_vec(), numbers: row.numbers.clone() }).collect();
    let columns = ["head-column-procedure", "head-column-outcome", "head-column-ground", "head-column-decisions"];
    Numbers {
        plot: plain_bars(words, &caption, &plotted),
        columns: columns.map(|key| words.text(key)).into(),
        ..of(caption, rows)
    }
}
