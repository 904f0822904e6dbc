// SPDX-License-Identifier: Apache-2.0
//! Reading what is published. Nothing here asks who reads.

use std::collections::{BTreeMap, BTreeSet};

use db::{ContentItem, ContentText};
use domain::{
    content::{ContentKind, ContentState},
    id::RowId,
    time::Date,
};

use crate::{AppError, Service};

/// An item as everybody reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicItem {
    /// Its word in addresses.
    pub code: String,
    /// What it is.
    pub kind: ContentKind,
    /// Day.
    pub happens_on: Option<Date>,
    /// Code of the body that speaks.
    pub body: Option<String>,
    /// Name of a picture or film.
    pub media: Option<String>,
    /// Title, the speaker's office, text.
    pub text: ContentText,
    /// What belongs to it, in order.
    pub parts: Vec<PublicItem>,
}

/// Everything published in a language, latest day first, each item with what belongs to it. What belongs to an item that is
/// not published is not told either.
///
/// # Errors
/// When the database fails.
pub async fn published(service: &Service, language: &str) -> Result<Vec<PublicItem>, AppError> {
    let language = language.to_owned();
    let (items, texts) = service
        .db()
        .read(move |session| {
            let language = language.clone();
            Box::pin(async move {
                let texts = session.list_published_texts(&language).await?;
                Ok::<_, AppError>((session.list_content_items().await?, texts))
            })
        })
        .await?;
    let mut texts: BTreeMap<RowId, ContentText> = texts.into_iter().collect();
    let items: Vec<ContentItem> = items.into_iter().filter(|item| item.state == ContentState::Published).collect();
    let mut of: BTreeMap<Option<RowId>, Vec<ContentItem>> = BTreeMap::new();
    for item in items {
        of.entry(item.parent).or_default().push(item);
    }
    for parts in of.iter_mut().filter(|(parent, _)| parent.is_some()).map(|(_, parts)| parts) {
        parts.sort_by(|a, b| (a.rank, &a.code).cmp(&(b.rank, &b.code)));
    }
    let top = of.remove(&None).unwrap_or_default();
    Ok(top.into_iter().filter_map(|item| public(item, &mut of, &mut texts, &mut BTreeSet::new())).collect())
}

/// An item with its parts. Each is told once, so that items that name each other as parents do not go round.
fn public(
    item: ContentItem,
    of: &mut BTreeMap<Option<RowId>, Vec<ContentItem>>,
    texts: &mut BTreeMap<RowId, ContentText>,
    seen: &mut BTreeSet<RowId>,
) -> Option<PublicItem> {
    if !seen.insert(item.id) {
        return None;
    }
    let text = texts.remove(&item.id)?;
    let parts = of.remove(&Some(item.id)).unwrap_or_default();
    let parts = parts.into_iter().filter_map(|part| public(part, of, texts, seen)).collect();
    let ContentItem { code, kind, happens_on, body, media, .. } = item;
    Some(PublicItem { code, kind, happens_on, body, media, text, parts })
}
