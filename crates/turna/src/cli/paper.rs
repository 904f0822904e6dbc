// SPDX-License-Identifier: Apache-2.0
//! What the interface tells of an act, as the writer of papers takes it.

use app::{assistance::GiftReceipt, asylum, port, registry};
use domain::sensitive::Sensitive;
use web::api::wire;

/// The holder of a paper.
pub(super) fn holder(holder: wire::Holder) -> registry::Holder {
    registry::Holder {
        number: holder.number,
        latin_name: holder.latin_name,
        original_name: holder.original_name,
        birth: holder.birth,
        sex: holder.sex,
        citizenships: holder.citizenships,
        language: holder.language,
    }
}

/// The certificate of an asylum seeker.
pub(super) fn certificate(issued: wire::Certificate) -> asylum::Certificate {
    asylum::Certificate {
        number: issued.certificate,
        issued_on: issued.issued_on,
        office: issued.office,
        holder: holder(issued.holder),
    }
}

/// The receipt for a gift.
pub(super) fn gift(gift: wire::Gift) -> GiftReceipt {
    GiftReceipt {
        number: gift.receipt,
        holder: holder(gift.holder),
        office: gift.office,
        distribution: gift.distribution,
        item: gift.item,
        on: gift.on,
    }
}

/// What stands on a card, without its picture.
pub(super) fn face(face: wire::CardFace) -> port::CardFace {
    let mut zone = face.mrz.into_iter().map(Sensitive::into_inner);
    let mut line = || zone.next().unwrap_or_default();
    port::CardFace {
        surname: face.surname.into_inner(),
        given: face.given.into_inner(),
        original_name: face.original_name.map(Sensitive::into_inner).zip(face.original_script),
        original_language: face.original_language,
        birth: face.birth,
        sex: face.sex,
        nationality: face.nationality,
        card_number: face.card_number,
        person_number: face.person_number,
        issued_on: face.issued_on,
        expires_on: face.expires_on,
        office: face.office,
        mrz: [line(), line(), line()],
        photo: None,
    }
}
