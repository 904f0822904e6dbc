# Hədiyyə qəbzi.
gift-receipt-title = Hədiyyənin alınması haqqında qəbz
gift-receipt-number = Qəbz №
gift-receipt-receiver = Alan
gift-receipt-item = Hədiyyə
gift-receipt-date = Tarix
gift-receipt-place = Yer
gift-receipt-officer = Verən
gift-receipt-statement = Bu hədiyyəni aldım. O, bir dəfə verilir.
gift-receipt-free = Hədiyyə pulsuzdur. Heç kim əvəzində sizdən nə isə istəyə bilməz: nə pul, nə iş, nə də başqa bir xidmət.
gift-receipt-complaint = Kimsə istəsə, { $phone } nömrəsinə zəng edin. Bunu bizə bildirdiyinizə görə heç nə itirmirsiniz.
gift-receipt-signature = İmza
gift-receipt-already-given = Bu hədiyyə artıq verilib: qəbz { $number }, { $date }. Onu ikinci dəfə vermək mümkün deyil.
