# The page of a case.
claims-bar-born = born
claims-next-title = What happens next
claims-next-received = The application is received. First the person is asked alone for the own reasons, then interviewed.
claims-next-in-examination = The case is being examined. When everything needed is on record, one officer proposes a decision.
claims-next-proposed = A decision is proposed. An officer who took no part in it decides, or returns it.
claims-next-decided = The decision is made. It is handed over, and the term for an appeal runs from then on.
claims-next-under-appeal = The decision is challenged. Officers who took no part in it look at it again.
claims-next-closed = The case is closed.
claims-tasks-title = What you can do now
claims-tasks-none = Nothing waits for you in this case.
claims-tasks-open = To do
claims-tasks-done = Done
claims-timeline-title = What was done
claims-sealed-title = The claim
claims-page-print = Print this page

# Opening.
claims-open-title = Open a claim
claims-open-lead = Each adult has a claim of his or her own. Ask for it alone.
claims-open-person = Number of the person
claims-open-person-hint = As on the receipt of the registration
claims-open-language = Language of the procedure
claims-open-confidentiality = Who may know of the claim?
claims-open-family = The family may know
claims-open-self = Only the claimant
claims-open-self-hint = The claim is kept from the family as well
claims-open-button = Open the claim
claims-open-done = The case was opened.
claims-open-no-person = There is no person of this number
claims-open-already = This person has an open case of this kind already
claims-case-open-title = Open a case
claims-case-open-lead = One person, one case. What stands in the way by law is checked first.
claims-case-open-button = Open the case
claims-case-procedure = Procedure

# Reasons.
claims-reasons-label = Own reasons, in the claimant's words
claims-reasons-hint = Write what is said. Do not judge it here.
claims-reasons-lead = Ask each adult alone, also husband and wife.
claims-reasons-none = Not asked yet

# Interviews.
claims-interview-lead = Say that what is told here never goes to the home country.
claims-interview-language = Language spoken
claims-interview-interpreter = Interpreter
claims-interview-interpreter-hint = Name or number in the register; empty if there was none
claims-interview-representative = Representative
claims-interview-representative-hint = A child is never heard without one
claims-interview-representative-needed = A child is heard with a representative. Name the representative.
claims-interview-observer = Observer
claims-interview-observer-hint = Of UNHCR or another organisation, if one was there
claims-interview-alone = Heard alone?
claims-interview-alone-hint = No other member of the family was in the room
claims-interview-alone-yes = Yes, alone
claims-interview-alone-needed = Each adult is heard alone. Hold the interview again without the family.
claims-interview-statement = What was said
claims-interview-statement-hint = Questions and answers, in the order in which they were said
claims-reading-title = Who read the record back?
claims-reading-hint = The record is read back before it is signed
claims-reading-none = Not recorded how it was read back
claims-reading-by-interpreter = The interpreter, in the claimant's language
claims-reading-by-officer = The officer, in the claimant's language
claims-reading-by-claimant = The claimant read it
claims-reading-no-interpreter = There was no interpreter to read it back. Name the interpreter above or choose who read it.
claims-reading-corrections = What the claimant corrected
claims-reading-corrections-hint = Empty if nothing
claims-reading-signature = Signature
claims-reading-signed = The claimant signed
claims-reading-refused = The claimant did not sign
claims-reading-refused-hint = This counts neither for nor against the claimant
claims-reading-because = Why not, in the claimant's words
claims-reading-because-hint = Only if the claimant did not sign

# Certificate.
claims-certificate-title = Certificate of the asylum seeker
claims-certificate-lead = It is valid until the case is closed, through every appeal. Print it on the next page.
claims-certificate-print = Show and print
claims-certificate-text = The holder has asked for protection in this country. The holder is not sent back and not fined for the way of entry while the case goes on.
claims-certificate-number = Number of the certificate
claims-certificate-holder = Holder
claims-certificate-citizenship = Citizenship
claims-certificate-issued = Issued
claims-certificate-valid = Valid
claims-certificate-valid-text = Until the case is closed

# Steps, proposals, decisions.
claims-step-done = Recorded.
claims-step-note = Note
claims-step-outcome = Outcome
claims-step-reason = Your own reason
claims-step-reason-hint = At least ten characters, in your own words
claims-step-reason-short = Write your own reason, at least ten characters
claims-step-text-needed = Write something here, but not more than 20,000 characters
claims-step-cites = Provisions
claims-step-cites-hint = The decision rests on these. Tick at least one.
claims-step-cites-needed = Tick a provision on which this outcome can rest
claims-answer-title = Answers to the questions
claims-answer-unknown = Not known yet
claims-answer-open = Not known yet: ask further
claims-answer-open-hint = What is unknown never counts against the claimant.
claims-proposal-lead = You propose, another officer decides.
claims-proposal-facts = Facts found
claims-proposal-facts-hint = What you hold for true, and from where you know it
claims-proposal-reason-hint = Why these facts lead to this outcome
claims-decision-lead = You decide on your own reading of the file. To agree needs a reason too.
claims-decision-title = Decision
claims-decision-waiting = Proposal that waits for a second officer
claims-decision-withdrawn = Proposal that was returned
claims-decision-proposed-by = Proposed by
claims-decision-decided-by = Decided by
claims-decision-proposal-reason = Reason of the proposal
claims-decision-reason = Reason of the decision
claims-decision-outcome-hint = The proposed outcome is chosen. You may choose another.
claims-decision-reason-hint = Your own, not that of the proposal

# Two officers on one case.
claims-compare-title = Somebody else changed this case meanwhile
claims-compare-lead = Your act was not recorded. What you typed is kept below.
claims-compare-others = What the other officer saved
claims-compare-own = What you typed
claims-compare-typed = Typed
claims-compare-again = If it still holds, record it on the case as it is now.
claims-compare-over = This step cannot be taken any more. Copy what you need from here.
claims-compare-back = Back to the case
