# Hər formada olan sözlər.
form-error-title = Yoxlanılmalı olan var
form-error-prefix = Səhv:
form-button-save = Yadda saxla
form-button-cancel = Ləğv et
form-choice-yes = Bəli
form-choice-no = Xeyr
form-choice-pick = Seçin
form-date-day = Gün
form-date-month = Ay
form-date-year = İl
form-page-next = Növbəti səhifə
form-notice-title = Yerinə yetirildi
form-warning-prefix = Diqqət
