# The search box.
registry-search-title = Search
registry-search-hint = Type a person, card or case number, a document, a telephone, the beginning of a name in any script, or a birth date such as 21.03.1987. A name and a birth date together find fastest.
registry-search-nobody = Nobody found for
registry-search-searched = We searched for it as
registry-search-register = Register a family
registry-search-more = More persons
registry-search-by-person = Person number
registry-search-by-card = Card number
registry-search-by-case = Case number
registry-search-by-phone = Telephone
registry-search-by-document = Document number
registry-search-by-name = Beginning of a name
registry-search-by-name-and-birth = Name and birth date
registry-search-by-birth = Birth date

# Where a registration begins, and unfinished ones.
registry-start-title = Register a family
registry-start-given-for = What the family has come for
registry-start-asylum = Asylum
registry-start-displacement = Internal displacement
registry-start-residence = Stay, residence or work
registry-start-enforcement = A measure against irregular stay
registry-start-event-date = Day of arrival or displacement
registry-start-event-date-hint = As the family states it, for example 28.05.2025. Leave empty if not known.
registry-start-button = Begin
registry-start-choose = Choose what the family has come for
registry-start-drafts = My unfinished registrations
registry-start-no-drafts = You have none.
registry-start-family = Family
registry-start-saved = Saved
registry-start-expires = Deleted on
registry-start-discard = Discard
registry-start-nameless = Without a name yet
registry-start-members = { $count ->
    [0] nobody written down yet
    [one] { $count } person
   *[other] { $count } persons
}
registry-draft-saved = Saved { $time }
registry-form-continue = Save and continue
registry-form-cancel = Cancel

# Names.
registry-name-title-head = Who is the head of the family?
registry-name-title-member = Who is the next member?
registry-name-relation = Relation to the head
registry-name-given = Given names
registry-name-family = Family name
registry-name-father = Father's name
registry-name-full = Whole name
registry-name-own-given = Given names in the own script
registry-name-own-family = Family name in the own script
registry-name-own-hint = Arabic, Persian, Cyrillic, Georgian or Armenian letters. Leave empty if the own script is Latin.
registry-name-letters = Letters: arrows and Enter; F2 turns the last letter
registry-name-own-letters = Letters of the own script
registry-name-other-script = { $part } in the own script
registry-name-missing = Write at least one name in Latin letters
registry-name-too-long = The name is too long
registry-name-character = A name has letters only
registry-name-script = Write this name in Latin letters
registry-name-not-own = Write this name in another script than Latin, or leave it empty

# Facts.
registry-facts-title = Facts about { $name }
registry-facts-born = Birth date
registry-facts-born-hint = 21.03.1987. If no more is known: 03.1987 or 1987.
registry-facts-born-wrong = Write a birth date such as 21.03.1987, 03.1987 or 1987
registry-facts-guessed = How sure is it?
registry-facts-guessed-yes = Only guessed
registry-birth-guessed = about { $year }
registry-facts-sex = Sex
registry-facts-sex-choose = Choose the sex
registry-facts-birth-place = Place of birth
registry-facts-birth-country = Country of birth
registry-facts-citizenship = Citizenship
registry-facts-language = Best language
registry-facts-document = Document
registry-facts-document-kind = Kind of document
registry-facts-document-hint = Leave empty if none was shown. Registration needs no document.
registry-facts-document-number = Number
registry-facts-document-country = Issued by (the citizenship if empty)
registry-facts-no-country = No country is called so, or several begin so. Write its name or its three letters
registry-facts-no-language = No language is called so, or several begin so
registry-sex-female = Female
registry-sex-male = Male
registry-sex-unspecified = Not stated
registry-vital-alive = Alive
registry-vital-deceased = Dead
registry-vital-missing = Not known

# How a member is reached.
registry-contact-title = How is { $name } reached?
registry-contact-phone = Telephone
registry-contact-phone-hint = With the country code, for example +994 50 000 00 00
registry-contact-phone-wrong = Write a telephone number in digits
registry-contact-email = E-mail
registry-contact-email-wrong = Write an e-mail address such as name@example.org
registry-contact-area = City or district
registry-contact-line = Street, house, flat
registry-contact-dwelling = Kind of dwelling
registry-contact-kept = Who may see the address?
registry-contact-kept-yes = Keep it from the other members of the family

