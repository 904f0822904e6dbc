// SPDX-License-Identifier: Apache-2.0
//! The body of a form as browsers send it: `application/x-www-form-urlencoded` (WHATWG URL, section 5) or
//! `multipart/form-data` (RFC 7578).

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, header::CONTENT_TYPE},
};
use futures_util::stream;

use super::{FormData, Upload};
use crate::WebError;

/// The most bytes of a form with a file: a photo of a telephone has about five million.
pub(crate) const BODY_BYTES_MAX: usize = 12 * 1024 * 1024;
/// The most bytes of a form without a file.
const TEXT_BYTES_MAX: usize = 512 * 1024;
/// The most fields of a form.
const FIELDS_MAX: usize = 2_000;
/// The most files of a form.
const UPLOADS_MAX: usize = 32;

/// Reads a form.
///
/// # Errors
/// [`WebError::BodyTooLarge`], [`WebError::MediaType`] for what is no form, [`WebError::Malformed`].
pub(crate) async fn read(headers: &HeaderMap, body: Body) -> Result<FormData, WebError> {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/x-www-form-urlencoded" => from_urlencoded(&whole(body, TEXT_BYTES_MAX).await?),
        "multipart/form-data" => {
            let boundary = multer::parse_boundary(media_type).map_err(|_| WebError::Malformed)?;
            from_multipart(whole(body, BODY_BYTES_MAX).await?, boundary).await
        }
        // A form without fields is sent without a type by some programs.
        "" if whole(body, 1).await?.is_empty() => Ok(FormData::default()),
        _ => Err(WebError::MediaType),
    }
}

async fn whole(body: Body, bytes_max: usize) -> Result<Bytes, WebError> {
    to_bytes(body, bytes_max).await.map_err(|_| WebError::BodyTooLarge)
}

fn from_urlencoded(bytes: &[u8]) -> Result<FormData, WebError> {
    let mut form = FormData::default();
    for (name, value) in form_urlencoded::parse(bytes) {
        if form.fields.len() == FIELDS_MAX {
            return Err(WebError::BodyTooLarge);
        }
        form.fields.push((name.into_owned(), value.into_owned()));
    }
    Ok(form)
}

async fn from_multipart(bytes: Bytes, boundary: String) -> Result<FormData, WebError> {
    let mut form = FormData::default();
    let once = stream::iter([Ok::<_, std::convert::Infallible>(bytes)]);
    let mut parts = multer::Multipart::new(once, boundary);
    while let Some(part) = parts.next_field().await.map_err(|_| WebError::Malformed)? {
        let name = part.name().ok_or(WebError::Malformed)?.to_owned();
        if part.file_name().is_some() {
            if form.uploads.len() == UPLOADS_MAX {
                return Err(WebError::BodyTooLarge);
            }
            let bytes = part.bytes().await.map_err(|_| WebError::Malformed)?;
            form.uploads.push(Upload { field: name, bytes: bytes.to_vec() });
        } else {
            if form.fields.len() == FIELDS_MAX {
                return Err(WebError::BodyTooLarge);
            }
            let value = part.bytes().await.map_err(|_| WebError::Malformed)?;
            form.fields.push((name, String::from_utf8_lossy(&value).into_owned()));
        }
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    async fn parse(media_type: &'static str, body: impl Into<Body>) -> Result<FormData, WebError> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        read(&headers, body.into()).await
    }

    #[tokio::test]
    async fn fields_are_read_from_both_kinds() {
        let form = parse("application/x-www-form-urlencoded", "a=%C6%8Fli+&b=1&b=2").await.unwrap();
        assert_eq!(form.text("a"), "Əli");
        assert_eq!(form.all("b").collect::<Vec<_>>(), ["1", "2"]);
        let body = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nƏli\r\n\
                    --x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"../../p.jpg\"\r\n\r\n\u{1}\u{2}\r\n--x--\r\n";
        let form = parse("multipart/form-data; boundary=x", body).await.unwrap();
        assert_eq!(form.text("a"), "Əli");
        assert_eq!(form.file("photo").unwrap().bytes, [1, 2]);
        assert!(form.file("a").is_none());
    }

    #[tokio::test]
    async fn what_is_no_form_or_too_much_is_refused() {
        assert!(matches!(parse("application/json", "{}").await, Err(WebError::MediaType)));
        assert!(matches!(parse("multipart/form-data", "x").await, Err(WebError::Malformed)));
        assert!(matches!(parse("multipart/form-data; boundary=x", "no parts").await, Err(WebError::Malformed)));
        let many = "a=1&".repeat(FIELDS_MAX + 1);
        assert!(matches!(parse("application/x-www-form-urlencoded", many).await, Err(WebError::BodyTooLarge)));
        let long = "a".repeat(TEXT_BYTES_MAX + 1);
        assert!(matches!(parse("application/x-www-form-urlencoded", long).await, Err(WebError::BodyTooLarge)));
    }
}
