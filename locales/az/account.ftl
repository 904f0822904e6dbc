# Giriş.
account-entry-title = Daxil olun
account-entry-name = Hesabın adı
account-entry-password = Parol
account-entry-code = Tətbiqdəki 6 rəqəmli kod
account-entry-code-hint = Yalnız ikinci addımı qoşmusunuzsa
account-entry-button = Daxil ol
account-entry-refused = Ad, parol və ya kod düzgün deyil, ya da bu yerdən çox cəhd edilib. 15 dəqiqə sonra yenidən cəhd edin və ya idarəçiyə müraciət edin.
account-entry-ended = Seans başa çatıb. Yenidən daxil olun. Yadda saxlanmış qaralamalar itmir.
account-entry-audit = Hər baxış və hər əməl jurnala yazılır.

# Hər iş səhifəsinin çərçivəsi.
account-frame-work = İşlərim
account-frame-register = Qeydiyyat
account-frame-cards = Vəsiqələr
account-frame-help = Yardım
account-frame-office = İdarə
account-frame-oversight = Nəzarət
account-frame-administration = İdarəetmə
account-frame-editor = Xəbərlər
account-frame-leave = Çıxış
account-frame-menu = Bölmələr
account-frame-search = Axtarış: nömrə, sənəd, ad, doğum tarixi
account-frame-search-hint = Nömrə və ya ad
account-frame-search-button = Axtar
account-frame-crumbs = Yol
account-frame-keys = Klaviatura: / axtarış, g w işlərim, g r qeydiyyat, ? bu siyahı
account-frame-keys-title = Klaviatura qısayolları
account-frame-keys-off = Qısayolları söndür
account-frame-keys-on = Qısayolları yandır
account-frame-keys-close = Bağla

# Öz hesabı.
account-own-title = Mənim hesabım
account-own-name = Ad
account-own-role = Vəzifə
account-own-office = İdarə
account-sessions-title = Açıq seanslar
account-sessions-begun = Başlayıb
account-sessions-seen = Son istifadə
account-sessions-device = Cihaz
account-sessions-this = bu seans
account-sessions-end = Seansı bitir
account-sessions-end-all = Hər yerdə çıxış
account-sessions-ended = Seans bitirildi.
account-password-title = Parolu dəyişmək
account-password-old = İndiki parol
account-password-new = Yeni parol
account-password-hint = Ən azı 12 işarə. Bir neçə sözdən ibarət cümlə yaxşıdır.
account-password-button = Parolu dəyiş
account-password-done = Parol dəyişdirildi. Başqa seanslar bağlandı.
account-password-wrong = İndiki parol düzgün deyil
account-totp-title = Girişdə ikinci addım
account-totp-on = Qoşulub
account-totp-off = Qoşulmayıb
account-totp-explain = Telefonunuzdakı kod tətbiqinə bu açarı yazın. Sonra tətbiqin göstərdiyi kodu daxil edin.
account-totp-key = Açar
account-totp-code = Kod
account-totp-begin = İkinci addımı qoş
account-totp-confirm = Təsdiqlə
account-totp-remove = İkinci addımı söndür
account-totp-wrong = Kod düzgün deyil və ya artıq istifadə olunub
account-totp-done = İkinci addım qoşuldu.
account-totp-removed = İkinci addım söndürüldü.

# Vəzifələr.
account-role-registrar = Qeydiyyatçı
account-role-case-officer = İş üzrə əməkdaş
account-role-decision-maker = Qərar qəbul edən
account-role-card-officer = Vəsiqə əməkdaşı
account-role-head-of-office = İdarə rəisi
account-role-assistance-officer = Yardım əməkdaşı
account-role-police-officer = Polis əməkdaşı
account-role-auditor = Ombudsmanın auditoru
account-role-administrator = İdarəçi
