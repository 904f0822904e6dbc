// SPDX-License-Identifier: Apache-2.0
//! Every row of a table against its witness, and every witness against its row: both are read in order of the key.

use std::{cmp::Ordering, collections::VecDeque};

use db::{DbError, ROWS_PER_PAGE, RowCopy, Session, Witness, WitnessedTable};

use super::{Findings, act_name};

/// A stretch of an ordered list, read page by page.
struct Pages<T> {
    items: VecDeque<T>,
    last: Option<String>,
    is_read: bool,
}

impl<T> Pages<T> {
    fn new() -> Self {
        Self { items: VecDeque::new(), last: None, is_read: false }
    }

    fn needs_more(&self) -> bool {
        self.items.is_empty() && !self.is_read
    }

    /// Takes a page in; it begins with the last item of the page before.
    fn take_in(&mut self, page: Vec<T>, key: impl Fn(&T) -> &str) {
        self.is_read = (page.len() as i64) < ROWS_PER_PAGE;
        self.items = page.into();
        if self.last.is_some() && self.items.front().map(&key) == self.last.as_deref() {
            self.items.pop_front();
        }
        if let Some(last) = self.items.back() {
            self.last = Some(key(last).to_owned());
        }
    }
}

fn witness_key(witness: &Witness) -> &str {
    witness.row.as_ref().map_or("", |(_, key)| key)
}

/// Compares a table with its witnesses; returns the number of rows.
pub(super) async fn check(
    session: &mut Session,
    table: &'static WitnessedTable,
    found: &mut Findings,
) -> Result<u64, DbError> {
    let (mut rows, mut witnesses) = (Pages::new(), Pages::new());
    let mut checked = 0;
    loop {
        if rows.needs_more() {
            session.forget_person_keys();
            let page = session.list_witnessed_rows(table, rows.last.as_deref()).await?;
            rows.take_in(page, |row: &RowCopy| &row.key);
        }
        if witnesses.needs_more() {
            let page = session.list_witnesses(table, witnesses.last.as_deref()).await?;
            witnesses.take_in(page, witness_key);
        }
        let order = match (rows.items.front(), witnesses.items.front()) {
            (None, None) => return Ok(checked),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(row), Some(witness)) => row.key.as_str().cmp(witness_key(witness)),
        };
        let row = if order.is_le() { rows.items.pop_front() } else { None };
        let witness = if order.is_ge() { witnesses.items.pop_front() } else { None };
        match (row, witness) {
            (Some(row), Some(witness)) => compare(session, table, &row, &witness, found).await?,
            (Some(row), None) => found.row(table.name, &row.key, "", "no act of the program wrote it"),
            (None, Some(witness)) => {
                let act = act_of(session, &witness).await?;
                found.row(
                    table.name,
                    witness_key(&witness),
                    "",
                    format!("is gone; {act} wrote it and none deleted it"),
                );
            }
            (None, None) => {}
        }
        checked += u64::from(order.is_le());
    }
}

async fn compare(
    session: &mut Session,
    table: &WitnessedTable,
    row: &RowCopy,
    witness: &Witness,
    found: &mut Findings,
) -> Result<(), DbError> {
    let opened = match session.open_witness(witness).await {
        Ok(Some(opened)) if opened.row.0 == table.name && opened.row.1 == row.key => opened,
        Ok(_) => {
            found.row("row_witness", witness.id, "content", format!("is not of {} {}", table.name, row.key));
            return Ok(());
        }
        Err(DbError::Damaged { what }) => {
            found.row("row_witness", witness.id, "content", what);
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    for ((name, _), value) in table.columns.iter().zip(&row.fields) {
        let problem = match value {
            None => "cannot be read".to_owned(),
            Some(value) if opened.columns.get(*name) == Some(value) => continue,
            Some(_) => format!("differs from what {} wrote", act_of(session, witness).await?),
        };
        found.row(table.name, &row.key, name, problem);
    }
    Ok(())
}

async fn act_of(session: &mut Session, witness: &Witness) -> Result<String, DbError> {
    Ok(act_name(session.find_audit_position(witness.record).await?, witness.record))
}
