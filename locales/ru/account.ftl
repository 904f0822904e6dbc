# Вход.
account-entry-title = Вход
account-entry-name = Имя учётной записи
account-entry-password = Пароль
account-entry-code = 6-значный код из приложения
account-entry-code-hint = Только если вы включили второй шаг
account-entry-button = Войти
account-entry-refused = Имя, пароль или код неверны, или отсюда было слишком много попыток. Повторите через 15 минут или обратитесь к администратору.
account-entry-ended = Сеанс окончен. Войдите снова. Сохранённые черновики не потеряны.
account-entry-audit = Каждый просмотр и каждое действие записываются в журнал.

# Рамка каждой рабочей страницы.
account-frame-work = Моя работа
account-frame-register = Регистрация
account-frame-cards = Карты
account-frame-help = Помощь
account-frame-office = Отдел
account-frame-oversight = Надзор
account-frame-administration = Администрирование
account-frame-editor = Новости
account-frame-leave = Выйти
account-frame-menu = Разделы
account-frame-search = Поиск: номер, документ, имя, дата рождения
account-frame-search-hint = Номер или имя
account-frame-search-button = Найти
account-frame-crumbs = Навигация
account-frame-keys = Клавиши: / поиск, g w моя работа, g r регистрация, ? этот список
account-frame-keys-title = Горячие клавиши
account-frame-keys-off = Отключить горячие клавиши
account-frame-keys-on = Включить горячие клавиши
account-frame-keys-close = Закрыть

# Своя учётная запись.
account-own-title = Моя учётная запись
account-own-name = Имя
account-own-role = Роль
account-own-office = Отдел
account-sessions-title = Открытые сеансы
account-sessions-begun = Начат
account-sessions-seen = Последнее использование
account-sessions-device = Устройство
account-sessions-this = этот сеанс
account-sessions-end = Завершить сеанс
account-sessions-end-all = Выйти везде
account-sessions-ended = Сеанс завершён.
account-password-title = Смена пароля
account-password-old = Нынешний пароль
account-password-new = Новый пароль
account-password-hint = Не меньше 12 знаков. Хорошо подходит фраза из нескольких слов.
account-password-button = Сменить пароль
account-password-done = Пароль изменён. Другие сеансы завершены.
account-password-wrong = Нынешний пароль неверен
account-totp-title = Второй шаг при входе
account-totp-on = Включён
account-totp-off = Выключен
account-totp-explain = Введите этот ключ в приложение кодов на телефоне. Затем введите код, который покажет приложение.
account-totp-key = Ключ
account-totp-code = Код
account-totp-begin = Включить второй шаг
account-totp-confirm = Подтвердить
account-totp-remove = Отключить второй шаг
account-totp-wrong = Код неверен или уже использован
account-totp-done = Второй шаг включён.
account-totp-removed = Второй шаг отключён.

# Роли.
account-role-registrar = Регистратор
account-role-case-officer = Сотрудник по делу
account-role-decision-maker = Принимающий решение
account-role-card-officer = Сотрудник по картам
account-role-head-of-office = Начальник отдела
account-role-assistance-officer = Сотрудник по помощи
account-role-police-officer = Сотрудник полиции
account-role-auditor = Аудитор Омбудсмана
account-role-administrator = Администратор
