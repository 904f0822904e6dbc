# How the service is.
administration-state-title = Администрирование
administration-state-parts = Состояние службы
administration-state-substitutions = Замещения
administration-grade-good = В порядке
administration-grade-watch = Обратите внимание
administration-grade-bad = Нужно исправить
administration-part-database = База данных
administration-part-schema = Схема { $version }
administration-part-log = Журнал
administration-part-entries = Записей: { $count }, подпись верна
administration-part-log-empty = Записей ещё нет
administration-part-log-damaged = Подпись журнала не открывается. Ничего не меняйте и сообщите Омбудсмену.
administration-part-upkeep = Фоновая работа
administration-part-waiting = Записи, ожидающие номера
administration-part-status = Список статусов подписан
administration-part-never = ещё нет
administration-part-disk = Свободное место на диске
administration-part-free = { $count } МБ
administration-part-unknown = неизвестно
administration-part-jobs = Задания
administration-part-failed = С ошибкой: { $count }
administration-part-card-signer = Ключ подписи удостоверений
administration-part-status-signer = Ключ подписи списка статусов
administration-part-in-use = используется
administration-part-no-signer = Нет действующего ключа. Подписывать нельзя.

# Accounts.
administration-account-title = Учётные записи
administration-account-name = Имя учётной записи
administration-account-name-hint = Строчные латинские буквы, цифры, точки и дефисы
administration-account-active = Действует
administration-account-off = Отключена
administration-account-failed = Неудачные попытки
administration-account-acts = Действия
administration-account-reset = Выдать новый пароль
administration-account-second = Отключить и второй шаг (телефон утерян)
administration-account-disable = Отключить учётную запись
administration-account-disabled = Учётная запись отключена.
administration-account-add = Добавить учётную запись
administration-account-told = Пароль
administration-account-told-once = Пароль показан только сейчас. Передайте его сотруднику лично. После первого входа его нужно сменить.

# Roles.
administration-role-title = Роли
administration-role-explain = Программа решает именно по этой таблице. Чего здесь нет, то запрещено.

# The country pack.
administration-pack-title = Пакет страны
administration-pack-explain = Каждую неподтверждённую запись до использования должен подтвердить юрист.
administration-pack-marks = Достоверность
administration-pack-all = Все
administration-pack-entry = Запись
administration-pack-content = Содержание
administration-pack-source = Источник
administration-pack-mark = Достоверность
administration-mark-unconfirmed = Не подтверждено
administration-mark-secondary = Вторичный источник
administration-mark-verified = Проверено
administration-kind-instrument = Акт
administration-kind-provision = Норма
administration-kind-figure = Показатель
administration-kind-list = Список кодов
administration-kind-clock = Срок
administration-kind-phones = Телефоны
