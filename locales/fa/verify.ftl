# Checking a card.
verify-form-title = بررسی کارت پناهنده
verify-form-lead = رمز کارت را پیش روی کمره بگیرید. یا عکس آن را بفرستید، یا متن آن را بچسبانید.
verify-form-nothing-kept = هیچ چیز نگه داشته نمی‌شود: نه کارت، نه نام و نه این که شما پرسیده‌اید.
verify-form-camera = استفاده از کمره
verify-form-camera-stop = بستن کمره
verify-form-camera-looking = در جست‌وجوی رمز…
verify-form-camera-refused = کمره این‌جا کار نمی‌کند. به جای آن عکس بفرستید.
verify-form-picture = عکس رمز
verify-form-picture-hint = به شکل JPEG یا PNG. تمام رمز در عکس باشد و روشن دیده شود.
verify-form-text = متن رمز
verify-form-text-hint = دستگاه خواندن رمز که مانند صفحه‌کلید می‌نویسد نیز می‌تواند این‌جا بنویسد.
verify-form-button = بررسی کن
verify-form-empty = عکسی برگزینید یا متن را بچسبانید.

# The word that fills the screen.
verify-word-good = معتبر است
verify-word-undecided = روشن نیست
verify-word-suspended = معطل است
verify-word-revoked = لغو شده است
verify-word-expired = تاریخ آن گذشته است
verify-word-not-yet-valid = هنوز معتبر نیست
verify-word-unknown-signer = امضاکننده ناشناس است
verify-word-forged = جعلی است
verify-word-unreadable = خوانده نشد
verify-sentence-undecided = امضا درست است. اما فهرست وضعیت کهنه است یا نیست. با تلفون بپرسید: { $phone }.
verify-sentence-expired = مدت کارت به پایان رسیده است.
verify-sentence-not-yet-valid = مدت کارت هنوز آغاز نشده است.
verify-answer-face = چهره روی کارت
verify-answer-compare = چهره را با شخصی که پیش روی شماست مقایسه کنید.
verify-answer-checked = بررسی شد: { $moment }.
verify-answer-again = بررسی کارت دیگر
verify-list-signed = فهرست وضعیت امضا شد: { $moment } ({ $age }).
verify-list-missing = فهرست وضعیت نیست.
verify-list-seconds = { $count ->
    [one] کمتر از یک دقیقه پیش
   *[other] کمتر از یک دقیقه پیش
}
verify-list-minutes = { $count } دقیقه پیش
verify-list-hours = { $count } ساعت پیش
verify-list-days = { $count } روز پیش
