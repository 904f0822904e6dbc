# Слова, общие для всех форм.
form-error-title = Нужно кое-что проверить
form-error-prefix = Ошибка:
form-button-continue = Продолжить
form-button-save = Сохранить
form-button-back = Назад
form-button-cancel = Отмена
form-button-change = Изменить
form-choice-yes = Да
form-choice-no = Нет
form-choice-pick = Выберите
form-date-day = День
form-date-month = Месяц
form-date-year = Год
form-page-next = Следующая страница
form-page-previous = Предыдущая страница
form-notice-title = Готово
form-warning-prefix = Внимание
