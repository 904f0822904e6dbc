# إيصال الهدية.
gift-receipt-title = إيصال باستلام هدية
gift-receipt-number = رقم الإيصال
gift-receipt-receiver = المستلم
gift-receipt-item = الهدية
gift-receipt-date = التاريخ
gift-receipt-place = المكان
gift-receipt-officer = سلّمها الموظف
gift-receipt-statement = استلمتُ هذه الهدية. وهي تُعطى مرة واحدة.
gift-receipt-free = الهدية مجانية. ولا يحق لأحد أن يطلب منك شيئاً مقابلها: لا مالاً ولا عملاً ولا أي خدمة.
gift-receipt-complaint = إذا طلب منك أحد ذلك فاتصل بالرقم { $phone }. لن تخسر شيئاً بإخبارنا.
gift-receipt-signature = التوقيع
gift-receipt-already-given = أُعطيت هذه الهدية من قبل: الإيصال { $number }، { $date }. ولا يمكن إعطاؤها مرة ثانية.
