# Şəxs üçün məlumat: onun məlumatlarına kim baxıb.
audit-looked-title = Məlumatlarınıza kim baxıb
audit-looked-introduction = Burada məlumatlarınızın nə vaxt, hansı orqan tərəfindən, hansı məqsədlə və hansı hüquqi əsasla açıldığını görürsünüz.
audit-looked-moment = Nə vaxt
audit-looked-body = Orqan
audit-looked-purpose = Məqsəd
audit-looked-data = Hansı məlumatlar
audit-looked-basis = Hüquqi əsas
audit-looked-count = { $count ->
    [0] Bu müddətdə məlumatlarınızı heç kim açmayıb.
    [one] Bu müddətdə məlumatlarınız bir dəfə açılıb.
   *[other] Bu müddətdə məlumatlarınız { $count } dəfə açılıb.
}
audit-looked-sealed = Bəzi qeydlər insanların təhlükəsizliyi üçün burada göstərilmir. Ombudsman onları da görür və yoxlayır.
audit-looked-complaint = Sizcə, baxmağa əsas yox idi? Ombudsmana şikayət edə bilərsiniz: { $phone }.

# Hər qəbzi jurnala bağlayan sətir.
audit-receipt-log = Jurnal: { $size } qeyd, kök { $root }
audit-receipt-explanation = Bu sənədi saxlayın. Bu sətirlə hər kəs sonradan jurnalın dəyişdirilmədiyini sübut edə bilər.
