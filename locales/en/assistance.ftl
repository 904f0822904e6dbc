# The receipt for a gift.
gift-receipt-title = Receipt for a gift
gift-receipt-number = Receipt No.
gift-receipt-receiver = Received by
gift-receipt-item = Gift
gift-receipt-date = Date
gift-receipt-place = Place
gift-receipt-officer = Given by
gift-receipt-statement = I have received this gift. It is given once.
gift-receipt-free = The gift is free. Nobody may ask anything of you in return: no money, no work, no favour.
gift-receipt-complaint = If anybody does, call { $phone }. You lose nothing by telling us.
gift-receipt-signature = Signature
gift-receipt-already-given = This gift has already been given: receipt { $number }, { $date }. It cannot be given a second time.
