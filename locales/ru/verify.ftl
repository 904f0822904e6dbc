# Checking a card.
verify-form-title = Проверить удостоверение беженца
verify-form-lead = Поднесите код удостоверения к камере. Или отправьте его снимок, или вставьте его текст.
verify-form-nothing-kept = Ничего не сохраняется: ни удостоверение, ни имя, ни ваш запрос.
verify-form-camera = Включить камеру
verify-form-camera-stop = Выключить камеру
verify-form-camera-looking = Ищу код…
verify-form-camera-refused = Камеру здесь использовать нельзя. Отправьте снимок.
verify-form-picture = Снимок кода
verify-form-picture-hint = JPEG или PNG. Код виден целиком и резко.
verify-form-text = Текст кода
verify-form-text-hint = Сканер, который печатает как клавиатура, тоже может писать сюда.
verify-form-button = Проверить
verify-form-empty = Выберите снимок или вставьте текст.

# The word that fills the screen.
verify-word-good = ДЕЙСТВИТЕЛЬНО
verify-word-undecided = НЕЯСНО
verify-word-suspended = ПРИОСТАНОВЛЕНО
verify-word-revoked = ОТОЗВАНО
verify-word-expired = СРОК ИСТЁК
verify-word-not-yet-valid = ЕЩЁ НЕ ДЕЙСТВУЕТ
verify-word-unknown-signer = НЕИЗВЕСТНАЯ ПОДПИСЬ
verify-word-forged = ПОДДЕЛКА
verify-word-unreadable = НЕ ЧИТАЕТСЯ
verify-sentence-undecided = Подпись подлинная. Но список статусов устарел или отсутствует. Спросите по телефону: { $phone }.
verify-sentence-expired = Срок действия удостоверения истёк.
verify-sentence-not-yet-valid = Срок действия удостоверения ещё не начался.
verify-answer-face = Лицо на удостоверении
verify-answer-compare = Сравните лицо с человеком перед вами.
verify-answer-checked = Проверено { $moment }.
verify-answer-again = Проверить другое удостоверение
verify-list-signed = Список статусов подписан { $moment } ({ $age }).
verify-list-missing = Списка статусов нет.
verify-list-seconds = { $count ->
    [one] меньше минуты назад
   *[other] меньше минуты назад
}
verify-list-minutes = { $count ->
    [one] { $count } минуту назад
    [few] { $count } минуты назад
   *[other] { $count } минут назад
}
verify-list-hours = { $count ->
    [one] { $count } час назад
    [few] { $count } часа назад
   *[other] { $count } часов назад
}
verify-list-days = { $count ->
    [one] { $count } день назад
    [few] { $count } дня назад
   *[other] { $count } дней назад
}
