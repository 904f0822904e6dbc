# The page of a case.
claims-bar-born = doğulub
claims-next-title = Bundan sonra nə olur
claims-next-received = Müraciət qəbul edilib. Əvvəlcə şəxsdən səbəbləri təklikdə soruşulur, sonra müsahibə keçirilir.
claims-next-in-examination = İşə baxılır. Lazım olan hər şey qeyd ediləndə bir əməkdaş qərar təklif edir.
claims-next-proposed = Qərar təklif edilib. Təklifdə iştirak etməyən əməkdaş qərar verir və ya işi geri qaytarır.
claims-next-decided = Qərar verilib. O təqdim olunur və şikayət müddəti həmin gündən axır.
claims-next-under-appeal = Qərardan şikayət edilib. Ona qərarda iştirak etməyənlər yenidən baxır.
claims-next-closed = İş bağlanıb.
claims-tasks-title = İndi nə edə bilərsiniz
claims-tasks-none = Bu işdə sizi gözləyən addım yoxdur.
claims-tasks-open = Edilməlidir
claims-tasks-done = Edilib
claims-timeline-title = Nə edilib
claims-sealed-title = Müraciət
claims-page-print = Bu səhifəni çap et

# Opening.
claims-open-title = Müraciəti aç
claims-open-lead = Hər yetkin şəxsin öz müraciəti var. Onu təklikdə soruşun.
claims-open-person = Şəxsin nömrəsi
claims-open-person-hint = Qeydiyyat qəbzindəki kimi
claims-open-language = İcraat dili
claims-open-confidentiality = Müraciətdən kim xəbər tuta bilər?
claims-open-family = Ailə bilə bilər
claims-open-self = Yalnız müraciət edən
claims-open-self-hint = Müraciət ailədən də gizli saxlanılır
claims-open-button = Müraciəti aç
claims-open-done = İş açıldı.
claims-open-no-person = Bu nömrəli şəxs yoxdur
claims-open-already = Bu şəxsin bu növ açıq işi artıq var
claims-case-open-title = İş aç
claims-case-open-lead = Bir şəxs, bir iş. Əvvəlcə qanunun nəyə mane olduğu yoxlanılır.
claims-case-open-button = İşi aç
claims-case-procedure = İcraat

# Reasons.
claims-reasons-label = Müraciət edənin öz sözləri ilə səbəbləri
claims-reasons-hint = Deyiləni yazın. Burada qiymət verməyin.
claims-reasons-lead = Hər yetkindən, ər-arvaddan da, təklikdə soruşun.
claims-reasons-none = Hələ soruşulmayıb

# Interviews.
claims-interview-lead = Deyin ki, burada danışılanlar heç vaxt vətən ölkəsinə verilmir.
claims-interview-language = Danışıq dili
claims-interview-interpreter = Tərcüməçi
claims-interview-interpreter-hint = Ad və ya reyestr nömrəsi; yoxdursa, boş saxlayın
claims-interview-representative = Nümayəndə
claims-interview-representative-hint = Uşaq nümayəndəsiz heç vaxt dinlənilmir
claims-interview-representative-needed = Uşaq nümayəndə ilə dinlənilir. Nümayəndəni göstərin.
claims-interview-observer = Müşahidəçi
claims-interview-observer-hint = BMT QAK-dan və ya başqa təşkilatdan, iştirak edibsə
claims-interview-alone = Təklikdə dinlənilib?
claims-interview-alone-hint = Otaqda ailənin başqa üzvü olmayıb
claims-interview-alone-yes = Bəli, təklikdə
claims-interview-alone-needed = Hər yetkin təklikdə dinlənilir. Müsahibəni ailəsiz yenidən keçirin.
claims-interview-statement = Nə deyilib
claims-interview-statement-hint = Suallar və cavablar, deyildiyi ardıcıllıqla
claims-reading-title = Protokolu geri kim oxuyub?
claims-reading-hint = Protokol imzadan əvvəl oxunur
claims-reading-none = Necə oxunduğu qeyd edilməyib
claims-reading-by-interpreter = Tərcüməçi, müraciət edənin dilində
claims-reading-by-officer = Əməkdaş, müraciət edənin dilində
claims-reading-by-claimant = Müraciət edən özü oxuyub
claims-reading-no-interpreter = Oxuyacaq tərcüməçi olmayıb. Yuxarıda tərcüməçini göstərin və ya oxuyanı seçin.
claims-reading-corrections = Müraciət edən nəyi düzəldib
claims-reading-corrections-hint = Heç nə düzəldilməyibsə, boş saxlayın
claims-reading-signature = İmza
claims-reading-signed = Müraciət edən imzalayıb
claims-reading-refused = Müraciət edən imzalamayıb
claims-reading-refused-hint = Bu, müraciət edənin nə lehinə, nə də əleyhinədir
claims-reading-because = Niyə, müraciət edənin sözləri ilə
claims-reading-because-hint = Yalnız imzalanmayıbsa

