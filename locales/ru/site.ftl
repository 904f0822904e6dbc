# Рамка каждой открытой страницы.
site-page-skip = Перейти к содержанию
site-page-languages = Языки
site-page-privacy = Запоминается только выбор языка. Ваш адрес не записывается.

# Страница состояния.
site-status-title = Проверьте сами
site-status-introduction = Здесь то из дел миграционной службы, что может читать каждый: журнал, который показывает, не изменена ли запись позже, и списки, по которым проверяют удостоверения беженцев. Здесь нет сведений ни об одном человеке.
site-status-state-title = Состояние службы
site-status-state-database = База данных
site-status-state-log = Журнал
site-status-state-list = Список статусов удостоверений
site-status-state-good = В порядке
site-status-state-bad = Не в порядке
site-status-state-signed = Подписан { $moment }
site-status-state-unsigned = Ещё не подписан
site-status-log-title = Журнал
site-status-log-explanation = Каждое действие и каждый просмотр данных человека создают запись. Журнал показывает только её печать длиной 32 байта. О самой записи печать ничего не говорит. Но если запись изменить, печать больше не подойдёт.
site-status-log-entries = Число записей
site-status-log-root = Корень
site-status-log-name = Имя журнала
site-status-log-key = Открытый ключ
site-status-verify-title = Проверить журнал
site-status-verify-keep = Сохраните сегодняшнюю контрольную точку и открытый ключ:
site-status-verify-run = Позже прочитайте весь журнал и сравните его с ней. Команда назовёт первый неверный файл и завершится ошибкой, если историю переписали:
site-status-verify-other = Файлы следуют C2SP tlog-tiles, поэтому их могут читать и другие программы.
site-status-card-title = Проверить удостоверение беженца
site-status-card-fetch = Пока есть сеть, скачайте два подписанных списка:
site-status-card-run = Затем проверьте снимок кода. Сеть для этого не нужна:
site-status-card-negative = Если ответ «недействительно»:
site-status-files-title = Файлы
site-status-files-checkpoint = Контрольная точка журнала
site-status-files-key = Открытый ключ журнала
site-status-files-list = Список статусов удостоверений
site-status-files-trust = Список доверенных подписей удостоверений

# Страницы о том, что не получилось.
site-error-missing = Такой страницы нет
site-error-missing-advice = Возможно, адрес неверен или страница не для вас.
site-error-request = На этот запрос нельзя ответить
site-error-request-advice = Вернитесь и попробуйте ещё раз. Ничего не изменено.
site-error-conflict = Сейчас невозможно
site-error-conflict-advice = Кто-то опередил вас или мешает правило. Посмотрите запись ещё раз. Ничего не изменено.
site-error-foreign-advice = Откройте страницу снова и отправьте форму ещё раз. Ничего не изменено.
site-error-busy = Служба занята
site-error-busy-advice = Попробуйте через несколько секунд.
site-error-fault = Что-то пошло не так
site-error-fault-advice = Попробуйте ещё раз. Если это повторится, сообщите службе номер обращения, указанный ниже.
site-error-reference = Номер обращения
site-error-home = На главную

# Ways to the other pages.
site-footer-file = Моё дело
site-footer-verify = Проверить удостоверение
site-footer-law = Закон и права
site-footer-news = Новости
site-footer-transparency = Проверьте сами
site-footer-terms = Условия
site-footer-privacy = Приватность
site-footer-staff = Для сотрудников
site-footer-label = Страницы
