# Checking a card.
verify-form-title = تحقق من بطاقة لاجئ
verify-form-lead = ضع رمز البطاقة أمام الكاميرا. أو أرسل صورة له، أو ألصق نصه.
verify-form-nothing-kept = لا يُحفظ شيء: لا البطاقة ولا الاسم ولا أنك سألت.
verify-form-camera = استخدم الكاميرا
verify-form-camera-stop = أوقف الكاميرا
verify-form-camera-looking = جارٍ البحث عن الرمز…
verify-form-camera-refused = لا يمكن استخدام الكاميرا هنا. أرسل صورة بدلاً من ذلك.
verify-form-picture = صورة الرمز
verify-form-picture-hint = بصيغة JPEG أو PNG. يظهر الرمز كاملاً وواضحاً.
verify-form-text = نص الرمز
verify-form-text-hint = يمكن لماسح يكتب كلوحة المفاتيح أن يكتب هنا أيضاً.
verify-form-button = تحقق
verify-form-empty = اختر صورة أو ألصق النص.

# The word that fills the screen.
verify-word-good = صالحة
verify-word-undecided = غير مؤكد
verify-word-suspended = موقوفة
verify-word-revoked = مسحوبة
verify-word-expired = منتهية
verify-word-not-yet-valid = لم يبدأ سريانها
verify-word-unknown-signer = جهة توقيع غير معروفة
verify-word-forged = مزورة
verify-word-unreadable = غير مقروءة
verify-sentence-undecided = التوقيع صحيح. لكن قائمة الحالات قديمة أو مفقودة. اسأل بالهاتف: { $phone }.
verify-sentence-expired = انتهت مدة البطاقة.
verify-sentence-not-yet-valid = لم تبدأ مدة البطاقة بعد.
verify-answer-face = الوجه على البطاقة
verify-answer-compare = قارن الوجه بالشخص الذي أمامك.
verify-answer-checked = جرى التحقق { $moment }.
verify-answer-again = تحقق من بطاقة أخرى
verify-list-signed = وُقعت قائمة الحالات { $moment } ({ $age }).
verify-list-missing = لا توجد قائمة حالات.
verify-list-seconds = { $count ->
    [one] قبل أقل من دقيقة
   *[other] قبل أقل من دقيقة
}
verify-list-minutes = { $count ->
    [one] قبل دقيقة
    [two] قبل دقيقتين
    [few] قبل { $count } دقائق
   *[other] قبل { $count } دقيقة
}
verify-list-hours = { $count ->
    [one] قبل ساعة
    [two] قبل ساعتين
    [few] قبل { $count } ساعات
   *[other] قبل { $count } ساعة
}
verify-list-days = { $count ->
    [one] قبل يوم
    [two] قبل يومين
    [few] قبل { $count } أيام
   *[other] قبل { $count } يوماً
}
