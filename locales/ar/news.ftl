# News and events.
news-list-title = الأخبار والفعاليات
news-list-empty = لا توجد أخبار بعد.
news-item-programme = البرنامج
news-item-attributed = هذه كلمات المتحدث نفسه.
news-item-consent = لا يُذكر الأشخاص ولا يُعرضون ولا يُقتبس كلامهم إلا بموافقتهم. ولهم سحبها في أي وقت.
news-item-back = العودة إلى الأخبار
news-kind-news = خبر
news-kind-event = فعالية
news-kind-statement = كلمة
news-kind-exhibition = معرض
news-kind-exhibit = لوحة
news-kind-hand-over = تسليم
news-kind-film = فيلم
news-film-silent = الفيلم بلا صوت. الترجمة المكتوبة تروي ما يحدث.
news-film-download = تنزيل الفيلم (MP4)
news-film-words = كلمات الفيلم
