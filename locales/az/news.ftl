# News and events.
news-list-title = Xəbərlər və tədbirlər
news-list-empty = Hələ xəbər yoxdur.
news-item-programme = Proqram
news-item-attributed = Bu sözlər çıxış edənin öz fikridir.
news-item-consent = Şəxslərin adı, üzü və sözləri yalnız razılıqla göstərilir. Razılığı istənilən vaxt geri götürmək olar.
news-item-back = Xəbərlərə qayıt
news-kind-news = Xəbər
news-kind-event = Tədbir
news-kind-statement = Çıxış
news-kind-exhibition = Sərgi
news-kind-exhibit = Əsər
news-kind-hand-over = Təqdimat
news-kind-film = Film
news-film-silent = Film səssizdir. Nə baş verdiyini altyazılar deyir.
news-film-download = Filmi yüklə (MP4)
news-film-words = Filmin sözləri
