# لماذا لم تسمح القاعدة بالفعل.
refusal-act-title = لم يتم هذا
refusal-act-kept = لم يتغير شيء. سُجّل الرفض.
refusal-act-not-permitted = لا يحق لهذا الحساب فعل ذلك.
refusal-act-not-found = لا يوجد سجل كهذا.
refusal-act-same-officer = الموظف الذي اتخذ الخطوة السابقة لا يتخذ هذه. يلزم موظف آخر.
refusal-act-case-state = غير ممكن في حالة الملف الحالية.
refusal-act-missing = يلزم أولاً: { $what }
refusal-act-already-recorded = لم يعد ممكناً. هذا مسجّل: { $what }
refusal-act-no-such-step = لا توجد خطوة كهذه في الإجراء.
refusal-act-reason-needed = اكتب سببك أنت.
refusal-act-citation-needed = يجب أن يستند القرار إلى أحد: { $what }
refusal-act-wall = القانون لا يسمح بذلك: { $what }
refusal-act-given-already = سبق أن سُلّم هذا.
refusal-act-card-state = غير ممكن في حالة البطاقة الحالية.
refusal-act-no-blank = لم تبقَ بطاقات فارغة.
refusal-act-conflict = غيّر شخص آخر السجل في هذه الأثناء. انظر مجدداً.
refusal-act-looks-like = في السجل أشخاص يشبهون المذكورين في هذه الاستمارة. قارنوا بينهم وبيّنوا عن كل واحد منهم هل هو شخص آخر.
refusal-act-fields = بعض الحقول غير صحيحة.

# ما الخطأ في الحقل.
refusal-field-missing = املأ هذا الحقل
refusal-field-in-future = هذا اليوم لم يأتِ بعد
refusal-field-no-such-day = لا يوجد يوم كهذا. اكتب اليوم والشهر والسنة
refusal-field-text = اكتب من 1 إلى { $limit } حرفاً
refusal-field-line = اكتب في سطر واحد من 1 إلى { $limit } حرفاً مرئياً
refusal-field-letters-min = اكتب { $limit } أحرف على الأقل
refusal-field-at-most = { $limit } على الأكثر
refusal-field-up-to = من 1 إلى { $limit }
refusal-field-not-in-list = اختر من القائمة
refusal-field-other = غير صحيح: { $what }
