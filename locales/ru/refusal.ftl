# Почему правило не позволило действие.
refusal-act-title = Это не выполнено
refusal-act-kept = Ничего не изменено. Отказ записан в журнал.
refusal-act-not-permitted = Эта учётная запись не имеет на это права.
refusal-act-not-found = Такой записи нет.
refusal-act-same-officer = Сотрудник, сделавший предыдущий шаг, не может сделать этот. Нужен другой сотрудник.
refusal-act-case-state = Невозможно в нынешнем состоянии дела.
refusal-act-missing = Сначала нужно: { $what }
refusal-act-already-recorded = Больше невозможно. Уже записано: { $what }
refusal-act-no-such-step = В этой процедуре нет такого шага.
refusal-act-reason-needed = Напишите своё обоснование.
refusal-act-citation-needed = Решение должно ссылаться на одно из: { $what }
refusal-act-wall = Закон этого не допускает: { $what }
refusal-act-given-already = Это уже выдано.
refusal-act-card-state = Невозможно в нынешнем состоянии карты.
refusal-act-no-blank = Чистых бланков не осталось.
refusal-act-conflict = Запись тем временем изменил другой сотрудник. Посмотрите ещё раз.
refusal-act-looks-like = В реестре есть люди, похожие на тех, кто указан в этой форме. Сравните их и скажите о каждом, другой ли это человек.
refusal-act-fields = Некоторые поля заполнены неверно.

# Что не так с полем.
refusal-field-missing = Заполните это поле
refusal-field-in-future = Этот день ещё не наступил
refusal-field-no-such-day = Такого дня нет. Укажите день, месяц и год
refusal-field-text = Напишите от 1 до { $limit } знаков
refusal-field-line = Напишите в одной строке от 1 до { $limit } видимых знаков
refusal-field-letters-min = Напишите не меньше { $limit } букв
refusal-field-at-most = Не больше { $limit }
refusal-field-up-to = От 1 до { $limit }
refusal-field-not-in-list = Выберите из списка
refusal-field-other = Неверно: { $what }
