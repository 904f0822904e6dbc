# Queues.
work-home-title = Моя работа
work-home-caption = Открытые дела в ваших очередях
work-home-none = В ваших очередях нет открытых дел.
work-home-total = Все очереди
work-home-waits = шаг за вами
work-home-in-place-of = Вы замещаете:
work-home-approves-for = Ваше управление решает по предложениям этих управлений
work-view-all = Все
work-view-mine = Мои
work-view-unassigned = Ничьи
work-view-due-soon = Срок в 3 дня
work-view-overdue = Просрочено
work-column-queue = Очередь
work-column-case = Дело
work-column-person = Лицо
work-column-state = Состояние
work-column-due = Срок
work-column-assignee = У кого
work-column-office = Управление
work-queue-title = Дела
work-queue-parts = Части очереди
work-queue-search = Поиск в этой очереди
work-queue-search-hint = Номер дела или лица либо начало имени
work-queue-show = Показать
work-queue-empty = Здесь таких дел нет.
work-queue-every-office = Все управления
work-queue-pages = Страницы списка
work-queue-first = Первая страница
work-queue-back = Назад к очереди
work-next-case = Следующее дело
work-next-none = Это было последнее дело в очереди.
work-presence-also = Сейчас это дело смотрит также: { $names }

# States and terms.
work-state-received = Принято
work-state-in-examination = Рассматривается
work-state-proposed = Предложено, ждёт второго сотрудника
work-state-decided = Решено
work-state-under-appeal = Обжалуется
work-state-closed = Закрыто
work-due-none = срок не идёт
work-due-today = истекает сегодня
work-due-later = { $days ->
    [one] истекает через { $days } день
    [few] истекает через { $days } дня
   *[many] истекает через { $days } дней
}
work-due-overdue = { $days ->
    [one] просрочено на { $days } день
    [few] просрочено на { $days } дня
   *[many] просрочено на { $days } дней
}

# Who has a case.
work-assign-me = Взять дело
work-assign-nobody = Вернуть в очередь
work-assign-undo = Отменить назначение
work-assign-done = Записано, у кого дело.
work-assign-conflict = Дело у другого сотрудника. Передать его вам может начальник управления.
work-give-title = Передать дело
work-give-to = Кому
work-give-wrong = Выберите сотрудника, который может вести это дело
work-give-button = Передать

# What waits for a second officer.
work-approvals-title = Ждут второго сотрудника
work-approvals-lead = Предложения вашего управления и тех, за которые решает ваше. Никто не решает по собственному предложению.
work-approvals-empty = Ожидающих предложений нет.
work-approvals-yours = Можете решить вы
work-approvals-other = Решает другой сотрудник

# Substitutions.
work-substitution-title = Замещения
work-substitution-lead = Замещение не даёт работе остановиться. Никому оно не позволяет утвердить собственное действие.
work-substitution-none = Сейчас никто никого не замещает.
work-substitution-for = За кого
work-substitution-by = Кто замещает
work-substitution-from = Первый день
work-substitution-to = Последний день
work-substitution-end = Завершить сейчас
work-substitution-ended = Замещение завершено.
work-substitution-new = Новое замещение
work-substitution-kind = Кого нет?
work-substitution-of-officer = Сотрудник
work-substitution-of-officer-hint = Его место занимает коллега с той же ролью
work-substitution-of-office = Вторые сотрудники управления
work-substitution-of-office-hint = По его предложениям решает другое управление
work-substitution-absent = Учётная запись отсутствующего
work-substitution-office = Управление, чьи предложения ждут
work-substitution-by-office = Управление, которое решает
work-substitution-button = Внести замещение
work-substitution-done = Замещение внесено.
work-substitution-wrong-days = Последний день не раньше первого, не в прошлом и не позже чем через год
work-substitution-wrong-by = Укажите действующего коллегу того же органа и той же роли
work-substitution-wrong-name = Действующей учётной записи с таким именем нет
work-substitution-wrong-office = Выберите два разных управления одного органа
work-substitution-not-own = Назначить замещающим себя нельзя
work-substitution-other-office = Вы ведёте замещения только своего управления