# Photo.
registry-photo-title = Photo of { $name }
registry-photo-file = Photo
registry-photo-hint = A picture in JPEG or PNG. The face from the front, light from the front. It can be added later.
registry-photo-of = Photo of { $name }
registry-photo-unreadable = This is no picture in JPEG or PNG that can be read, or it is too large
registry-photo-start = Use the camera
registry-photo-take = Take the photo
registry-photo-again = Take it again
registry-photo-denied = The camera cannot be used. Choose a file.
registry-photo-another = Save and add another member
registry-photo-check = Save and check the answers

# Look-alikes.
registry-alike-title = Is this person registered already?
registry-alike-explain = Compare each registered person with the one in front of you, and say who it is. Your answer is kept.
registry-alike-strong = Looks very alike
registry-alike-weak = May be alike
registry-alike-by-document = The same document
registry-alike-by-name = The same name and birth date
registry-alike-by-near-name = The same birth date, and a name that differs by one letter
registry-alike-by-vague-birth = The same name, and a birth date that may be the same
registry-alike-ours = In front of you
registry-alike-theirs = Registered
registry-alike-verdict = Who is it?
registry-alike-different = Another person
registry-alike-same = The same person
registry-alike-unsure = Not sure: somebody looks again later
registry-alike-verdict-missing = Say who it is
registry-alike-reason = How do you know?
registry-alike-reason-missing = Write how you know

# Displacement.
registry-displacement-title = Displacement
registry-displacement-cause = Cause
registry-displacement-date = Day of displacement
registry-displacement-date-hint = For example 02.04.1993
registry-displacement-wave = Wave
registry-displacement-origin-area = Where from: city or district
registry-displacement-origin-then = Place by its name then
registry-displacement-origin-now = Place by its name now, if another
registry-displacement-dwelling-area = Lives now in
registry-displacement-dwelling = Kind of dwelling

# The answers.
registry-check-title = Check the answers
registry-check-name = Names
registry-check-facts = Facts
registry-check-contact = Contact and address
registry-check-photo = Photo
registry-check-photo-yes = Taken
registry-check-photo-no = None yet
registry-check-alikes = Look-alikes
registry-check-alike = Look-alike
registry-check-nothing = Nothing written down
registry-check-change = Change
registry-check-remove = Take out of the list
registry-check-another = Add another member
registry-check-register = Register
registry-check-expires = If it is not registered, this draft is deleted on { $moment }.

# The file of a person.
registry-person-name = Name
registry-person-own-name = Name in the own script
registry-person-born = Birth date
registry-person-sex = Sex
registry-person-birth-place = Place of birth
registry-person-birth-country = Country of birth
registry-person-citizenship = Citizenship
registry-person-languages = Languages
registry-person-documents = Documents
registry-person-expires = valid until { $date }
registry-person-phone = Telephone or e-mail
registry-person-address = Address
registry-person-kept = kept from the family
registry-person-photo = Photo
registry-person-number = Person number
registry-person-office = Office
registry-person-vital = Alive
registry-person-registered = Registered on
registry-person-actions = What can be done
registry-person-facts = Facts
registry-person-reached = How she or he is reached
registry-person-correct = Correct
registry-person-history = History
registry-person-on = As known on
registry-person-on-button = Show
registry-person-past = This is what the registry knew on { $date }.
registry-person-now = The file as it is now
registry-person-bar = Whom this page is about
registry-person-looked = Who looked at this file is on record. The person sees it with the own key, the Ombudsman sees it all.
registry-person-print = Print
registry-action-family = Family
registry-action-receipt = Receipt to print
registry-action-looked = Who looked
registry-action-token = Give the key for the own file
registry-action-leave = Note that she or he left the family
registry-action-erasure = Propose erasure
registry-action-decide-erasure = Decide an erasure
registry-event-registered = Registered
registry-event-corrected = Corrected
registry-event-typo = A slip of the pen mended on the day of entry
registry-event-compared = Compared with another person

# Family.
registry-family-title = Family
registry-family-guardian = Who answers for her or him
registry-family-period = In the family
registry-family-since = since { $date }
registry-family-left = from { $from } to { $to }
registry-leave-title = Leaving the family
registry-leave-on = On which day
registry-leave-reason = Why
registry-leave-guardian = Who answers for the children from now on
registry-leave-guardian-hint = An adult of the same family. No child stays without somebody who answers.
registry-leave-button = Note it

