# الورقة التي يحملها طالب اللجوء حتى القرار النهائي.
asylum-certificate-title = شهادة طالب اللجوء
asylum-certificate-number = رقم الشهادة
asylum-certificate-name = الاسم
asylum-certificate-name-original = الاسم بخطه الأصلي
asylum-certificate-birth-date = تاريخ الميلاد
asylum-certificate-sex = الجنس
asylum-certificate-nationality = الجنسية
asylum-certificate-family = أفراد الأسرة
asylum-certificate-issued = تاريخ الإصدار
asylum-certificate-authority = جهة الإصدار
asylum-certificate-statement = طلب حامل هذه الشهادة اللجوء، وإقامته في البلد قانونية.
asylum-certificate-validity = هذه الشهادة صالحة حتى القرار النهائي، وتشمل جميع مراحل الطعن.
asylum-certificate-rights = حقوقك باختصار
asylum-certificate-stay = يمكنك البقاء حتى القرار النهائي. ولا يحق لأحد أن يرسلك إلى بلد تتعرض فيه للخطر.
asylum-certificate-alone = لكل شخص بالغ أن يذكر أسبابه الخاصة على انفراد وبسرية.
asylum-certificate-secret = ما تقوله لنا لا يُنقل إلى بلدك الأصلي.
asylum-certificate-interpreter = لك مترجم مجاناً. ويمكنك أن تطلب امرأة أو رجلاً.
asylum-certificate-lawyer = يمكنك توكيل محامٍ، والتحدث في أي وقت مع مفوضية الأمم المتحدة لشؤون اللاجئين.
asylum-certificate-care = تحصل على العلاج الطبي العاجل.
asylum-certificate-school = يمكن لأطفالك الذهاب إلى المدرسة.
asylum-certificate-appeal = يمكنك الطعن في قرار الرفض. والقرار يبيّن أين تقدّم الطعن وإلى أي يوم.
asylum-certificate-address = إذا انتقلت إلى سكن آخر فأخبرنا بعنوانك الجديد كي تصلك رسائلنا.
asylum-certificate-lost = إذا فقدتَ هذه الورقة فاتصل بالرقم { $phone }. ستحصل على ورقة جديدة، ويستمر النظر في طلبك.

# ماذا يحدث بعد ذلك.
asylum-next-title = ماذا يحدث بعد ذلك
asylum-next-registered = سجّلناك واستلمنا طلبك.
asylum-next-registration-interview = في المقابلة الأولى نسألك من أنت ومن أين أتيت وكيف وصلت.
asylum-next-status-interview = في المقابلة الثانية تذكر لنا أسبابك. تكون وحدك مع الموظف والمترجم، ومع من ترغب أنت في حضوره. وللطفل ممثل.
asylum-next-decision = موظف يقترح وموظف آخر يقرر. وتستلم القرار مكتوباً ومعه أسبابه، بلغة تفهمها.
asylum-next-recognised = إذا اعتُرف بك لاجئاً تحصل على بطاقة لاجئ.
asylum-next-appeal = إذا رُفض طلبك يمكنك الطعن، ويمكنك البقاء ما دام الطعن قائماً.
asylum-next-appointment = موعدك القادم: { $date }، { $place }.
asylum-next-missed = إذا لم تستطع الحضور فاتصل قبل ذلك اليوم، إن أمكن، بالرقم { $phone }. وسنحدد يوماً آخر.
asylum-next-delay = إذا احتجنا إلى وقت أطول من المقرر فلن يضر ذلك بطلبك. ويمكنك أن تسأل في أي وقت أين وصل.
