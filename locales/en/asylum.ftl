# The paper that an asylum seeker carries until the final decision.
asylum-certificate-title = Certificate of the asylum seeker
asylum-certificate-number = Certificate No.
asylum-certificate-name = Name
asylum-certificate-name-original = Name in the original script
asylum-certificate-birth-date = Date of birth
asylum-certificate-sex = Sex
asylum-certificate-nationality = Nationality
asylum-certificate-family = Family members
asylum-certificate-issued = Date of issue
asylum-certificate-authority = Authority
asylum-certificate-statement = The holder of this certificate has asked for asylum and is lawfully in the country.
asylum-certificate-validity = This certificate is valid until the final decision, through every appeal.
asylum-certificate-rights = Your rights in short
asylum-certificate-stay = You may stay until the final decision. Nobody may send you to a country where you would be in danger.
asylum-certificate-alone = Each adult may give their own reasons, alone and in confidence.
asylum-certificate-secret = What you tell us is not passed on to your country of origin.
asylum-certificate-interpreter = You have an interpreter free of charge. You may ask for a woman or a man.
asylum-certificate-lawyer = You may take a lawyer, and you may speak with the UN refugee agency (UNHCR) at any time.
asylum-certificate-care = You receive urgent medical care.
asylum-certificate-school = Your children may go to school.
asylum-certificate-appeal = You may appeal against a refusal. The decision says where, and until which day.
asylum-certificate-address = If you move, tell us your new address, so that our letters reach you.
asylum-certificate-lost = If you lose this paper, call { $phone }. You receive a new one. Your application goes on.

# What happens next.
asylum-next-title = What happens next
asylum-next-registered = We have registered you and received your application.
asylum-next-registration-interview = In the first interview we ask who you are, where you come from and how you came here.
asylum-next-status-interview = In the second interview you tell us your reasons. You are alone with the officer and the interpreter, and with whomever you wish to have with you. A child has a representative.
asylum-next-decision = One officer proposes, another one decides. You receive the decision in writing, with its reasons, in a language that you understand.
asylum-next-recognised = If you are recognised as a refugee, you receive a refugee card.
asylum-next-appeal = If your application is refused, you may appeal. You may stay while the appeal is open.
asylum-next-appointment = Your next appointment: { $date }, { $place }.
asylum-next-missed = If you cannot come, call { $phone } before that day if you can. We set a new day.
asylum-next-delay = If we take longer than planned, this does not harm your application. You may ask at any time how far it is.
