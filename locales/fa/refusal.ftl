# چرا قاعده اجازه نداد.
refusal-act-title = این کار انجام نشد
refusal-act-kept = هیچ چیز تغییر نکرد. رد شدن ثبت شد.
refusal-act-not-permitted = این حساب اجازهٔ این کار را ندارد.
refusal-act-not-found = چنین ثبتی نیست.
refusal-act-same-officer = کارمندی که گام پیشین را برداشت نمی‌تواند این را بردارد. کارمند دیگری باید.
refusal-act-case-state = در وضعیت کنونی دوسیه ممکن نیست.
refusal-act-missing = نخست این لازم است: { $what }
refusal-act-already-recorded = دیگر ممکن نیست. این ثبت شده است: { $what }
refusal-act-no-such-step = در این طرزالعمل چنین گامی نیست.
refusal-act-reason-needed = دلیل خود را بنویسید.
refusal-act-citation-needed = فیصله باید به یکی از این‌ها استناد کند: { $what }
refusal-act-wall = قانون اجازه نمی‌دهد: { $what }
refusal-act-given-already = این قبلاً داده شده است.
refusal-act-card-state = در وضعیت کنونی کارت ممکن نیست.
refusal-act-no-blank = بلانک خالی نمانده است.
refusal-act-conflict = در این میان کس دیگری ثبت را تغییر داد. دوباره ببینید.
refusal-act-looks-like = در ثبت کسانی هستند که به اشخاص این فورمه شباهت دارند. آنان را مقایسه کنید و دربارهٔ هر یک بگویید که شخص دیگری است یا نه.
refusal-act-fields = بعضی خانه‌ها درست نیست.

# اشکال خانه.
refusal-field-missing = این خانه را پر کنید
refusal-field-in-future = این روز هنوز نرسیده است
refusal-field-no-such-day = چنین روزی نیست. روز، ماه و سال را بنویسید
refusal-field-text = از ۱ تا { $limit } حرف بنویسید
refusal-field-line = در یک سطر از ۱ تا { $limit } حرف دیدنی بنویسید
refusal-field-letters-min = دست‌کم { $limit } حرف بنویسید
refusal-field-at-most = حداکثر { $limit }
refusal-field-up-to = از ۱ تا { $limit }
refusal-field-not-in-list = از فهرست انتخاب کنید
refusal-field-other = درست نیست: { $what }
