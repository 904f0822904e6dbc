# Queues.
work-home-title = My work
work-home-caption = Open cases in your queues
work-home-none = No case is open in your queues.
work-home-total = All queues
work-home-waits = a step for you
work-home-in-place-of = You stand in for:
work-home-approves-for = Your office decides the proposals of these offices
work-view-all = All
work-view-mine = Mine
work-view-unassigned = Nobody's
work-view-due-soon = Due in 3 days
work-view-overdue = Overdue
work-column-queue = Queue
work-column-case = Case
work-column-person = Person
work-column-state = State
work-column-due = Due
work-column-assignee = Who has it
work-column-office = Office
work-queue-title = Cases
work-queue-parts = Parts of the queue
work-queue-search = Search in this queue
work-queue-search-hint = Number of the case or the person, or the beginning of a name
work-queue-show = Show
work-queue-empty = There is no such case here.
work-queue-every-office = Every office
work-queue-pages = Pages of the list
work-queue-first = First page
work-queue-back = Back to the queue
work-next-case = Next case
work-next-none = This was the last case of the queue.
work-presence-also = Also looking at this case now: { $names }

# States and terms.
work-state-received = Received
work-state-in-examination = In examination
work-state-proposed = Proposed, waits for a second officer
work-state-decided = Decided
work-state-under-appeal = Under appeal
work-state-closed = Closed
work-due-none = no term runs
work-due-today = ends today
work-due-later = { $days ->
    [one] ends in 1 day
   *[other] ends in { $days } days
}
work-due-overdue = { $days ->
    [one] over for 1 day
   *[other] over for { $days } days
}

# Who has a case.
work-assign-me = Take the case
work-assign-nobody = Put it back
work-assign-undo = Undo the assignment
work-assign-done = It is recorded who has the case.
work-assign-conflict = Another officer has the case. The head of the office can give it to you.
work-give-title = Give the case to somebody
work-give-to = To whom
work-give-wrong = Choose an officer who can work on this case
work-give-button = Give the case

# What waits for a second officer.
work-approvals-title = Waiting for a second officer
work-approvals-lead = Proposals of your office and of offices for which yours decides. Nobody decides what he proposed himself.
work-approvals-empty = No proposal waits.
work-approvals-yours = You can decide
work-approvals-other = Another officer decides

# Substitutions.
work-substitution-title = Substitutions
work-substitution-lead = A substitution lets work go on while somebody is away. It never lets anybody approve his own act.
work-substitution-none = Nobody stands in for anybody now.
work-substitution-for = For whom
work-substitution-by = Who stands in
work-substitution-from = First day
work-substitution-to = Last day
work-substitution-end = End it now
work-substitution-ended = The substitution was ended.
work-substitution-new = New substitution
work-substitution-kind = Who is away?
work-substitution-of-officer = An officer
work-substitution-of-officer-hint = A colleague of the same role takes the place
work-substitution-of-office = Second officers of an office
work-substitution-of-office-hint = Another office decides on its proposals
work-substitution-absent = Account of the absent officer
work-substitution-office = Office whose proposals wait
work-substitution-by-office = Office that decides
work-substitution-button = Enter the substitution
work-substitution-done = The substitution was entered.
work-substitution-wrong-days = The last day is not before the first, not in the past, and at most a year later
work-substitution-wrong-by = Name an active colleague of the same body and role
work-substitution-wrong-name = There is no active account of this name
work-substitution-wrong-office = Choose two different offices of the same body
work-substitution-not-own = You cannot make yourself the substitute
work-substitution-other-office = You keep the substitutions of your own office
