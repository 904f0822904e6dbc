# Checking a card.
verify-form-title = Qaçqın vəsiqəsini yoxlayın
verify-form-lead = Vəsiqənin kodunu kameraya tutun. Ya da onun şəklini göndərin, yaxud mətnini yazın.
verify-form-nothing-kept = Heç nə saxlanılmır: nə vəsiqə, nə ad, nə də soruşduğunuz.
verify-form-camera = Kamera ilə oxu
verify-form-camera-stop = Kameranı bağla
verify-form-camera-looking = Kod axtarılır…
verify-form-camera-refused = Kamera burada işləmir. Şəkil göndərin.
verify-form-picture = Kodun şəkli
verify-form-picture-hint = JPEG və ya PNG. Kod bütöv və iti görünsün.
verify-form-text = Kodun mətni
verify-form-text-hint = Klaviatura kimi yazan oxuyucu da bura yaza bilər.
verify-form-button = Yoxla
verify-form-empty = Şəkil seçin və ya mətni yazın.

# The word that fills the screen.
verify-word-good = ETİBARLIDIR
verify-word-undecided = DƏQİQ DEYİL
verify-word-suspended = DAYANDIRILIB
verify-word-revoked = LƏĞV EDİLİB
verify-word-expired = MÜDDƏTİ BİTİB
verify-word-not-yet-valid = HƏLƏ ETİBARLI DEYİL
verify-word-unknown-signer = İMZALAYAN TANINMIR
verify-word-forged = SAXTADIR
verify-word-unreadable = OXUNMADI
verify-sentence-undecided = İmza həqiqidir. Amma status siyahısı köhnədir və ya yoxdur. Telefonla soruşun: { $phone }.
verify-sentence-expired = Vəsiqənin müddəti bitib.
verify-sentence-not-yet-valid = Vəsiqənin müddəti hələ başlamayıb.
verify-answer-face = Vəsiqədəki üz
verify-answer-compare = Üzü qarşınızdakı şəxslə müqayisə edin.
verify-answer-checked = Yoxlanılıb: { $moment }.
verify-answer-again = Başqa vəsiqəni yoxla
verify-list-signed = Status siyahısı imzalanıb: { $moment } ({ $age }).
verify-list-missing = Status siyahısı yoxdur.
verify-list-seconds = { $count ->
    [one] bir dəqiqədən az əvvəl
   *[other] bir dəqiqədən az əvvəl
}
verify-list-minutes = { $count } dəqiqə əvvəl
verify-list-hours = { $count } saat əvvəl
verify-list-days = { $count } gün əvvəl
