# Checking a card: what a bank, a clinic or a school sees.
card-check-title = Check of a refugee card
card-check-name = Name
card-check-valid-until = Valid until
card-check-list-date = Status list of
card-check-valid = VALID
card-check-valid-detail = The signature is genuine, the card has not expired, and it is neither suspended nor revoked.
card-check-old = VALID SIGNATURE, STATUS OLD
card-check-old-detail = The signature is genuine. But the status list on this device is from { $date }, too old to say whether the card was suspended or revoked since. Refresh the list, or ask by telephone: { $phone }.
card-check-old-unknown = The signature is genuine. But this device has no status list that it can rely on, so it cannot say whether the card was suspended or revoked. Fetch the list, or ask by telephone: { $phone }.
card-check-invalid = NOT VALID
card-check-forged = The signature does not match. The code was altered, or it was not made by the authority.
card-check-expired = The card was valid until { $date }.
card-check-not-yet-valid = The card is not valid before { $date }.
card-check-suspended = The card is suspended for the time being, for example because it was reported lost.
card-check-revoked = The card has been revoked.
card-check-unknown-signer = The signer of the card is not among those that this device may trust.
card-check-malformed = This is not the code of a refugee card, or it was not read completely. Please read it once more.
card-check-digits-right = CHECK DIGITS RIGHT
card-check-digits-wrong = CHECK DIGITS WRONG
card-check-digits-only = Only the check digits of the printed lines were checked. They show whether the lines were read without error. They do not show whether the card is genuine; for that, scan the code.

# Stands under every negative answer.
card-check-person = This answer is about the card, not about the person.
card-check-rights = It takes away no right: not to be here, not to urgent medical care, not to go to school.
card-check-return = Do not keep the card. Give it back.
card-check-call = Questions? Call { $phone }.

# Printed on the card.
card-face-title = REFUGEE CARD
card-face-note = Identity paper, not a travel document
card-face-surname = Surname
card-face-given-names = Given names
card-face-original-name = Name in own script
card-face-birth-date = Date of birth
card-face-sex = Sex
card-face-nationality = Nationality
card-face-number = Card No.
card-face-person-number = Person No.
card-face-issued = Date of issue
card-face-valid-until = Valid until
card-face-authority = Authority
card-face-check = Check this card at
card-face-found = Found this card? Please hand it in at any office of the service or at a police station.

# The receipt that is signed when a card is handed over.
card-handover-title = Receipt for a refugee card
card-handover-holder = Card holder
card-handover-number = Card No.
card-handover-valid-until = Valid until
card-handover-date = Handed over on
card-handover-place = Place
card-handover-officer = Handed over by
card-handover-statement = I have received this card in person. I have checked my name, my date of birth and my photo on it.
card-handover-signature-holder = Signature of the holder
card-handover-signature-officer = Signature of the officer
card-handover-keep = The card is yours. Nobody may take it from you as security, neither an employer nor a landlord.
card-handover-lost = If you lose the card, call { $phone } at once. The card is then suspended. You remain a refugee, with all your rights.
