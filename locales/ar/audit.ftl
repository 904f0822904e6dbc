# بيان للشخص: من اطّلع على بياناته.
audit-looked-title = من اطّلع على بياناتك
audit-looked-introduction = ترى هنا متى فُتحت بياناتك، وأي جهة فتحتها، ولأي غرض، وعلى أي أساس قانوني.
audit-looked-moment = متى
audit-looked-body = الجهة
audit-looked-purpose = الغرض
audit-looked-data = أي بيانات
audit-looked-basis = الأساس القانوني
audit-looked-count = { $count ->
    [zero] لم يفتح أحد بياناتك في هذه المدة.
    [one] فُتحت بياناتك مرة واحدة في هذه المدة.
    [two] فُتحت بياناتك مرتين في هذه المدة.
    [few] فُتحت بياناتك { $count } مرات في هذه المدة.
   *[other] فُتحت بياناتك { $count } مرة في هذه المدة.
}
audit-looked-sealed = بعض القيود لا تظهر هنا حفاظاً على سلامة الناس. ويراها أمين المظالم أيضاً ويفحصها.
audit-looked-complaint = هل ترى أنه لم يكن هناك سبب للاطلاع؟ يمكنك أن تشكو إلى أمين المظالم: { $phone }.

# السطر الذي يربط كل إيصال بالسجل.
audit-receipt-log = السجل: عدد القيود { $size }، الجذر { $root }
audit-receipt-explanation = احتفظ بهذه الورقة. بهذا السطر يستطيع أي شخص أن يثبت لاحقاً أن السجل لم تُعَد كتابته.
