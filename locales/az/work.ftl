# Queues.
work-home-title = İşlərim
work-home-caption = Növbələrinizdəki açıq işlər
work-home-none = Növbələrinizdə açıq iş yoxdur.
work-home-total = Bütün növbələr
work-home-waits = sizin addımınız
work-home-in-place-of = Siz bu əməkdaşı əvəz edirsiniz:
work-home-approves-for = İdarəniz bu idarələrin təkliflərinə baxır
work-view-all = Hamısı
work-view-mine = Mənim
work-view-unassigned = Heç kimdə deyil
work-view-due-soon = 3 günə bitir
work-view-overdue = Gecikir
work-column-queue = Növbə
work-column-case = İş
work-column-person = Şəxs
work-column-state = Vəziyyət
work-column-due = Müddət
work-column-assignee = Kimdədir
work-column-office = İdarə
work-queue-title = İşlər
work-queue-parts = Növbənin hissələri
work-queue-search = Bu növbədə axtar
work-queue-search-hint = İşin və ya şəxsin nömrəsi, yaxud adın əvvəli
work-queue-show = Göstər
work-queue-empty = Burada belə iş yoxdur.
work-queue-every-office = Bütün idarələr
work-queue-pages = Siyahının səhifələri
work-queue-first = İlk səhifə
work-queue-back = Növbəyə qayıt
work-next-case = Növbəti iş
work-next-none = Növbənin son işi bu idi.
work-presence-also = Bu işə indi həm də baxır: { $names }

# States and terms.
work-state-received = Qəbul edilib
work-state-in-examination = Baxılır
work-state-proposed = Təklif edilib, ikinci əməkdaşı gözləyir
work-state-decided = Qərar verilib
work-state-under-appeal = Şikayət edilib
work-state-closed = Bağlanıb
work-due-none = müddət axmır
work-due-today = bu gün bitir
work-due-later = { $days ->
    [one] 1 günə bitir
   *[other] { $days } günə bitir
}
work-due-overdue = { $days ->
    [one] 1 gün gecikir
   *[other] { $days } gün gecikir
}

# Who has a case.
work-assign-me = İşi götür
work-assign-nobody = Geri qoy
work-assign-undo = Təyinatı geri qaytar
work-assign-done = İşin kimdə olduğu qeyd edildi.
work-assign-conflict = İş başqa əməkdaşdadır. Onu sizə idarənin rəisi verə bilər.
work-give-title = İşi başqasına ver
work-give-to = Kimə
work-give-wrong = Bu iş üzrə işləyə bilən əməkdaşı seçin
work-give-button = İşi ver

# What waits for a second officer.
work-approvals-title = İkinci əməkdaşı gözləyənlər
work-approvals-lead = İdarənizin və sizin qərar verdiyiniz idarələrin təklifləri. Heç kim öz təklifinə qərar vermir.
work-approvals-empty = Gözləyən təklif yoxdur.
work-approvals-yours = Siz qərar verə bilərsiniz
work-approvals-other = Başqa əməkdaş qərar verir

# Substitutions.
work-substitution-title = Əvəzetmələr
work-substitution-lead = Əvəzetmə əməkdaş olmayanda işi dayandırmır. Heç kimə öz əməlini təsdiq etmək hüququ vermir.
work-substitution-none = Hazırda heç kim əvəz edilmir.
work-substitution-for = Kimin yerinə
work-substitution-by = Kim əvəz edir
work-substitution-from = İlk gün
work-substitution-to = Son gün
work-substitution-end = İndi bitir
work-substitution-ended = Əvəzetmə bitirildi.
work-substitution-new = Yeni əvəzetmə
work-substitution-kind = Kim yoxdur?
work-substitution-of-officer = Əməkdaş
work-substitution-of-officer-hint = Eyni vəzifəli həmkar onun yerinə keçir
work-substitution-of-office = İdarənin ikinci əməkdaşları
work-substitution-of-office-hint = Onun təkliflərinə başqa idarə qərar verir
work-substitution-absent = Olmayan əməkdaşın hesabı
work-substitution-office = Təklifləri gözləyən idarə
work-substitution-by-office = Qərar verən idarə
work-substitution-button = Əvəzetməni qeyd et
work-substitution-done = Əvəzetmə qeyd edildi.
work-substitution-wrong-days = Son gün ilk gündən əvvəl və keçmişdə ola bilməz, bir ildən uzun da olmaz
work-substitution-wrong-by = Eyni qurumdan, eyni vəzifəli fəal həmkarı göstərin
work-substitution-wrong-name = Bu adda fəal hesab yoxdur
work-substitution-wrong-office = Eyni qurumun iki fərqli idarəsini seçin
work-substitution-not-own = Özünüzü əvəzedən təyin edə bilməzsiniz
work-substitution-other-office = Siz yalnız öz idarənizin əvəzetmələrini idarə edirsiniz
