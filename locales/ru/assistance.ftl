# Расписка в получении подарка.
gift-receipt-title = Расписка в получении подарка
gift-receipt-number = № расписки
gift-receipt-receiver = Кому вручён
gift-receipt-item = Подарок
gift-receipt-date = Дата
gift-receipt-place = Место
gift-receipt-officer = Вручил сотрудник
gift-receipt-statement = Подарок мною получен. Он вручается один раз.
gift-receipt-free = Подарок бесплатный. Никто не вправе требовать от вас чего-либо взамен: ни денег, ни работы, ни услуг.
gift-receipt-complaint = Если кто-то этого потребует, позвоните по телефону { $phone }. Вы ничего не потеряете, если сообщите нам.
gift-receipt-signature = Подпись
gift-receipt-already-given = Этот подарок уже вручён: расписка { $number }, { $date }. Второй раз его вручить нельзя.
