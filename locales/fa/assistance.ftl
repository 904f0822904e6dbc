# رسید تحفه.
gift-receipt-title = رسید تسلیمی تحفه
gift-receipt-number = شمارهٔ رسید
gift-receipt-receiver = تسلیم‌شونده
gift-receipt-item = تحفه
gift-receipt-date = تاریخ
gift-receipt-place = جای
gift-receipt-officer = مأمور تسلیم‌دهنده
gift-receipt-statement = این تحفه را تسلیم شدم. این تحفه یک بار داده می‌شود.
gift-receipt-free = تحفه رایگان است. هیچ‌کس حق ندارد در بدل آن چیزی از شما بخواهد: نه پول، نه کار، نه خدمت دیگر.
gift-receipt-complaint = اگر کسی چیزی خواست، به شمارهٔ { $phone } زنگ بزنید. با خبر دادن به ما چیزی از دست نمی‌دهید.
gift-receipt-signature = امضا
gift-receipt-already-given = این تحفه پیش از این داده شده است: رسید { $number }، { $date }. بار دوم داده نمی‌شود.
