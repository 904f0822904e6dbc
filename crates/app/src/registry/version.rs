// SPDX-License-Identifier: Apache-2.0
//! The present version of a record, for whoever has just met a conflict with it.

use domain::number::PersonNumber;

use crate::{AppError, Service};

/// The version that a person's record has now; `None` if it is gone. It tells nothing but a count of changes, and is for
/// an officer whose change was refused because the record that he may see was changed meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn version_now(service: &Service, number: &PersonNumber) -> Result<Option<i64>, AppError> {
    let number = number.clone();
    let found = service.db().read(move |session| {
        Box::pin(async move { Ok::<_, AppError>(session.find_person_unrestricted(&number).await?) })
    });
    Ok(found.await?.map(|row| row.row_version))
}
