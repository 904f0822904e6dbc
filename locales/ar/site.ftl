# إطار كل صفحة عامة.
site-page-skip = انتقل إلى المحتوى
site-page-languages = اللغات
site-page-privacy = لا يُحفظ شيء سوى اختيارك للغة. ولا يُكتب عنوانك.

# صفحة الحالة.
site-status-title = تحقّقوا بأنفسكم
site-status-introduction = هنا ما يجوز لكل أحد أن يقرأه من ملفات دائرة الهجرة: السجل الذي يبيّن هل غُيّر قيد بعد كتابته، والقوائم التي تُفحص بها بطاقات اللاجئين. ولا شيء هنا يدل على أي شخص.
site-status-state-title = حالة الخدمة
site-status-state-database = قاعدة البيانات
site-status-state-log = السجل
site-status-state-list = قائمة حالات البطاقات
site-status-state-good = سليم
site-status-state-bad = غير سليم
site-status-state-signed = وُقّعت في { $moment }
site-status-state-unsigned = لم تُوقَّع بعد
site-status-log-title = السجل
site-status-log-explanation = كل إجراء وكل اطلاع على بيانات شخص ينشئ قيدًا. ولا يُظهر السجل إلا ختمه، وطوله 32 بايتًا. والختم لا يقول شيئًا عن القيد. لكن إذا غُيّر القيد فلن يطابقه ختمه.
site-status-log-entries = عدد القيود
site-status-log-root = الجذر
site-status-log-name = اسم السجل
site-status-log-key = المفتاح العام
site-status-verify-title = تحقّقوا من السجل
site-status-verify-keep = احفظوا نقطة التحقق لهذا اليوم والمفتاح العام:
site-status-verify-run = ثم اقرؤوا السجل كله لاحقًا وقارنوه بها. يسمّي الأمر أول ملف خاطئ، ويفشل إذا أُعيدت كتابة الماضي:
site-status-verify-other = تتبع الملفات معيار C2SP tlog-tiles، فتستطيع برامج أخرى قراءتها أيضًا.
site-status-card-title = افحصوا بطاقة لاجئ
site-status-card-fetch = نزّلوا القائمتين الموقّعتين ما دامت لديكم شبكة:
site-status-card-run = ثم افحصوا صورة الرمز. لا يحتاج ذلك إلى شبكة:
site-status-card-negative = إذا كان الجواب «غير صالحة»:
site-status-files-title = الملفات
site-status-files-checkpoint = نقطة التحقق من السجل
site-status-files-key = المفتاح العام للسجل
site-status-files-list = قائمة حالات البطاقات
site-status-files-trust = قائمة الموقّعين الموثوقين للبطاقات

# صفحات تقول ما الذي لم ينجح.
site-error-missing = لا توجد صفحة كهذه
site-error-missing-advice = قد يكون العنوان خاطئًا، أو ليست الصفحة لكم.
site-error-request = لا يمكن الرد على هذا الطلب
site-error-request-advice = عودوا وحاولوا مرة أخرى. لم يتغيّر شيء.
site-error-conflict = غير ممكن الآن
site-error-conflict-advice = سبقكم شخص آخر، أو تمنع ذلك قاعدة. انظروا في القيد مرة أخرى. لم يتغيّر شيء.
site-error-foreign-advice = افتح الصفحة من جديد وأرسل الاستمارة مرة أخرى. لم يتغير شيء.
site-error-busy = الخدمة مشغولة
site-error-busy-advice = حاولوا مرة أخرى بعد ثوانٍ.
site-error-fault = حدث خطأ ما
site-error-fault-advice = حاولوا مرة أخرى. إذا تكرر ذلك فأخبروا الدائرة بالمرجع أدناه.
site-error-reference = المرجع
site-error-home = إلى الصفحة الرئيسية

# Ways to the other pages.
site-footer-file = ملفي
site-footer-verify = تحقق من بطاقة
site-footer-law = القانون والحقوق
site-footer-news = الأخبار
site-footer-transparency = تحقق بنفسك
site-footer-terms = الشروط
site-footer-privacy = الخصوصية
site-footer-staff = للموظفين
site-footer-label = الصفحات
