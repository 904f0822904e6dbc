# What an officer reads when a wall of the law refuses an act.
enforcement-refusal-title = Not allowed
enforcement-refusal-claim = This person has an open asylum claim. Until it has been finally decided, nobody may order this person to leave, remove or expel this person.
enforcement-refusal-protected = This person is under the protection of the law. While that protection lasts, nobody may order this person to leave, remove or expel this person.
enforcement-refusal-basis = Legal basis: { $citation }
enforcement-refusal-recorded = This attempt and its refusal have been recorded. The Ombudsman can see both.
enforcement-refusal-next = No officer can lift this refusal. It ends by itself when its reason has ended.
