# بررسی کارت: آنچه بانک، شفاخانه یا مکتب می‌بیند.
card-check-title = بررسی کارت پناهنده
card-check-name = نام
card-check-valid-until = معتبر تا
card-check-list-date = تاریخ فهرست وضعیت
card-check-valid = معتبر است
card-check-valid-detail = امضا اصلی است، مدت کارت تمام نشده، و کارت نه موقتاً متوقف شده و نه لغو شده است.
card-check-old = امضا درست است، فهرست وضعیت کهنه است
card-check-old-detail = امضا اصلی است. اما فهرست وضعیت در این دستگاه از { $date } است و آن‌قدر کهنه است که نشان نمی‌دهد کارت بعد از آن متوقف یا لغو شده است یا نه. فهرست را تازه کنید یا تلیفونی بپرسید: { $phone }.
card-check-old-unknown = امضا اصلی است. اما این دستگاه فهرست وضعیتی که به آن اعتماد شود ندارد؛ پس گفته نمی‌تواند که کارت متوقف یا لغو شده است یا نه. فهرست را بگیرید یا تلیفونی بپرسید: { $phone }.
card-check-invalid = معتبر نیست
card-check-forged = امضا مطابقت ندارد. کود تغییر داده شده یا آن را ادارهٔ باصلاحیت نساخته است.
card-check-expired = مدت کارت تمام شده است. کارت تا { $date } اعتبار داشت.
card-check-not-yet-valid = کارت پیش از { $date } اعتبار ندارد.
card-check-suspended = کارت به‌طور موقت متوقف شده است؛ مثلاً به‌خاطر این‌که گم‌شدن آن خبر داده شده است.
card-check-revoked = کارت لغو شده است.
card-check-unknown-signer = امضاکنندهٔ کارت از جملهٔ امضاکنندگان مورد اعتماد این دستگاه نیست.
card-check-malformed = این کود کارت پناهنده نیست، یا کود کامل خوانده نشده است. لطفاً آن را یک بار دیگر بخوانید.
card-check-digits-right = رقم‌های کنترول درست است
card-check-digits-wrong = رقم‌های کنترول نادرست است
card-check-digits-only = تنها رقم‌های کنترول سطرهای چاپ‌شده بررسی شد. این رقم‌ها نشان می‌دهند که سطرها بدون اشتباه خوانده شده است یا نه. نشان نمی‌دهند که کارت اصلی است یا نه؛ برای آن، کود را سکن کنید.

# زیر هر جواب منفی.
card-check-person = این جواب دربارهٔ کارت است، نه دربارهٔ شخص.
card-check-rights = این جواب هیچ حقی را از بین نمی‌برد: نه حق بودن در این‌جا، نه حق تداوی عاجل، نه حق رفتن به مکتب.
card-check-return = کارت را نزد خود نگاه نکنید. آن را به صاحبش پس بدهید.
card-check-call = سؤال دارید؟ به شمارهٔ { $phone } زنگ بزنید.

# چاپ‌شده روی کارت.
card-face-title = کارت پناهنده
card-face-note = سند هویت است، سند سفر نیست
card-face-surname = تخلص
card-face-given-names = نام
card-face-original-name = نام به خط اصلی
card-face-birth-date = تاریخ تولد
card-face-sex = جنس
card-face-nationality = تابعیت
card-face-number = شمارهٔ کارت
card-face-person-number = شمارهٔ شخص
card-face-issued = تاریخ صدور
card-face-valid-until = معتبر تا
card-face-authority = ادارهٔ صادرکننده
card-face-check = این کارت را این‌جا بررسی کنید
card-face-found = این کارت را یافته‌اید؟ لطفاً آن را به هر دفتر این اداره یا به حوزهٔ پولیس بسپارید.

# رسیدی که هنگام تسلیم کارت امضا می‌شود.
card-handover-title = رسید تسلیمی کارت پناهنده
card-handover-holder = صاحب کارت
card-handover-number = شمارهٔ کارت
card-handover-valid-until = معتبر تا
card-handover-date = تاریخ تسلیمی
card-handover-place = جای
card-handover-officer = مأمور تسلیم‌دهنده
card-handover-statement = این کارت را شخصاً تسلیم شدم. نام، تاریخ تولد و عکس خود را روی آن دیدم و درست است.
card-handover-signature-holder = امضای صاحب کارت
card-handover-signature-officer = امضای مأمور
card-handover-keep = کارت از شماست. هیچ‌کس حق ندارد آن را به حیث گروی از شما بگیرد، نه کارفرما و نه صاحب‌خانه.
card-handover-lost = اگر کارت را گم کردید، فوراً به شمارهٔ { $phone } زنگ بزنید. آن‌گاه کارت متوقف می‌شود. شما با همهٔ حقوق خود پناهنده می‌مانید.
