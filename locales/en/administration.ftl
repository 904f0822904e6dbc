# How the service is.
administration-state-title = Administration
administration-state-parts = State of the service
administration-state-substitutions = Substitutions
administration-grade-good = In order
administration-grade-watch = Keep an eye on it
administration-grade-bad = Must be mended
administration-part-database = Database
administration-part-schema = Schema { $version }
administration-part-log = Log
administration-part-entries = { $count } entries, the signature holds
administration-part-log-empty = No entry yet
administration-part-log-damaged = The signature of the log does not open. Change nothing and tell the Ombudsman.
administration-part-upkeep = Background work
administration-part-waiting = Records that wait for a number
administration-part-status = Status list signed
administration-part-never = not yet
administration-part-disk = Free space on disk
administration-part-free = { $count } MB
administration-part-unknown = not known
administration-part-jobs = Jobs
administration-part-failed = Failed: { $count }
administration-part-card-signer = Key that signs cards
administration-part-status-signer = Key that signs the status list
administration-part-in-use = in use
administration-part-no-signer = No key is in use. Nothing can be signed.

# Accounts.
administration-account-title = Accounts
administration-account-name = Account name
administration-account-name-hint = Small Latin letters, digits, dots and hyphens
administration-account-active = Active
administration-account-off = Disabled
administration-account-failed = Failed attempts
administration-account-acts = Actions
administration-account-reset = Give a new password
administration-account-second = Turn off the second step too (the phone is lost)
administration-account-disable = Disable the account
administration-account-disabled = The account is disabled.
administration-account-add = Add an account
administration-account-told = Password
administration-account-told-once = The password is shown only now. Give it to the officer in person. She changes it after the first sign-in.

# Roles.
administration-role-title = Roles
administration-role-explain = The program decides by this very table. What is not here is forbidden.

# The country pack.
administration-pack-title = Country pack
administration-pack-explain = A lawyer must confirm each unconfirmed entry before use.
administration-pack-marks = Confidence
administration-pack-all = All
administration-pack-entry = Entry
administration-pack-content = Content
administration-pack-source = Source
administration-pack-mark = Confidence
administration-mark-unconfirmed = Unconfirmed
administration-mark-secondary = Secondary source
administration-mark-verified = Verified
administration-kind-instrument = Instrument
administration-kind-provision = Provision
administration-kind-figure = Figure
administration-kind-list = Code list
administration-kind-clock = Term
administration-kind-phones = Telephone numbers
