# التحقق من البطاقة: ما يراه المصرف أو العيادة أو المدرسة.
card-check-title = التحقق من بطاقة لاجئ
card-check-name = الاسم
card-check-valid-until = صالحة حتى
card-check-list-date = تاريخ قائمة الحالات
card-check-valid = صالحة
card-check-valid-detail = التوقيع صحيح، ومدة البطاقة لم تنتهِ، والبطاقة غير موقوفة وغير ملغاة.
card-check-old = التوقيع صحيح، وقائمة الحالات قديمة
card-check-old-detail = التوقيع صحيح. لكن قائمة الحالات في هذا الجهاز تعود إلى { $date }، وهي أقدم من أن تُظهر هل أُوقفت البطاقة أو أُلغيت بعد ذلك. حدِّث القائمة أو اسأل هاتفياً: { $phone }.
card-check-old-unknown = التوقيع صحيح. لكن لا توجد في هذا الجهاز قائمة حالات يُعتمد عليها، ولذلك لا يستطيع أن يقول هل أُوقفت البطاقة أو أُلغيت. نزِّل القائمة أو اسأل هاتفياً: { $phone }.
card-check-invalid = غير صالحة
card-check-forged = التوقيع غير مطابق. لقد غُيِّر الرمز، أو لم تُصدره الجهة المختصة.
card-check-expired = انتهت مدة البطاقة. كانت صالحة حتى { $date }.
card-check-not-yet-valid = لا تصبح البطاقة صالحة قبل { $date }.
card-check-suspended = البطاقة موقوفة مؤقتاً، مثلاً بسبب الإبلاغ عن فقدانها.
card-check-revoked = أُلغيت البطاقة.
card-check-unknown-signer = موقّع البطاقة ليس من الموقّعين الذين يثق بهم هذا الجهاز.
card-check-malformed = هذا ليس رمز بطاقة لاجئ، أو أنه لم يُقرأ كاملاً. يُرجى قراءته مرة أخرى.
card-check-digits-right = أرقام التحقق صحيحة
card-check-digits-wrong = أرقام التحقق خاطئة
card-check-digits-only = جرى فحص أرقام التحقق في الأسطر المطبوعة فقط. وهي تُظهر هل قُرئت الأسطر دون خطأ، ولا تُظهر هل البطاقة أصلية. لمعرفة ذلك امسح الرمز.

# تحت كل جواب سلبي.
card-check-person = هذا الجواب يخص البطاقة ولا يخص الشخص.
card-check-rights = وهو لا يُسقط أي حق: لا حق البقاء هنا، ولا حق العلاج الطبي العاجل، ولا حق الذهاب إلى المدرسة.
card-check-return = لا تحتفظ بالبطاقة. أعِدها إلى صاحبها.
card-check-call = هل لديك سؤال؟ اتصل بالرقم { $phone }.

# ما يُطبع على البطاقة.
card-face-title = بطاقة لاجئ
card-face-note = وثيقة هوية، وليست وثيقة سفر
card-face-surname = اللقب
card-face-given-names = الاسم
card-face-original-name = الاسم بكتابته الأصلية
card-face-birth-date = تاريخ الميلاد
card-face-sex = الجنس
card-face-nationality = الجنسية
card-face-number = رقم البطاقة
card-face-person-number = رقم الشخص
card-face-issued = تاريخ الإصدار
card-face-valid-until = صالحة حتى
card-face-authority = جهة الإصدار
card-face-check = تحقق من البطاقة على
card-face-found = هل وجدت هذه البطاقة؟ نرجو تسليمها إلى أي مكتب من مكاتب الدائرة أو إلى أي مركز شرطة.

# الإيصال الذي يُوقَّع عند تسليم البطاقة.
card-handover-title = إيصال باستلام بطاقة لاجئ
card-handover-holder = صاحب البطاقة
card-handover-number = رقم البطاقة
card-handover-valid-until = صالحة حتى
card-handover-date = تاريخ التسليم
card-handover-place = المكان
card-handover-officer = سلّمها الموظف
card-handover-statement = استلمتُ هذه البطاقة بنفسي، وتحققتُ من اسمي وتاريخ ميلادي وصورتي عليها.
card-handover-signature-holder = توقيع صاحب البطاقة
card-handover-signature-officer = توقيع الموظف
card-handover-keep = البطاقة لك. ولا يحق لأحد أن يأخذها منك رهناً، لا صاحب العمل ولا صاحب السكن.
card-handover-lost = إذا فقدتَ البطاقة فاتصل فوراً بالرقم { $phone }. عندئذٍ توقَف البطاقة، وتبقى أنت لاجئاً بكامل حقوقك.
