# چارچوب هر صفحهٔ عمومی.
site-page-skip = رفتن به متن
site-page-languages = زبان‌ها
site-page-privacy = جز زبانی که برمی‌گزینید چیزی به یاد سپرده نمی‌شود. نشانی شما نوشته نمی‌شود.

# صفحهٔ وضعیت.
site-status-title = خودتان بررسی کنید
site-status-introduction = اینجا آن چیزی است که هر کس می‌تواند از دوسیه‌های خدمات مهاجرت بخواند: دفتر ثبت که نشان می‌دهد آیا ثبتی بعداً تغییر کرده است، و فهرست‌هایی که کارت‌های پناهندگی با آن‌ها بررسی می‌شود. اینجا در بارهٔ هیچ کس چیزی نیست.
site-status-state-title = وضعیت خدمات
site-status-state-database = پایگاه معلومات
site-status-state-log = دفتر ثبت
site-status-state-list = فهرست وضعیت کارت‌ها
site-status-state-good = درست است
site-status-state-bad = درست نیست
site-status-state-signed = امضا شده در { $moment }
site-status-state-unsigned = هنوز امضا نشده
site-status-log-title = دفتر ثبت
site-status-log-explanation = هر عمل و هر نگاه به معلومات یک شخص، یک ثبت می‌سازد. دفتر تنها مُهر ۳۲ بایتی آن را نشان می‌دهد. مُهر در بارهٔ خود ثبت چیزی نمی‌گوید. اما اگر ثبت تغییر کند، مُهرش دیگر با آن برابر نیست.
site-status-log-entries = تعداد ثبت‌ها
site-status-log-root = ریشه
site-status-log-name = نام دفتر
site-status-log-key = کلید عمومی
site-status-verify-title = دفتر ثبت را بررسی کنید
site-status-verify-keep = نقطهٔ کنترول امروز و کلید عمومی را نگاه دارید:
site-status-verify-run = بعداً تمام دفتر را بخوانید و با آن مقایسه کنید. این دستور نام نخستین فایل نادرست را می‌گوید، و اگر گذشته بازنویسی شده باشد ناکام می‌شود:
site-status-verify-other = فایل‌ها از معیار C2SP tlog-tiles پیروی می‌کنند، پس برنامه‌های دیگر هم می‌توانند آن‌ها را بخوانند.
site-status-card-title = کارت پناهندگی را بررسی کنید
site-status-card-fetch = تا وقتی شبکه دارید، دو فهرست امضاشده را بگیرید:
site-status-card-run = سپس تصویر کُد را بررسی کنید. برای این کار شبکه لازم نیست:
site-status-card-negative = اگر جواب «معتبر نیست» باشد:
site-status-files-title = فایل‌ها
site-status-files-checkpoint = نقطهٔ کنترول دفتر ثبت
site-status-files-key = کلید عمومی دفتر ثبت
site-status-files-list = فهرست وضعیت کارت‌ها
site-status-files-trust = فهرست امضاکنندگان معتبر کارت‌ها

# صفحه‌هایی که می‌گویند چه چیز نشد.
site-error-missing = چنین صفحه‌ای نیست
site-error-missing-advice = شاید آدرس نادرست باشد، یا صفحه برای شما نیست.
site-error-request = به این درخواست جواب داده نمی‌شود
site-error-request-advice = برگردید و دوباره کوشش کنید. هیچ چیز تغییر نکرد.
site-error-conflict = اکنون ممکن نیست
site-error-conflict-advice = کس دیگری پیش‌تر بود، یا قاعده‌ای مانع است. ثبت را دوباره ببینید. هیچ چیز تغییر نکرد.
site-error-foreign-advice = صفحه را دوباره باز کنید و فورم را یک بار دیگر بفرستید. هیچ چیز تغییر نکرد.
site-error-busy = خدمات مصروف است
site-error-busy-advice = چند ثانیه بعد دوباره کوشش کنید.
site-error-fault = مشکلی پیش آمد
site-error-fault-advice = دوباره کوشش کنید. اگر باز هم شد، مرجع پایین را به خدمات بگویید.
site-error-reference = مرجع
site-error-home = به صفحهٔ اصلی

# Ways to the other pages.
site-footer-file = دوسیهٔ من
site-footer-verify = بررسی کارت
site-footer-law = قانون و حقوق
site-footer-news = خبرها
site-footer-transparency = خودتان بررسی کنید
site-footer-terms = شرایط
site-footer-privacy = حریم خصوصی
site-footer-staff = برای کارمندان
site-footer-label = صفحه‌ها
