# Hər açıq səhifənin çərçivəsi.
site-page-skip = Məzmuna keç
site-page-languages = Dillər
site-page-privacy = Dil seçimindən başqa heç nə yadda saxlanılmır. Ünvanınız yazılmır.

# Vəziyyət səhifəsi.
site-status-title = Özünüz yoxlayın
site-status-introduction = Burada miqrasiya xidmətinin işlərindən hər kəsin oxuya biləcəyi hissə var: qeydin sonradan dəyişdirilib-dəyişdirilmədiyini göstərən jurnal və qaçqın vəsiqələrinin yoxlanıldığı siyahılar. Burada heç bir şəxs haqqında məlumat yoxdur.
site-status-state-title = Xidmətin vəziyyəti
site-status-state-database = Məlumat bazası
site-status-state-log = Jurnal
site-status-state-list = Vəsiqələrin status siyahısı
site-status-state-good = Qaydasındadır
site-status-state-bad = Qaydasında deyil
site-status-state-signed = İmzalanıb: { $moment }
site-status-state-unsigned = Hələ imzalanmayıb
site-status-log-title = Jurnal
site-status-log-explanation = Hər bir hərəkət və şəxsin məlumatlarına hər baxış bir qeyd yaradır. Jurnal yalnız onun 32 baytlıq möhürünü göstərir. Möhür qeyd haqqında heç nə demir. Lakin qeyd dəyişdirilərsə, möhür daha uyğun gəlmir.
site-status-log-entries = Qeydlərin sayı
site-status-log-root = Kök
site-status-log-name = Jurnalın adı
site-status-log-key = Açıq açar
site-status-verify-title = Jurnalı yoxlayın
site-status-verify-keep = Bugünkü nəzarət nöqtəsini və açıq açarı saxlayın:
site-status-verify-run = Sonra bütün jurnalı oxudub onunla müqayisə edin. Əmr ilk səhv faylın adını deyir, tarix yenidən yazılıbsa, uğursuz bitir:
site-status-verify-other = Fayllar C2SP tlog-tiles qaydasına uyğundur, ona görə onları başqa proqramlar da oxuya bilir.
site-status-card-title = Qaçqın vəsiqəsini yoxlayın
site-status-card-fetch = Şəbəkə olanda iki imzalı siyahını yükləyin:
site-status-card-run = Sonra kodun şəklini yoxlayın. Bunun üçün şəbəkə lazım deyil:
site-status-card-negative = Cavab “etibarsızdır” olarsa:
site-status-files-title = Fayllar
site-status-files-checkpoint = Jurnalın nəzarət nöqtəsi
site-status-files-key = Jurnalın açıq açarı
site-status-files-list = Vəsiqələrin status siyahısı
site-status-files-trust = Vəsiqələri imzalayanların etibar siyahısı

# Nəyin alınmadığını deyən səhifələr.
site-error-missing = Belə səhifə yoxdur
site-error-missing-advice = Ünvan səhv ola bilər və ya səhifə sizin üçün deyil.
site-error-request = Bu sorğuya cavab vermək olmur
site-error-request-advice = Geri qayıdıb yenidən cəhd edin. Heç nə dəyişdirilmədi.
site-error-conflict = İndi mümkün deyil
site-error-conflict-advice = Başqası qabaqlayıb və ya qayda buna yol vermir. Qeydə yenidən baxın. Heç nə dəyişdirilmədi.
site-error-foreign-advice = Səhifəni yenidən açın və formanı təkrar göndərin. Heç nə dəyişdirilmədi.
site-error-busy = Xidmət məşğuldur
site-error-busy-advice = Bir neçə saniyədən sonra yenidən cəhd edin.
site-error-fault = Nə isə alınmadı
site-error-fault-advice = Yenidən cəhd edin. Təkrarlansa, aşağıdakı istinadı xidmətə bildirin.
site-error-reference = İstinad
site-error-home = Baş səhifəyə

# Ways to the other pages.
site-footer-file = Mənim işim
site-footer-verify = Vəsiqəni yoxlayın
site-footer-law = Qanun və hüquqlar
site-footer-news = Xəbərlər
site-footer-transparency = Özünüz yoxlayın
site-footer-terms = Şərtlər
site-footer-privacy = Məxfilik
site-footer-staff = Əməkdaşlar üçün
site-footer-label = Səhifələr
