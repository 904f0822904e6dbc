# كلمات كل استمارة.
form-error-title = هناك ما يجب التحقق منه
form-error-prefix = خطأ:
form-button-save = حفظ
form-button-cancel = إلغاء
form-choice-yes = نعم
form-choice-no = لا
form-choice-pick = اختر
form-date-day = اليوم
form-date-month = الشهر
form-date-year = السنة
form-page-next = الصفحة التالية
form-notice-title = تم
form-warning-prefix = تنبيه