# Corrections.
registry-correct-title = Correct a fact
registry-correct-part = Which part of the name
registry-correct-name = The right name
registry-correct-name-hint = The script is told by its letters. It takes the place of the name of the same part and script.
registry-correct-source = Where it comes from
registry-correct-reason = Why it is corrected
registry-correct-event-date = Since when it holds
registry-correct-event-date-hint = Only if it has changed, for example by a marriage. Leave empty if it was wrong from the beginning.
registry-correct-button = Correct
registry-typo-title = Mend a slip of the pen
registry-typo-explain = You registered this person today, and nothing rests on the record yet. So no reason is needed. Later it becomes a correction with reason and source.
registry-typo-button = Mend

# The person's token.
registry-token-title = Give the key for the own file
registry-token-explain = With key and PIN the person sees the own file and who looked at it. Any earlier key ends.
registry-token-once = It is shown only once. Print it and hand it to this person alone.
registry-token-button = Give a key
registry-token-given-title = Key and PIN
registry-token-child = A child gets no key. Who answers for the child reads the file.

# Erasure.
registry-erasure-title = Propose erasure
registry-erasure-explain = An erasure cannot be undone. Key, rows and photo are destroyed. A second officer decides.
registry-erasure-reason = Why nothing must be kept
registry-erasure-propose = Propose
registry-erasure-proposed = Proposed. Give the second officer this case number: { $case }
registry-erasure-decide-title = Decide an erasure
registry-erasure-case = Case number of the proposal
registry-erasure-case-wrong = There is no such proposal
registry-erasure-own-reason = Your own reason
registry-erasure-decide = Erase for good

# The receipt's page.
registry-receipt-title = Receipt to print
registry-receipt-languages = Language of the receipt
registry-receipt-person = To the file
registry-receipt-next = Register the next family

# What was done.
registry-notice-discarded = The draft is gone.
registry-notice-removed = Taken out of the list.
registry-notice-same-head = This person is registered already. Go on from this file. Your draft is kept.
registry-notice-same-member = This person is registered already, and joins the family with the record that there is.
registry-notice-registered = The family is registered.
registry-notice-already = This family was registered from this form before. Nothing was done twice.
registry-notice-mended = The slip is mended.
registry-notice-corrected = Corrected. The old value is kept.
registry-notice-left = Noted.
registry-notice-erased = The person is erased.

registry-looked-title = Who looked at this record
registry-looked-lead = Every look of an officer at this record and every change, the latest first. Sealed files and the oversight of the Ombudsman are not shown here.
registry-looked-nobody = Nobody has looked at this record yet.
registry-looked-when = When
registry-looked-office = Office
registry-looked-act = What was done
registry-looked-purpose = Purpose
registry-looked-refused = Refused

registry-fact-add-document = Add a document
registry-fact-add-contact = Add a telephone or an e-mail
registry-fact-add-address = Add an address
registry-fact-add-button = Add
registry-fact-replaces = Does it take the place of another?
registry-fact-replaces-hint = The old one ends and stays on record. Leave empty if it replaces none.
registry-fact-reason = Why it is changed
registry-fact-since = Since when
registry-fact-issued-by = Issued by
registry-fact-issued = Day of issue
registry-fact-expires = Last day of validity
registry-fact-one-contact = Write only one of them at a time
registry-fact-held = Another record has this document too. Compare it, and say who it is.
registry-fact-end = End
registry-fact-end-title = End of a document, a contact or an address
registry-fact-which = What ends
registry-fact-ended-on = On which day
registry-fact-end-button = End it
registry-event-added = Added
registry-event-ended = Ended
registry-notice-added = Added.
registry-notice-ended = Ended. The old one stays on record.

registry-join-title = Add a registered person to the family
registry-join-begin-title = Begin a family of her or his own
registry-join-person = Number of the person
registry-join-person-hint = Ten letters and digits, as on the paper of the person
registry-join-guardian = Who answers for her or him?
registry-join-guardian-hint = For a child the head of the family if left empty. Leave empty for an adult.
registry-join-guardian-missing = Choose an adult of the family
registry-join-reason = Why she or he joins
registry-join-on = Since which day
registry-join-look = Look who it is
registry-join-who = To be added
registry-join-button = Add to the family
registry-join-begin-button = Begin the family
registry-join-nobody = Nobody was found by this number
registry-join-leave-first = This person is in a family with others. Note first that she or he left it.
registry-join-member = This person is in the family already
registry-join-head = The family has a head already
registry-join-early = This day is too early: it lies before the birth or in an earlier family
registry-join-full = No more persons are kept in one family
registry-join-registered = registered already
registry-notice-joined = Added to the family.
