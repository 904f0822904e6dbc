# Vəsiqənin yoxlanılması: bankın, klinikanın və ya məktəbin gördüyü.
card-check-title = Qaçqın vəsiqəsinin yoxlanılması
card-check-name = Ad və soyad
card-check-valid-until = Etibarlılıq müddəti
card-check-list-date = Status siyahısının tarixi
card-check-valid = ETİBARLIDIR
card-check-valid-detail = İmza həqiqidir, vəsiqənin müddəti bitməyib, vəsiqə nə dayandırılıb, nə də ləğv edilib.
card-check-old = İMZA ETİBARLIDIR, STATUS KÖHNƏDİR
card-check-old-detail = İmza həqiqidir. Lakin bu cihazdakı status siyahısının tarixi { $date } olduğundan, o, vəsiqənin sonradan dayandırılıb-dayandırılmadığını və ya ləğv edilib-edilmədiyini göstərmir. Siyahını yeniləyin və ya telefonla soruşun: { $phone }.
card-check-old-unknown = İmza həqiqidir. Lakin bu cihazda etibar edilə bilən status siyahısı yoxdur, ona görə də vəsiqənin dayandırılıb-dayandırılmadığını və ya ləğv edilib-edilmədiyini deyə bilmir. Siyahını yükləyin və ya telefonla soruşun: { $phone }.
card-check-invalid = ETİBARSIZDIR
card-check-forged = İmza uyğun gəlmir. Kod dəyişdirilib və ya onu səlahiyyətli orqan hazırlamayıb.
card-check-expired = Vəsiqənin müddəti bitib. O, { $date } tarixinədək etibarlı idi.
card-check-not-yet-valid = Vəsiqə { $date } tarixindən əvvəl etibarlı deyil.
card-check-suspended = Vəsiqə müvəqqəti dayandırılıb. Məsələn, onun itdiyi bildirilmiş ola bilər.
card-check-revoked = Vəsiqə ləğv edilib.
card-check-unknown-signer = Vəsiqəni imzalayan bu cihazın etibar etdiyi imzaçılar arasında deyil.
card-check-malformed = Bu, qaçqın vəsiqəsinin kodu deyil və ya kod tam oxunmayıb. Xahiş edirik, onu bir daha skan edin.
card-check-digits-right = YOXLAMA RƏQƏMLƏRİ DÜZGÜNDÜR
card-check-digits-wrong = YOXLAMA RƏQƏMLƏRİ SƏHVDİR
card-check-digits-only = Yalnız çap olunmuş sətirlərin yoxlama rəqəmləri yoxlanılıb. Onlar sətirlərin səhvsiz oxunub-oxunmadığını göstərir. Vəsiqənin həqiqi olub-olmadığını göstərmir; bunun üçün kodu skan edin.

# Hər mənfi cavabın altında durur.
card-check-person = Bu cavab insana deyil, vəsiqəyə aiddir.
card-check-rights = O, heç bir hüququ əlindən almır: nə burada olmaq, nə təcili tibbi yardım almaq, nə də məktəbə getmək hüququnu.
card-check-return = Vəsiqəni özünüzdə saxlamayın. Sahibinə qaytarın.
card-check-call = Sualınız var? { $phone } nömrəsinə zəng edin.

# Vəsiqənin üzərində çap olunur.
card-face-title = QAÇQIN VƏSİQƏSİ
card-face-note = Şəxsiyyəti təsdiq edən sənəddir, səyahət sənədi deyil
card-face-surname = Soyadı
card-face-given-names = Adı
card-face-original-name = Adı öz əlifbasında
card-face-birth-date = Doğum tarixi
card-face-sex = Cinsi
card-face-nationality = Vətəndaşlığı
card-face-number = Vəsiqə №
card-face-person-number = Şəxs №
card-face-issued = Verilmə tarixi
card-face-valid-until = Etibarlılıq müddəti
card-face-authority = Verən orqan
card-face-check = Vəsiqəni yoxlayın
card-face-found = Vəsiqəni tapmısınız? Xahiş edirik, onu xidmətin istənilən idarəsinə və ya polis bölməsinə təhvil verin.

# Vəsiqə təqdim olunarkən imzalanan qəbz.
card-handover-title = Qaçqın vəsiqəsinin alınması haqqında qəbz
card-handover-holder = Vəsiqənin sahibi
card-handover-number = Vəsiqə №
card-handover-valid-until = Etibarlılıq müddəti
card-handover-date = Təqdim edilmə tarixi
card-handover-place = Yer
card-handover-officer = Təqdim edən
card-handover-statement = Bu vəsiqəni şəxsən aldım. Üzərindəki adımı, doğum tariximi və şəklimi yoxladım.
card-handover-signature-holder = Vəsiqə sahibinin imzası
card-handover-signature-officer = Əməkdaşın imzası
card-handover-keep = Vəsiqə sizindir. Heç kim, nə işəgötürən, nə də ev sahibi onu girov kimi sizdən ala bilməz.
card-handover-lost = Vəsiqəni itirsəniz, dərhal { $phone } nömrəsinə zəng edin. Vəsiqə dayandırılacaq. Siz isə bütün hüquqlarınızla qaçqın olaraq qalırsınız.
