# کلمه‌های هر فورم.
form-error-title = چیزی هست که باید بررسی شود
form-error-prefix = خطا:
form-button-save = ذخیره
form-button-cancel = لغو
form-choice-yes = بلی
form-choice-no = نخیر
form-choice-pick = انتخاب کنید
form-date-day = روز
form-date-month = ماه
form-date-year = سال
form-page-next = صفحهٔ بعدی
form-notice-title = انجام شد
form-warning-prefix = هشدار
