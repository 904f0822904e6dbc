# Слова, общие для всех форм.
form-error-title = Нужно кое-что проверить
form-error-prefix = Ошибка:
form-button-save = Сохранить
form-button-cancel = Отмена
form-choice-yes = Да
form-choice-no = Нет
form-choice-pick = Выберите
form-date-day = День
form-date-month = Месяц
form-date-year = Год
form-page-next = Следующая страница
form-notice-title = Готово
form-warning-prefix = Внимание
