# Checking a card.
verify-form-title = Check a refugee card
verify-form-lead = Hold the code of the card in front of the camera. Or send a picture of it, or paste its text.
verify-form-nothing-kept = Nothing is kept: not the card, not the name, not that you have asked.
verify-form-camera = Use the camera
verify-form-camera-stop = Stop the camera
verify-form-camera-looking = Looking for the code…
verify-form-camera-refused = The camera cannot be used here. Send a picture instead.
verify-form-picture = Picture of the code
verify-form-picture-hint = JPEG or PNG. The whole code is in the picture, and sharp.
verify-form-text = Text of the code
verify-form-text-hint = A scanner that types like a keyboard can write here too.
verify-form-button = Check the card
verify-form-empty = Choose a picture or paste the text.

# The word that fills the screen.
verify-word-good = VALID
verify-word-undecided = NOT CERTAIN
verify-word-suspended = SUSPENDED
verify-word-revoked = REVOKED
verify-word-expired = EXPIRED
verify-word-not-yet-valid = NOT YET VALID
verify-word-unknown-signer = UNKNOWN SIGNER
verify-word-forged = FORGED
verify-word-unreadable = NOT READABLE
verify-sentence-undecided = The signature is genuine. But the status list is too old or missing. Ask by telephone: { $phone }.
verify-sentence-expired = The time of the card is over.
verify-sentence-not-yet-valid = The time of the card has not begun.
verify-answer-face = Face on the card
verify-answer-compare = Compare the face with the person in front of you.
verify-answer-checked = Checked { $moment }.
verify-answer-again = Check another card
verify-list-signed = Status list signed { $moment } ({ $age }).
verify-list-missing = There is no status list.
verify-list-seconds = { $count ->
    [one] less than a minute ago
   *[other] less than a minute ago
}
verify-list-minutes = { $count ->
    [one] a minute ago
   *[other] { $count } minutes ago
}
verify-list-hours = { $count ->
    [one] an hour ago
   *[other] { $count } hours ago
}
verify-list-days = { $count ->
    [one] a day ago
   *[other] { $count } days ago
}
