# Signing in.
account-entry-title = Sign in
account-entry-name = Account name
account-entry-password = Password
account-entry-code = 6-digit code from your app
account-entry-code-hint = Only if you have turned on the second step
account-entry-button = Sign in
account-entry-refused = Name, password or code is not right, or there were too many attempts from here. Try again after 15 minutes or ask the administrator.
account-entry-ended = Your session has ended. Sign in again. Saved drafts are not lost.
account-entry-audit = Every look and every act is put on record.

# Frame of every staff page.
account-frame-work = My work
account-frame-register = Register
account-frame-cards = Cards
account-frame-help = Help
account-frame-office = Office
account-frame-oversight = Oversight
account-frame-administration = Administration
account-frame-editor = News
account-frame-leave = Sign out
account-frame-menu = Sections
account-frame-search = Search: number, document, name, birth date
account-frame-search-hint = Number or name
account-frame-search-button = Search
account-frame-crumbs = Breadcrumb
account-frame-keys = Keys: / search, g w my work, g r register, ? this list
account-frame-keys-title = Keyboard shortcuts
account-frame-keys-off = Turn shortcuts off
account-frame-keys-on = Turn shortcuts on
account-frame-keys-close = Close

# The own account.
account-own-title = My account
account-own-name = Name
account-own-role = Role
account-own-office = Office
account-sessions-title = Open sessions
account-sessions-begun = Begun
account-sessions-seen = Last used
account-sessions-device = Device
account-sessions-this = this session
account-sessions-end = End the session
account-sessions-end-all = Sign out everywhere
account-sessions-ended = The session was ended.
account-password-title = Change the password
account-password-old = Present password
account-password-new = New password
account-password-hint = At least 12 characters. A sentence of several words is good.
account-password-button = Change the password
account-password-done = The password was changed. Other sessions were ended.
account-password-wrong = The present password is not right
account-totp-title = Second step when signing in
account-totp-on = Turned on
account-totp-off = Turned off
account-totp-explain = Type this key into the code app of your phone. Then type the code that the app shows.
account-totp-key = Key
account-totp-code = Code
account-totp-begin = Turn on the second step
account-totp-confirm = Confirm
account-totp-remove = Turn off the second step
account-totp-wrong = The code is not right or was used already
account-totp-done = The second step was turned on.
account-totp-removed = The second step was turned off.

# Roles.
account-role-registrar = Registrar
account-role-case-officer = Case officer
account-role-decision-maker = Decision maker
account-role-card-officer = Card officer
account-role-head-of-office = Head of office
account-role-assistance-officer = Assistance officer
account-role-police-officer = Police officer
account-role-auditor = Auditor of the Ombudsman
account-role-administrator = Administrator
