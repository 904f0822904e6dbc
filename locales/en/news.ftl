# News and events.
news-list-title = News and events
news-list-empty = There is no news yet.
news-item-programme = Programme
news-item-attributed = These words are the speaker's own.
news-item-consent = Persons are named, shown or quoted only if they agree. They may change their mind at any time.
news-item-back = Back to the news
news-kind-news = News
news-kind-event = Event
news-kind-statement = Statement
news-kind-exhibition = Exhibition
news-kind-exhibit = Picture
news-kind-hand-over = Hand-over
news-kind-film = Film
news-film-silent = The film has no sound. The captions tell what happens.
news-film-download = Download the film (MP4)
news-film-words = The words of the film
