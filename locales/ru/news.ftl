# News and events.
news-list-title = Новости и события
news-list-empty = Новостей пока нет.
news-item-programme = Программа
news-item-attributed = Это слова самого выступившего.
news-item-consent = Людей называют, показывают и цитируют только с их согласия. Его можно отозвать в любое время.
news-item-back = К новостям
news-kind-news = Новость
news-kind-event = Событие
news-kind-statement = Выступление
news-kind-exhibition = Выставка
news-kind-exhibit = Работа
news-kind-hand-over = Вручение
news-kind-film = Фильм
news-film-silent = Фильм без звука. О происходящем рассказывают субтитры.
news-film-download = Скачать фильм (MP4)
news-film-words = Слова фильма
