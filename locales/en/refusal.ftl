# Why a rule did not allow an act.
refusal-act-title = This was not done
refusal-act-kept = Nothing was changed. The refusal is on record.
refusal-act-not-permitted = This account may not do that.
refusal-act-not-found = There is no such record.
refusal-act-same-officer = The officer who took the earlier step may not take this one. Another officer must.
refusal-act-case-state = Not possible in the present state of the case.
refusal-act-missing = This is needed first: { $what }
refusal-act-already-recorded = Not possible any more. This is on record: { $what }
refusal-act-no-such-step = The procedure has no such step.
refusal-act-reason-needed = Write your own reason.
refusal-act-citation-needed = The decision must cite one of: { $what }
refusal-act-wall = The law does not allow it: { $what }
refusal-act-given-already = This has been given already.
refusal-act-card-state = Not possible in the present state of the card.
refusal-act-no-blank = No blank card is left.
refusal-act-conflict = Somebody else changed the record meanwhile. Please look again.
refusal-act-looks-like = Registered persons look like those in this form. Compare them and say of each whether it is another person.
refusal-act-fields = Some fields are not right.

# What is wrong with a field.
refusal-field-missing = Fill this in
refusal-field-in-future = This day has not come yet
refusal-field-no-such-day = There is no such day. Give day, month and year
refusal-field-text = Write 1 to { $limit } characters
refusal-field-line = Write 1 to { $limit } visible characters on one line
refusal-field-letters-min = Write at least { $limit } letters
refusal-field-at-most = At most { $limit }
refusal-field-up-to = From 1 to { $limit }
refusal-field-not-in-list = Choose from the list
refusal-field-other = Not right: { $what }
