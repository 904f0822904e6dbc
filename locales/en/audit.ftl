# The statement for a person: who has looked at their data.
audit-looked-title = Who has looked at your data
audit-looked-introduction = Here you see when your data were opened, by which body, for what purpose and on what legal basis.
audit-looked-moment = When
audit-looked-body = Body
audit-looked-purpose = Purpose
audit-looked-data = Which data
audit-looked-basis = Legal basis
audit-looked-count = { $count ->
    [0] Nobody has opened your data in this period.
    [one] Your data were opened once in this period.
   *[other] Your data were opened { $count } times in this period.
}
audit-looked-sealed = Some entries stay closed here for the safety of people. The Ombudsman sees them too and checks them.
audit-looked-complaint = Do you think that there was no reason to look? You may complain to the Ombudsman: { $phone }.

# The line on each receipt that binds it to the log.
audit-receipt-log = Log: { $size } entries, root { $root }
audit-receipt-explanation = Keep this paper. With this line anybody can later prove that the log was not rewritten.
