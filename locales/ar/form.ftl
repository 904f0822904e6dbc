# كلمات كل استمارة.
form-error-title = هناك ما يجب التحقق منه
form-error-prefix = خطأ:
form-button-continue = متابعة
form-button-save = حفظ
form-button-back = رجوع
form-button-cancel = إلغاء
form-button-change = تغيير
form-choice-yes = نعم
form-choice-no = لا
form-choice-pick = اختر
form-date-day = اليوم
form-date-month = الشهر
form-date-year = السنة
form-page-next = الصفحة التالية
form-page-previous = الصفحة السابقة
form-notice-title = تم
form-warning-prefix = تنبيه
