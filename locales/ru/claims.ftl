# The page of a case.
claims-bar-born = дата рождения
claims-next-title = Что дальше
claims-next-received = Заявление принято. Сначала человека наедине спрашивают о причинах, затем проводят собеседование.
claims-next-in-examination = Дело рассматривается. Когда всё нужное записано, сотрудник предлагает решение.
claims-next-proposed = Решение предложено. Решает или возвращает дело сотрудник, не участвовавший в предложении.
claims-next-decided = Решение принято. Его вручают, и с этого дня идёт срок обжалования.
claims-next-under-appeal = Решение обжалуется. Его заново смотрят те, кто в нём не участвовал.
claims-next-closed = Дело закрыто.
claims-tasks-title = Что вы можете сделать сейчас
claims-tasks-none = В этом деле за вами шагов нет.
claims-tasks-open = Предстоит
claims-tasks-done = Сделано
claims-timeline-title = Что сделано
claims-sealed-title = Ходатайство
claims-page-print = Распечатать страницу

# Opening.
claims-open-title = Открыть ходатайство
claims-open-lead = У каждого взрослого своё ходатайство. Спрашивайте наедине.
claims-open-person = Номер лица
claims-open-person-hint = Как в расписке о регистрации
claims-open-language = Язык процедуры
claims-open-confidentiality = Кто может знать о ходатайстве?
claims-open-family = Семья может знать
claims-open-self = Только заявитель
claims-open-self-hint = Ходатайство скрыто и от семьи
claims-open-button = Открыть ходатайство
claims-open-done = Дело открыто.
claims-open-no-person = Лица с таким номером нет
claims-open-already = У этого лица уже есть открытое дело такого рода
claims-case-open-title = Открыть дело
claims-case-open-lead = Одно лицо, одно дело. Сначала проверяется, не мешает ли закон.
claims-case-open-button = Открыть дело
claims-case-procedure = Процедура

# Reasons.
claims-reasons-label = Причины словами заявителя
claims-reasons-hint = Пишите, что сказано. Не оценивайте здесь.
claims-reasons-lead = Спрашивайте каждого взрослого наедине, мужа и жену тоже.
claims-reasons-none = Ещё не спрашивали

# Interviews.
claims-interview-lead = Скажите, что сказанное здесь никогда не передаётся стране происхождения.
claims-interview-language = Язык беседы
claims-interview-interpreter = Переводчик
claims-interview-interpreter-hint = Имя или номер в реестре; пусто, если его не было
claims-interview-representative = Представитель
claims-interview-representative-hint = Ребёнка никогда не слушают без представителя
claims-interview-representative-needed = Ребёнка слушают с представителем. Укажите представителя.
claims-interview-observer = Наблюдатель
claims-interview-observer-hint = От УВКБ ООН или другой организации, если был
claims-interview-alone = Заслушан наедине?
claims-interview-alone-hint = Других членов семьи в комнате не было
claims-interview-alone-yes = Да, наедине
claims-interview-alone-needed = Каждого взрослого слушают наедине. Проведите беседу заново без семьи.
claims-interview-statement = Что сказано
claims-interview-statement-hint = Вопросы и ответы в том порядке, как они звучали
claims-reading-title = Кто прочитал запись заявителю?
claims-reading-hint = Запись читают до подписи
claims-reading-none = Не записано, как её прочитали
claims-reading-by-interpreter = Переводчик, на языке заявителя
claims-reading-by-officer = Сотрудник, на языке заявителя
claims-reading-by-claimant = Заявитель прочитал сам
claims-reading-no-interpreter = Переводчика не было. Укажите его выше или выберите, кто читал.
claims-reading-corrections = Что исправил заявитель
claims-reading-corrections-hint = Пусто, если ничего
claims-reading-signature = Подпись
claims-reading-signed = Заявитель подписал
claims-reading-refused = Заявитель не подписал
claims-reading-refused-hint = Это не говорит ни за, ни против заявителя
claims-reading-because = Почему, словами заявителя
claims-reading-because-hint = Только если не подписано

# Certificate.
claims-certificate-title = Свидетельство ходатайствующего
claims-certificate-lead = Действительно до закрытия дела, при всех обжалованиях. Распечатайте на следующей странице.
claims-certificate-print = Показать и распечатать
claims-certificate-text = Владелец попросил защиты в этой стране. Пока дело идёт, его не высылают и не штрафуют за способ въезда.
claims-certificate-number = Номер свидетельства
claims-certificate-holder = Владелец
claims-certificate-citizenship = Гражданство
claims-certificate-issued = Выдано
claims-certificate-valid = Действительно
claims-certificate-valid-text = До закрытия дела

# Steps, proposals, decisions.
claims-step-done = Записано.
claims-step-note = Заметка
claims-step-outcome = Итог
claims-step-reason = Ваше собственное обоснование
claims-step-reason-hint = Не меньше десяти знаков, своими словами
claims-step-reason-short = Напишите своё обоснование, не меньше десяти знаков
claims-step-text-needed = Напишите здесь что-нибудь, не больше 20 000 знаков
claims-step-cites = Правовые основания
claims-step-cites-hint = На них опирается решение. Отметьте хотя бы одно.
claims-step-cites-needed = Отметьте норму, на которой может держаться такой итог
claims-answer-title = Ответы на вопросы
claims-answer-unknown = Пока неизвестно
claims-answer-open = Пока неизвестно: спросите ещё
claims-answer-open-hint = Неизвестное никогда не толкуется против заявителя.
claims-proposal-lead = Вы предлагаете, решает другой сотрудник.
claims-proposal-facts = Установленные факты
claims-proposal-facts-hint = Что вы считаете верным и откуда это знаете
claims-proposal-reason-hint = Почему эти факты ведут к такому итогу
claims-decision-lead = Вы решаете, сами прочитав дело. Согласие тоже требует обоснования.
claims-decision-title = Решение
claims-decision-waiting = Предложение, которое ждёт второго сотрудника
claims-decision-withdrawn = Возвращённое предложение
claims-decision-proposed-by = Предложил
claims-decision-decided-by = Решил
claims-decision-proposal-reason = Обоснование предложения
claims-decision-reason = Обоснование решения
claims-decision-outcome-hint = Выбран предложенный итог. Можно выбрать другой.
claims-decision-reason-hint = Своё, а не из предложения

# Two officers on one case.
claims-compare-title = Тем временем дело изменил другой сотрудник
claims-compare-lead = Ваше действие не записано. Набранное сохранено ниже.
claims-compare-others = Что сохранил другой сотрудник
claims-compare-own = Что набрали вы
claims-compare-typed = Набрано
claims-compare-again = Если это по-прежнему верно, запишите в дело, каким оно стало.
claims-compare-over = Этот шаг больше невозможен. Скопируйте отсюда нужное.
claims-compare-back = Назад к делу
