# News and events.
news-list-title = خبرها و رویدادها
news-list-empty = هنوز خبری نیست.
news-item-programme = برنامه
news-item-attributed = این سخنان از خود گوینده است.
news-item-consent = نام، چهره و سخن اشخاص تنها با رضایت خودشان نشان داده می‌شود. هر زمان می‌توانند رضایت را پس بگیرند.
news-item-back = بازگشت به خبرها
news-kind-news = خبر
news-kind-event = رویداد
news-kind-statement = سخنرانی
news-kind-exhibition = نمایشگاه
news-kind-exhibit = اثر
news-kind-hand-over = سپردن
news-kind-film = فلم
news-film-silent = فلم صدا ندارد. نوشته‌های زیر آن می‌گویند چه روی می‌دهد.
news-film-download = بارگیری فلم (MP4)
news-film-words = سخنان فلم