# Certificate.
claims-certificate-title = Sığınacaq axtaranın şəhadətnaməsi
claims-certificate-lead = İş bağlananadək, bütün şikayətlər boyu etibarlıdır. Növbəti səhifədə çap edin.
claims-certificate-print = Göstər və çap et
claims-certificate-text = Sahib bu ölkədən müdafiə istəyib. İş davam etdikcə geri göndərilmir və gəliş yoluna görə cərimələnmir.
claims-certificate-number = Şəhadətnamənin nömrəsi
claims-certificate-holder = Sahib
claims-certificate-citizenship = Vətəndaşlıq
claims-certificate-issued = Verilib
claims-certificate-valid = Etibarlıdır
claims-certificate-valid-text = İş bağlananadək

# Steps, proposals, decisions.
claims-step-done = Qeyd edildi.
claims-step-note = Qeyd
claims-step-outcome = Nəticə
claims-step-reason = Öz əsaslandırmanız
claims-step-reason-hint = Ən azı on işarə, öz sözlərinizlə
claims-step-reason-short = Öz əsaslandırmanızı yazın, ən azı on işarə
claims-step-text-needed = Buraya nəsə yazın, 20 000 işarədən çox olmasın
claims-step-cites = Hüquqi əsas
claims-step-cites-hint = Qərar bunlara əsaslanır. Ən azı birini seçin.
claims-step-cites-needed = Bu nəticənin əsaslana biləcəyi normanı seçin
claims-answer-title = Sualların cavabları
claims-answer-unknown = Hələ məlum deyil
claims-answer-open = Hələ məlum deyil: daha soruşun
claims-answer-open-hint = Məlum olmayan heç vaxt müraciət edənin əleyhinə sayılmır.
claims-proposal-lead = Siz təklif edirsiniz, başqa əməkdaş qərar verir.
claims-proposal-facts = Müəyyən edilmiş faktlar
claims-proposal-facts-hint = Nəyi doğru sayırsınız və haradan bilirsiniz
claims-proposal-reason-hint = Bu faktlar niyə bu nəticəyə gətirir
claims-decision-lead = İşi özünüz oxuyub qərar verirsiniz. Razılıq da əsaslandırma tələb edir.
claims-decision-title = Qərar
claims-decision-waiting = İkinci əməkdaşı gözləyən təklif
claims-decision-withdrawn = Geri qaytarılmış təklif
claims-decision-proposed-by = Təklif edən
claims-decision-decided-by = Qərar verən
claims-decision-proposal-reason = Təklifin əsaslandırması
claims-decision-reason = Qərarın əsaslandırması
claims-decision-outcome-hint = Təklif edilən nəticə seçilib. Başqasını seçə bilərsiniz.
claims-decision-reason-hint = Özünüzünkü, təklifinki yox

# Two officers on one case.
claims-compare-title = Bu arada işi başqası dəyişdi
claims-compare-lead = Əməliniz qeyd edilmədi. Yazdıqlarınız aşağıda saxlanılıb.
claims-compare-others = Başqa əməkdaşın yadda saxladığı
claims-compare-own = Sizin yazdıqlarınız
claims-compare-typed = Yazılıb
claims-compare-again = Hələ də doğrudursa, işin indiki vəziyyətində qeyd edin.
claims-compare-over = Bu addım artıq mümkün deyil. Lazım olanı buradan köçürün.
claims-compare-back = İşə qayıt
