# Frame of every public page.
site-page-skip = Skip to the content
site-page-languages = Languages
site-page-privacy = Nothing but your choice of language is remembered. Your address is not written down.

# The status page.
site-status-title = Check for yourself
site-status-introduction = Here is what anybody may read of the migration service's files: the log that shows whether a record was changed afterwards, and the lists by which refugee cards are checked. Nothing here says anything about a person.
site-status-state-title = State of the service
site-status-state-database = Database
site-status-state-log = Log
site-status-state-list = Status list of the cards
site-status-state-good = In order
site-status-state-bad = Not in order
site-status-state-signed = Signed { $moment }
site-status-state-unsigned = Not signed yet
site-status-log-title = The log
site-status-log-explanation = Every act and every look at a person's data makes an entry. The log shows only its seal, 32 bytes long. The seal tells nothing about the entry. But if the entry is changed, its seal no longer fits.
site-status-log-entries = Entries
site-status-log-root = Root
site-status-log-name = Name of the log
site-status-log-key = Public key
site-status-verify-title = Verify the log
site-status-verify-keep = Keep today's checkpoint and the public key:
site-status-verify-run = Later, have the whole log read and compared with it. The command names the first file that is wrong, and it fails if history was rewritten:
site-status-verify-other = The files follow C2SP tlog-tiles, so that other programs can read them too.
site-status-card-title = Check a refugee card
site-status-card-fetch = Fetch the two signed lists while you have a network:
site-status-card-run = Then check the picture of the code. This needs no network:
site-status-card-negative = If the answer is “not valid”:
site-status-files-title = Files
site-status-files-checkpoint = Checkpoint of the log
site-status-files-key = Public key of the log
site-status-files-list = Status list of the cards
site-status-files-trust = Trust list of the card signers

# Pages that say what went wrong.
site-error-missing = There is no such page
site-error-missing-advice = The address may be wrong, or the page is not for you.
site-error-request = This request cannot be answered
site-error-request-advice = Go back and try again. Nothing was changed.
site-error-conflict = Not possible now
site-error-conflict-advice = Somebody else was faster, or a rule stands in the way. Look at the record again. Nothing was changed.
site-error-foreign-advice = Open the page again and send the form once more. Nothing was changed.
site-error-busy = The service is busy
site-error-busy-advice = Try again in a few seconds.
site-error-fault = Something went wrong
site-error-fault-advice = Try again. If it happens once more, tell the service the reference below.
site-error-reference = Reference
site-error-home = To the start page

# Ways to the other pages.
site-footer-file = My file
site-footer-verify = Check a card
site-footer-law = Law and rights
site-footer-news = News
site-footer-transparency = Check for yourself
site-footer-terms = Terms
site-footer-privacy = Privacy
site-footer-staff = For staff
site-footer-label = Pages
